//! What the gateway takes from outside: the time, randomness, and what follows from them.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use ssbtx_core::{IdentityCheck, QuestionId, day_in_sweden};
use ssbtx_observation::Recorder;
use uuid::Uuid;

use crate::meters::GatewayMeters;

/// The clock and the randomness, passed in so that a test can hold both still, and who is told of the work.
pub trait Outside: Send + Sync + 'static {
    /// The time now.
    fn now(&self) -> Timestamp;

    /// Sixteen bytes that nobody can foresee, other ones each time.
    fn random(&self) -> [u8; 16];

    /// Whom the spans of requests are told to; nobody, unless it is said.
    fn recorder(&self) -> Arc<dyn Recorder> {
        Arc::new(())
    }

    /// Where the gateway counts; where nobody looks, unless it is said.
    fn meters(&self) -> Arc<GatewayMeters> {
        Arc::default()
    }
}

/// What the host gives a question when it comes in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Admission {
    /// Its id.
    pub(crate) id: QuestionId,
    /// The day in Sweden.
    pub(crate) asked_on: Date,
    /// How strictly its identity number is read.
    pub(crate) identity_check: IdentityCheck,
}

impl Admission {
    /// Admits a question now.
    pub(crate) fn new(outside: &dyn Outside, identity_check: IdentityCheck) -> Self {
        Self { id: question_id(outside), asked_on: day_in_sweden(outside.now()), identity_check }
    }
}

/// The id of a question that comes now.
pub(crate) fn question_id(outside: &dyn Outside) -> QuestionId {
    QuestionId(ordered_id(outside.now(), outside.random()).into_bytes())
}

/// The id of a household that is asked about now.
pub(crate) fn household_id(outside: &dyn Outside) -> Uuid {
    ordered_id(outside.now(), outside.random())
}

/// A UUID of version 7: the time in milliseconds, then randomness.
fn ordered_id(now: Timestamp, random: [u8; 16]) -> Uuid {
    let [random @ .., _, _, _, _, _, _] = random;
    let milliseconds = u64::try_from(now.as_millisecond()).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(milliseconds, &random).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_order_by_time_and_are_version_7() {
        let at = |text: &str| ordered_id(text.parse().unwrap(), [0xff; 16]).to_string();
        assert_eq!(at("2026-01-01T00:00:00Z"), "019b76da-a800-7fff-bfff-ffffffffffff");
        assert!(at("2026-01-01T00:00:00Z") < at("2026-01-01T00:00:00.001Z"));
    }
}
