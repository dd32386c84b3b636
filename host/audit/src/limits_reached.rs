//! What limits refused, as both reports count it.

use std::collections::BTreeMap;

use crate::indexed::Indexed;
use crate::suppression::{Count, Precision};

/// What limits refused of one consumer in one role by one front.
///
/// Both reports show it in these groups and in no others: a sum over some of them would show what a small count in the other report was.
#[derive(Default)]
pub(crate) struct LimitsReached(BTreeMap<String, u64>);

impl LimitsReached {
    /// Counts a line that a limit refused, with the refusals before it that have no line of their own.
    pub(crate) fn add(&mut self, limit: &str, row: &Indexed) {
        *self.0.entry(limit.to_owned()).or_default() += 1 + row.unrecorded;
    }

    /// What may be shown of it, by limit. Nowhere is it summed, so that none of them follows from the others.
    pub(crate) fn shown(&self, precision: Precision) -> BTreeMap<String, Count> {
        self.0.iter().map(|(limit, count)| (limit.clone(), precision.of(*count))).collect()
    }
}

/// The limit that refused a line's question, where one did.
pub(crate) fn limit(row: &Indexed) -> Option<&str> {
    row.why.as_deref()?.strip_prefix("limit:")
}
