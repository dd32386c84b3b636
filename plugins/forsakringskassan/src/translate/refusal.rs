//! Why LEFI is not asked at all: the codes and the Swedish words, in one table.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Notice, PingStep, Step};
use thiserror::Error;

use super::period::PeriodFault;

/// Why a question cannot be put to LEFI. Never quotes what the caller wrote.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// No usable `aktorsid`.
    #[error("the actor's id is missing or has another shape")]
    ActorId,
    /// Another `version` than the one spoken here.
    #[error("another version of LEFI than 9 is asked for")]
    Version,
    /// The caller's question to LEFI is about somebody else.
    #[error("the question to LEFI is about another person")]
    Person,
    /// The period is none, or too long.
    #[error(transparent)]
    Period(#[from] PeriodFault),
    /// The caller's question to LEFI is none.
    #[error(transparent)]
    Question(#[from] QuestionFault),
    /// Nothing that is asked for may be seen.
    #[error("nothing that is asked for is permitted")]
    NothingPermitted,
}

/// What is wrong with the question to LEFI that the caller wrote. Names are those of the published question.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub(crate) enum QuestionFault {
    /// Not base64.
    #[error("the question is not base64")]
    NotBase64,
    /// Not a JSON object in UTF-8.
    #[error("the question is not a JSON object in UTF-8")]
    NotAnObject,
    /// A member that the published question does not have.
    #[error("the question has a member that LEFI version 9 does not have")]
    UnknownMember,
    /// A mandatory member is not there.
    #[error("`{0}` is missing")]
    Missing(&'static str),
    /// A member is there twice.
    #[error("`{0}` is there twice")]
    Repeated(&'static str),
    /// A member has another shape than the published one.
    #[error("`{0}` has another shape than LEFI version 9 gives it")]
    Shape(&'static str),
    /// A member lists a code that it does not have.
    #[error("`{0}` lists a code that LEFI version 9 does not have there")]
    UnknownCode(&'static str),
    /// A member lists a code twice.
    #[error("`{0}` lists a code twice")]
    RepeatedCode(&'static str),
    /// No member lists anything.
    #[error("the question asks for nothing")]
    Empty,
}

impl Refusal {
    /// The stable code.
    fn code(self) -> &'static str {
        match self {
            Self::ActorId => "LEFI-AKTORSID",
            Self::Version => "LEFI-VERSION",
            Self::Person => "LEFI-PERSON",
            Self::Period(_) => "LEFI-PERIOD",
            Self::Question(_) => "LEFI-FRAGA",
            Self::NothingPermitted => "LEFI-INGET-TILLATET",
        }
    }

    /// What it means, in Swedish.
    fn message(self) -> String {
        let fixed = match self {
            Self::ActorId => {
                "Aktörs-id (aktorsid) för frågan till Försäkringskassan saknas eller har fel form: 1–128 bokstäver a–z, siffror och tecknen - . _ ~."
            }
            Self::Version => "Den version av LEFI som anges stöds inte. Ange v9, eller ingen version.",
            Self::Person => "Frågan till LEFI (lefiJsonFraga) gäller en annan person än frågan i övrigt.",
            Self::Period(PeriodFault::NotADate) => {
                "Perioden i frågan till LEFI har ett datum som inte är ett datum (åååå-mm-dd)."
            }
            Self::Period(PeriodFault::Reversed) => "Perioden i frågan till LEFI slutar före den börjar.",
            Self::Period(PeriodFault::TooLong) => "Perioden i frågan till LEFI är längre än två år.",
            Self::NothingPermitted => "Inget av det som frågan till LEFI begär får lämnas ut till frågeställaren.",
            Self::Question(fault) => return fault.message(),
        };
        fixed.to_owned()
    }

    fn notice(self) -> Notice {
        Notice { code: self.code().to_owned(), message: self.message() }
    }
}

impl QuestionFault {
    fn message(self) -> String {
        let fixed = match self {
            Self::NotBase64 => "Frågan till LEFI (lefiJsonFraga) är inte base64.",
            Self::NotAnObject => "Frågan till LEFI (lefiJsonFraga) är inte ett JSON-objekt i UTF-8.",
            Self::UnknownMember => {
                "Frågan till LEFI har ett fält som LEFI version 9 inte har. Fälten är personnummer, period, formansinformation, ansprak, beslut, \
                 preliminaraUtbetalningar, utbetalningar och ovrigInformation."
            }
            Self::Empty => "Frågan till LEFI begär ingen förmånsgrupp och ingen övrig information.",
            Self::Missing(name) => return format!("Frågan till LEFI saknar fältet {name}."),
            Self::Repeated(name) => {
                return format!("Frågan till LEFI har fältet {name}, eller ett fält i det, två gånger.");
            }
            Self::Shape(name) => {
                return format!("Fältet {name} i frågan till LEFI har inte den form som LEFI version 9 anger.");
            }
            Self::UnknownCode(name) => {
                return format!("Fältet {name} i frågan till LEFI har en kod som LEFI version 9 inte har där.");
            }
            Self::RepeatedCode(name) => return format!("Fältet {name} i frågan till LEFI har samma kod två gånger."),
        };
        fixed.to_owned()
    }
}

impl From<Refusal> for Step {
    fn from(refusal: Refusal) -> Self {
        Self::Failed(refusal.notice())
    }
}

impl From<Refusal> for PingStep {
    fn from(refusal: Refusal) -> Self {
        Self::Failed(refusal.notice())
    }
}

#[cfg(test)]
mod tests {
    use super::{PeriodFault, QuestionFault, Refusal};

    #[test]
    fn every_refusal_is_told_in_words() {
        let faults = [
            QuestionFault::NotBase64,
            QuestionFault::NotAnObject,
            QuestionFault::UnknownMember,
            QuestionFault::Missing("period.tom"),
            QuestionFault::Repeated("beslut"),
            QuestionFault::Shape("beslut"),
            QuestionFault::UnknownCode("beslut"),
            QuestionFault::RepeatedCode("beslut"),
            QuestionFault::Empty,
        ];
        let others = [
            Refusal::ActorId,
            Refusal::Version,
            Refusal::Person,
            PeriodFault::TooLong.into(),
            Refusal::NothingPermitted,
        ];
        let words: Vec<String> =
            others.into_iter().chain(faults.map(Refusal::from)).map(|refusal| refusal.to_string()).collect();
        insta::assert_snapshot!(words.join("\n"), @r"
        the actor's id is missing or has another shape
        another version of LEFI than 9 is asked for
        the question to LEFI is about another person
        the period is longer than two years
        nothing that is asked for is permitted
        the question is not base64
        the question is not a JSON object in UTF-8
        the question has a member that LEFI version 9 does not have
        `period.tom` is missing
        `beslut` is there twice
        `beslut` has another shape than LEFI version 9 gives it
        `beslut` lists a code that LEFI version 9 does not have there
        `beslut` lists a code twice
        the question asks for nothing
        ");
    }
}
