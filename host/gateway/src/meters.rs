//! What the fronts count.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use ssbtx_core::Front;

use crate::limits::Limit;

/// The meters of the fronts. As large as the codes and limits are many, which this crate fixes.
#[derive(Debug, Default)]
pub struct GatewayMeters {
    connections: AtomicUsize,
    refused: Mutex<BTreeMap<(&'static str, &'static str), u64>>,
    limits: Mutex<BTreeMap<&'static str, u64>>,
    lists_expire: Mutex<Option<Timestamp>>,
}

/// What they show at one moment. Nothing in it is of a person, a consumer or a single question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GatewayFigures {
    /// How many connections are open, those included that still shake hands.
    pub connections: usize,
    /// How many questions each front has refused, by its code: by front and code, those that were.
    pub refused: Vec<(&'static str, &'static str, u64)>,
    /// How many questions were refused for which limit: every limit.
    pub limits: Vec<(&'static str, u64)>,
    /// When the first of the revocation lists in use expires; absent where certificates are held to none.
    pub lists_expire: Option<Timestamp>,
}

/// A connection that is counted until this is dropped.
pub(crate) struct Connected(Arc<GatewayMeters>);

impl GatewayMeters {
    /// What they show now.
    pub fn figures(&self) -> GatewayFigures {
        let refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        let reached = self.limits.lock().unwrap_or_else(PoisonError::into_inner);
        let lists_expire = *self.lists_expire.lock().unwrap_or_else(PoisonError::into_inner);
        let limits = Limit::ALL.map(Limit::label);
        GatewayFigures {
            connections: self.connections.load(Ordering::Relaxed),
            refused: refused.iter().map(|((front, code), count)| (*front, *code, *count)).collect(),
            limits: limits.map(|limit| (limit, reached.get(limit).copied().unwrap_or(0))).into(),
            lists_expire,
        }
    }

    /// Counts a connection for as long as it is open.
    pub(crate) fn connected(self: Arc<Self>) -> Connected {
        self.connections.fetch_add(1, Ordering::Relaxed);
        Connected(self)
    }

    /// Takes down when the first of the revocation lists in use expires.
    pub(crate) fn lists_expire(&self, at: Option<Timestamp>) {
        *self.lists_expire.lock().unwrap_or_else(PoisonError::into_inner) = at;
    }

    /// Counts a refused question: by the published code, and by the limit where it was one.
    pub(crate) fn refused(&self, front: Front, code: &'static str, limit: Option<Limit>) {
        let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        add_one(refused.entry((front.label(), code)).or_default());
        if let Some(limit) = limit {
            add_one(self.limits.lock().unwrap_or_else(PoisonError::into_inner).entry(limit.label()).or_default());
        }
    }
}

impl Drop for Connected {
    fn drop(&mut self) {
        self.0.connections.fetch_sub(1, Ordering::Relaxed);
    }
}

fn add_one(count: &mut u64) {
    *count = count.saturating_add(1);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::{Measure, Whose};

    #[test]
    fn a_refused_question_counts_for_its_code_and_its_limit() {
        let meters = GatewayMeters::default();
        let limit = Limit { whose: Whose::Caseworker, measure: Measure::Rate };
        meters.refused(Front::SoapV10, "SSBT-217", Some(limit));
        meters.refused(Front::JsonV1, "invalid-question", None);
        let figures = meters.figures();
        assert_eq!(figures.refused, [("json-v1", "invalid-question", 1), ("soap-v10", "SSBT-217", 1)]);
        let reached: Vec<_> = figures.limits.iter().filter(|(_, count)| *count > 0).collect();
        assert_eq!((reached.as_slice(), figures.limits.len()), ([&("caseworker-rate", 1)].as_slice(), 6));
    }

    #[test]
    fn a_connection_counts_while_it_is_open() {
        let meters = Arc::new(GatewayMeters::default());
        let open = Arc::clone(&meters).connected();
        assert_eq!(meters.figures().connections, 1);
        drop(open);
        assert_eq!(meters.figures().connections, 0);
    }
}
