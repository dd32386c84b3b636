//! What the gateway takes from outside: the time, randomness, and what follows from them.

use jiff::Timestamp;
use jiff::civil::Date;
use ssbtx_core::{IdentityCheck, QuestionId, day_in_sweden};

/// The clock and the randomness, passed in so that a test can hold both still.
pub trait Outside: Send + Sync + 'static {
    /// The time now.
    fn now(&self) -> Timestamp;

    /// Sixteen bytes that nobody can foresee, other ones each time.
    fn random(&self) -> [u8; 16];
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
        let now = outside.now();
        Self { id: question_id(now, outside.random()), asked_on: day_in_sweden(now), identity_check }
    }
}

/// A UUID of version 7: the time in milliseconds, then randomness.
fn question_id(now: Timestamp, random: [u8; 16]) -> QuestionId {
    let [random @ .., _, _, _, _, _, _] = random;
    let milliseconds = u64::try_from(now.as_millisecond()).unwrap_or_default();
    let uuid = uuid::Builder::from_unix_timestamp_millis(milliseconds, &random).into_uuid();
    QuestionId(uuid.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn question_ids_order_by_time_and_are_version_7() {
        let at = |text: &str| question_id(text.parse().unwrap(), [0xff; 16]).to_string();
        assert_eq!(at("2026-01-01T00:00:00Z"), "019b76da-a800-7fff-bfff-ffffffffffff");
        assert!(at("2026-01-01T00:00:00Z") < at("2026-01-01T00:00:00.001Z"));
    }
}
