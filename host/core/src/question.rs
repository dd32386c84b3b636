//! The question that a caseworker asks about one person.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;

use crate::agency::AgencyId;
use crate::organisation::Organisation;
use crate::person::PersonId;

/// One question about one person.
///
/// Its `Debug` shows its id and nothing else.
///
/// # Source
///
/// SSBTEK v10, `SammansattBastjanstFraga`.
#[derive(Clone)]
pub struct Question {
    /// The host's own id for it.
    pub id: QuestionId,
    /// The day in Sweden on which it is asked.
    pub asked_on: Date,
    /// Whom it is about.
    pub person: PersonId,
    /// The period asked about, where an agency has none of its own.
    pub period: Period,
    /// Who asks.
    pub requester: Requester,
    /// The case in which it is asked.
    pub case: CaseId,
    /// Why, in the asker's words.
    pub purpose: Purpose,
    /// The asker's own reference.
    pub correlation_id: Option<CorrelationId>,
    /// The base services that the asker includes.
    pub include: BTreeMap<AgencyId, Inclusion>,
}

impl fmt::Debug for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Question").field("id", &self.id).finish_non_exhaustive()
    }
}

/// The host's id of a question: a UUID of version 7, so that ids order by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct QuestionId(pub [u8; 16]);

impl fmt::Display for QuestionId {
    /// Writes the form of RFC 9562: 8-4-4-4-12 hexadecimal digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, byte) in self.0.iter().enumerate() {
            if matches!(position, 4 | 6 | 8 | 10) {
                f.write_str("-")?;
            }
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

/// What the asker says to one base service and no other.
#[derive(Clone, Default)]
pub struct Inclusion {
    /// A period of its own.
    pub period: Option<Period>,
    /// What the contract lets a caller send to this base service: Försäkringskassan has `aktorsid`, `version` and `lefi-json-fraga`.
    pub parameters: Vec<Parameter>,
}

/// A named value for one base service.
#[derive(Clone)]
pub struct Parameter {
    /// Its name in kebab case.
    pub name: &'static str,
    /// Its value, as the asker wrote it.
    pub value: String,
}

/// A calendar period, both days included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    from: Date,
    to: Date,
}

impl Period {
    /// Takes the first and the last day.
    ///
    /// # Errors
    ///
    /// [`InvalidPeriod`] when the last day is before the first.
    pub fn new(from: Date, to: Date) -> Result<Self, InvalidPeriod> {
        if to < from { Err(InvalidPeriod { from, to }) } else { Ok(Self { from, to }) }
    }

    /// First day.
    pub fn from(&self) -> Date {
        self.from
    }

    /// Last day.
    pub fn to(&self) -> Date {
        self.to
    }
}

/// A period that ends before it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("period ends on `{to}`, before it begins on `{from}`")]
pub struct InvalidPeriod {
    from: Date,
    to: Date,
}

/// Who asks.
#[derive(Clone)]
pub struct Requester {
    /// The authority.
    pub organisation: Organisation,
    /// The caseworker (handläggare), a name or an account.
    pub caseworker: Caseworker,
    /// Processors that handle the question for the asker, in order.
    pub processors: Vec<Organisation>,
}

/// What is wrong with a text of the asker's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidText {
    /// Nothing, or only white space.
    #[error("`{0}` is empty")]
    Empty(&'static str),
    /// Longer than it may be.
    #[error("`{0}` is longer than {1} bytes")]
    TooLong(&'static str, usize),
    /// A control character.
    #[error("`{0}` holds a control character")]
    ControlCharacter(&'static str),
}

macro_rules! text {
    ($(#[$doc:meta])* $name:ident, $field:literal, $max:literal) => {
        $(#[$doc])*
        ///
        /// Its `Debug` shows nothing of it.
        #[derive(Clone, PartialEq, Eq, Hash)]
        pub struct $name(String);

        impl $name {
            #[doc = concat!("Takes a text of 1 to ", $max, " bytes without control characters.")]
            ///
            /// # Errors
            ///
            /// [`InvalidText`], which names the field and quotes nothing.
            pub fn parse(text: &str) -> Result<Self, InvalidText> {
                if text.trim().is_empty() {
                    return Err(InvalidText::Empty($field));
                }
                if text.len() > $max {
                    return Err(InvalidText::TooLong($field, $max));
                }
                if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
                    return Err(InvalidText::ControlCharacter($field));
                }
                Ok(Self(text.to_owned()))
            }

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(redacted)"))
            }
        }
    };
}

text! {
    /// The asker's id of the case (`arendeidentitet`).
    CaseId, "caseId", 256
}
text! {
    /// Why the question is asked, in the asker's words (`syfte`).
    Purpose, "purpose", 1024
}
text! {
    /// The asker's own reference (`korrelationsid`).
    CorrelationId, "correlationId", 256
}
text! {
    /// The caseworker (`handlaggare`), a name or an account.
    Caseworker, "caseworker", 256
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_never_ends_before_it_begins() {
        let (first, second) = (Date::constant(2026, 1, 1), Date::constant(2026, 1, 2));
        assert!(Period::new(first, first).is_ok());
        assert_eq!(
            Period::new(second, first).unwrap_err().to_string(),
            "period ends on `2026-01-01`, before it begins on `2026-01-02`"
        );
    }

    #[test]
    fn err_text() {
        assert_eq!(CaseId::parse(" "), Err(InvalidText::Empty("caseId")));
        assert_eq!(CaseId::parse(&"x".repeat(257)), Err(InvalidText::TooLong("caseId", 256)));
        assert_eq!(CaseId::parse("a\u{0}b"), Err(InvalidText::ControlCharacter("caseId")));
    }

    #[test]
    fn what_the_asker_wrote_never_prints() {
        assert_eq!(format!("{:?}", Purpose::parse("marker").unwrap()), "Purpose(redacted)");
    }

    #[test]
    fn a_question_id_is_written_as_a_uuid() {
        let id = QuestionId([0x01, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0xff]);
        assert_eq!(id.to_string(), "01020304-0506-0708-090a-0b0c0d0e0fff");
    }
}
