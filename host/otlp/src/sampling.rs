//! Which traces are recorded.

use ssbtx_observation::TraceId;

/// The share of traces that is recorded, of those that begin with this host. A trace that a caller has begun is recorded as the caller says.
///
/// Whether one trace is recorded follows from its id alone, so all hosts of one share record the same.
///
/// # Units
///
/// Percent: 0 (none) to 100 (all).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SamplingShare(u8);

impl SamplingShare {
    /// Every trace.
    pub const ALL: Self = Self(100);

    /// Takes a share in percent; `None` over 100.
    pub fn of_percent(percent: u8) -> Option<Self> {
        (percent <= 100).then_some(Self(percent))
    }

    /// Whether a trace is among the share.
    pub(crate) fn holds(self, trace: TraceId) -> bool {
        // The first bytes of an id may hold a time.
        let [.., a, b, c, d] = trace.bytes();
        u64::from(u32::from_be_bytes([a, b, c, d])) * 100 < u64::from(self.0) << 32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trace_is_recorded_by_its_id_alone() {
        let [none, half, all] = [0, 50, 100].map(|percent| SamplingShare::of_percent(percent).unwrap());
        for (last, of_half) in [(0, true), (0x7fff_ffff, true), (0x8000_0000, false), (u32::MAX, false)] {
            let trace = TraceId::new((u128::from(u8::MAX) << 120 | u128::from(last)).to_be_bytes()).unwrap();
            assert_eq!([none.holds(trace), half.holds(trace), all.holds(trace)], [false, of_half, true], "{trace}");
        }
    }

    #[test]
    fn more_than_all_is_no_share() {
        assert_eq!(SamplingShare::of_percent(101), None);
    }
}
