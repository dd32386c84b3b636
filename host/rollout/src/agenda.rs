//! When a set is worth loading.

use std::time::Duration;

use ssbtx_core::Sha256Digest;
use tokio::time::Instant;

/// What the host thinks of what it last saw at the source.
///
/// A set that was refused is not verified and compiled again at every look, but it is tried again: what was missing may have come since, such
/// as a file or room on the disk.
#[derive(Debug)]
pub(crate) struct Agenda {
    poll_interval: Duration,
    seen: Option<Sha256Digest>,
    again_at: Option<Instant>,
    refusals: u32,
}

impl Agenda {
    /// Nothing seen yet: whatever comes is worth loading.
    pub(crate) fn new(poll_interval: Duration) -> Self {
        Self { poll_interval, seen: None, again_at: None, refusals: 0 }
    }

    /// Whether the set with this fingerprint is to be loaded now.
    pub(crate) fn is_due(&self, fingerprint: Sha256Digest, now: Instant) -> bool {
        self.seen != Some(fingerprint) || self.again_at.is_none_or(|again_at| now >= again_at)
    }

    /// Takes down that an attempt with this set begins: until it is [`settled`](Self::settled) it counts as refused, so that one that is
    /// broken off by a fault of the host is not begun anew at once.
    pub(crate) fn begin(&mut self, fingerprint: Sha256Digest, now: Instant) {
        self.refusals = if self.seen == Some(fingerprint) { self.refusals.saturating_add(1) } else { 1 };
        self.seen = Some(fingerprint);
        let doublings = self.refusals.saturating_sub(1).min(MOST_DOUBLINGS);
        let pause = self.poll_interval.saturating_mul(1 << doublings).clamp(SHORTEST_PAUSE, LONGEST_PAUSE);
        self.again_at = Some(now + pause.max(self.poll_interval));
    }

    /// Takes down that the set is the host's own now. It is still looked at whole from time to time: a new root, or a file that someone has
    /// spoilt, does not show in the fingerprint.
    pub(crate) fn settled(&mut self, fingerprint: Sha256Digest, now: Instant) {
        self.seen = Some(fingerprint);
        self.refusals = 0;
        self.again_at = Some(now + WHOLE_LOOK.max(self.poll_interval));
    }
}

/// Before a refused set is tried for the second time.
const SHORTEST_PAUSE: Duration = Duration::from_secs(1);
/// Between two attempts with a refused set, however often it was refused, unless the source is looked at more seldom.
const LONGEST_PAUSE: Duration = Duration::from_mins(10);
/// More do not matter: the longest pause is reached before.
const MOST_DOUBLINGS: u32 = 16;
/// Between two whole looks at a source that tells of nothing new.
const WHOLE_LOOK: Duration = Duration::from_hours(1);

#[cfg(test)]
mod tests {
    use super::*;

    const POLL: Duration = Duration::from_secs(10);

    fn digest(text: &str) -> Sha256Digest {
        Sha256Digest::of(text.as_bytes())
    }

    #[test]
    fn a_refused_set_is_tried_again_at_ever_longer_intervals() {
        let (mut agenda, mut now) = (Agenda::new(POLL), Instant::now());
        let mut pauses = Vec::new();
        for _ in 0..9 {
            assert!(agenda.is_due(digest("a"), now));
            agenda.begin(digest("a"), now);
            let begun = now;
            while !agenda.is_due(digest("a"), now) {
                now += Duration::from_secs(1);
            }
            pauses.push((now - begun).as_secs());
        }
        assert_eq!(pauses, [10, 20, 40, 80, 160, 320, 600, 600, 600]);
    }

    #[test]
    fn another_set_than_the_refused_one_is_tried_at_once() {
        let (mut agenda, now) = (Agenda::new(POLL), Instant::now());
        agenda.begin(digest("a"), now);
        assert!(!agenda.is_due(digest("a"), now));
        assert!(agenda.is_due(digest("b"), now));
    }

    #[test]
    fn a_set_that_is_the_hosts_own_is_looked_at_whole_once_an_hour() {
        let (mut agenda, now) = (Agenda::new(POLL), Instant::now());
        agenda.begin(digest("a"), now);
        agenda.settled(digest("a"), now);
        assert!(!agenda.is_due(digest("a"), now + Duration::from_mins(59)));
        assert!(agenda.is_due(digest("a"), now + Duration::from_hours(1)));
    }

    #[test]
    fn a_source_that_is_looked_at_seldom_is_not_looked_at_more_often_for_a_refusal() {
        let (mut agenda, now) = (Agenda::new(Duration::from_hours(1)), Instant::now());
        agenda.begin(digest("a"), now);
        assert!(!agenda.is_due(digest("a"), now + Duration::from_mins(59)));
    }
}
