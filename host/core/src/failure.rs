//! What goes wrong for one agency, without personal data.

use crate::identifier::DatasetId;
use crate::redaction::without_identity_numbers;

/// A code and what it means, from an agency's adapter.
///
/// # Shape
///
/// The code is 1 to 64 visible ASCII characters and does not begin with `SSBT-`; the message at most 512 bytes, identity numbers replaced.
///
/// # Source
///
/// SSBTEK v10, `Error`: `felkod` and `felmeddelande`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    code: String,
    message: String,
}

impl Notice {
    /// Takes a notice that an adapter gave.
    ///
    /// # Errors
    ///
    /// [`InvalidNotice`] when the code or the message is out of shape, or the code is the broker's.
    pub fn parse(code: &str, message: &str) -> Result<Self, InvalidNotice> {
        if !(1..=64).contains(&code.len()) || !code.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(InvalidNotice::Code);
        }
        if code.get(..BROKER_PREFIX.len()).is_some_and(|start| start.eq_ignore_ascii_case(BROKER_PREFIX)) {
            return Err(InvalidNotice::BrokerCode);
        }
        if message.len() > MAX_MESSAGE_BYTES || message.chars().any(char::is_control) {
            return Err(InvalidNotice::Message);
        }
        Ok(Self { code: without_identity_numbers(code), message: without_identity_numbers(message) })
    }

    /// The code, the agency's own where it gave one.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// What it means, in Swedish.
    pub fn message(&self) -> &str {
        &self.message
    }
}

/// What is wrong with a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidNotice {
    /// The code is empty, too long, or not visible ASCII.
    #[error("code of a notice is not 1 to 64 visible ASCII characters")]
    Code,
    /// The code begins as the broker's own do, which an adapter could then be mistaken for.
    #[error("code of a notice begins with `SSBT-`")]
    BrokerCode,
    /// The message is too long or holds control characters.
    #[error("message of a notice is over 512 bytes or holds control characters")]
    Message,
}

/// Why an agency's part failed: whose fault it is, and which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The broker's own (SSBTEK's `SSBT`).
    Broker(BrokerFault),
    /// The adapter's, before anything was sent: the question cannot be put to this base service. The base service has not failed, so it is the
    /// broker's too (`SSBT`), with the adapter's code.
    Adapter(Notice),
    /// The base service's, or the adapter's about what it sent (SSBTEK's `BT`).
    BaseService(Notice),
}

impl Failure {
    /// Who failed, in SSBTEK's words: `SSBT` or `BT`.
    pub fn source(&self) -> &'static str {
        match self {
            Self::Broker(_) | Self::Adapter(_) => "SSBT",
            Self::BaseService(_) => "BT",
        }
    }

    /// The stable code.
    pub fn code(&self) -> &str {
        match self {
            Self::Broker(fault) => fault.code(),
            Self::Adapter(notice) | Self::BaseService(notice) => notice.code(),
        }
    }

    /// What it means, in Swedish.
    pub fn message(&self) -> &str {
        match self {
            Self::Broker(fault) => fault.message(),
            Self::Adapter(notice) | Self::BaseService(notice) => notice.message(),
        }
    }
}

/// The broker's own reasons for which an agency's part has no data.
///
/// The codes are published: one never changes its meaning and none is used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BrokerFault {
    /// No adapter for this base service is loaded.
    AdapterMissing,
    /// The base service could not be reached.
    Unreachable,
    /// The base service's answer ended before it was whole.
    BrokenOff,
    /// The base service's answer was larger than allowed.
    ReplyTooLarge,
    /// The base service did not answer in time.
    TimedOut,
    /// The adapter trapped or went past a limit.
    AdapterStopped,
    /// The adapter gave something that its contract does not allow.
    AdapterOutOfContract,
    /// The role may see nothing of this agency.
    NotPermitted,
    /// The base service knows nothing of the person, and has no document of its own that says so.
    NothingFound,
    /// The policy gave no decision, so nothing is disclosed.
    PolicyFailed,
    /// The adapter is withheld at once, so it is not called.
    AdapterWithheld,
}

impl BrokerFault {
    /// Every fault, for tables and documentation.
    pub const ALL: [Self; 11] = [
        Self::AdapterMissing,
        Self::Unreachable,
        Self::BrokenOff,
        Self::ReplyTooLarge,
        Self::TimedOut,
        Self::AdapterStopped,
        Self::AdapterOutOfContract,
        Self::NotPermitted,
        Self::NothingFound,
        Self::PolicyFailed,
        Self::AdapterWithheld,
    ];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::AdapterMissing => "SSBT-101",
            Self::Unreachable => "SSBT-102",
            Self::BrokenOff => "SSBT-103",
            Self::ReplyTooLarge => "SSBT-104",
            Self::TimedOut => "SSBT-105",
            Self::AdapterStopped => "SSBT-106",
            Self::AdapterOutOfContract => "SSBT-107",
            Self::NotPermitted => "SSBT-108",
            Self::NothingFound => "SSBT-109",
            Self::PolicyFailed => "SSBT-110",
            Self::AdapterWithheld => "SSBT-111",
        }
    }

    /// What it means, in Swedish.
    pub fn message(self) -> &'static str {
        match self {
            Self::AdapterMissing => "Bastjänsten är ännu inte ansluten.",
            Self::Unreachable => "Bastjänsten gick inte att nå.",
            Self::BrokenOff => "Bastjänstens svar avbröts.",
            Self::ReplyTooLarge => "Bastjänstens svar var större än tillåtet.",
            Self::TimedOut => "Bastjänsten svarade inte i tid.",
            Self::AdapterStopped => "Bastjänstens adapter stoppades.",
            Self::AdapterOutOfContract => "Bastjänstens adapter bröt mot sitt kontrakt.",
            Self::NotPermitted => "Rollen får inte se några uppgifter från bastjänsten.",
            Self::NothingFound => "Bastjänsten har inga uppgifter om personen.",
            Self::PolicyFailed => "Behörigheten kunde inte avgöras, därför lämnas inga uppgifter.",
            Self::AdapterWithheld => "Bastjänstens adapter är tillfälligt spärrad.",
        }
    }
}

/// A dataset that the base service could not give this time, while it gave others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatasetFailure {
    /// The dataset.
    pub dataset: DatasetId,
    /// Why.
    pub reason: Notice,
}

/// How every code of [`BrokerFault`] begins.
const BROKER_PREFIX: &str = "SSBT-";
const MAX_MESSAGE_BYTES: usize = 512;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_two_faults_share_a_code() {
        let codes: BTreeSet<_> = BrokerFault::ALL.iter().map(|fault| fault.code()).collect();
        assert_eq!(codes.len(), BrokerFault::ALL.len());
    }

    #[test]
    fn every_code_of_the_brokers_begins_in_a_way_that_an_adapters_cannot() {
        for fault in BrokerFault::ALL {
            assert!(fault.code().starts_with(BROKER_PREFIX), "{}", fault.code());
        }
    }

    #[test]
    fn a_notice_of_a_question_that_was_not_put_is_the_brokers_with_the_adapters_code() {
        let notice = || Notice::parse("CSN-ARENDEIDENTITET", "Ärendeidentiteten är för lång.").unwrap();
        let told = |failure: Failure| (failure.source(), failure.code().to_owned());
        assert_eq!(told(Failure::Adapter(notice())), ("SSBT", "CSN-ARENDEIDENTITET".to_owned()));
        assert_eq!(told(Failure::BaseService(notice())), ("BT", "CSN-ARENDEIDENTITET".to_owned()));
    }

    #[test]
    fn a_notice_never_quotes_an_identity_number() {
        let notice = Notice::parse("17", "Personen 197701172392 saknas").unwrap();
        assert_eq!(notice.message(), "Personen [identity number] saknas");
    }

    #[test]
    fn err_notice() {
        assert_eq!(Notice::parse("", "x"), Err(InvalidNotice::Code));
        assert_eq!(Notice::parse("a b", "x"), Err(InvalidNotice::Code));
        assert_eq!(Notice::parse("SSBT-105", "x"), Err(InvalidNotice::BrokerCode));
        assert_eq!(Notice::parse("ssbt-x", "x"), Err(InvalidNotice::BrokerCode));
        assert_eq!(Notice::parse("1", "a\nb"), Err(InvalidNotice::Message));
        assert_eq!(Notice::parse("1", &"x".repeat(513)), Err(InvalidNotice::Message));
    }
}
