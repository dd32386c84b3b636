//! Whether a question is in an open case of the consumer's, and what follows from that.

use jiff::Timestamp;
use ssbtx_core::{OpenCase, Question, Relation};
use ssbtx_open_cases::{CaseOf, GateResult, OpenCases, Standing};
use tracing::{error, warn};

use crate::consumers::Caller;

/// Where the fronts find open cases.
#[derive(Debug, Clone)]
pub enum CaseRegister {
    /// Nowhere: no consumer can register any, and one that is held to them gets no answer.
    NotKept,
    /// Here.
    Kept(OpenCases),
}

/// What a consumer is held to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GateMode {
    /// Nothing: nobody looks.
    Off,
    /// A question outside of its open cases is answered, and recorded as being that.
    Warn,
    /// A question outside of its open cases is refused.
    Enforce,
}

/// A question that passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Passed {
    /// Whether it is in an open case.
    pub(crate) open_case: OpenCase,
    /// How its person was registered, where the consumer is held to that.
    pub(crate) registered: Option<Relation>,
}

/// Why a question does not pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NotPassed {
    /// The person is not registered in the case that it names, or the case is not open.
    #[error("person is not registered in an open case of this id")]
    CaseNotOpen,
    /// Nobody can tell.
    #[error("open cases cannot be read at present")]
    Unreadable,
}

impl CaseRegister {
    /// Looks whether a question is in an open case, and lets it pass or not as the consumer is held to.
    ///
    /// How a person stands to the case decides what is opened. A household's questions say it, and there it must be as was registered; a question
    /// about one person does not, and is asked as was registered.
    pub(crate) async fn pass(
        &self,
        caller: &Caller,
        question: &Question,
        claimed: Option<Relation>,
        now: Timestamp,
    ) -> Result<Passed, NotPassed> {
        let mode = caller.gate();
        if mode == GateMode::Off {
            return Ok(Passed::unheld(OpenCase::NotChecked));
        }
        let Self::Kept(cases) = self else { return unknown(mode) };
        let organisation = &question.requester.organisation.number;
        let of = CaseOf { consumer: caller.name(), organisation, case: &question.case };
        let standing = match cases.standing(of, &question.person, now).await {
            Ok(standing) => standing,
            Err(fault) => {
                error!(?fault, "open cases cannot be read");
                return unknown(mode);
            }
        };
        let inside = match standing {
            Standing::Inside(registered) => {
                Some(registered).filter(|_| claimed.is_none_or(|claimed| claimed == registered))
            }
            Standing::Outside => None,
        };
        let (result, passes) = match (inside, mode) {
            (Some(_), GateMode::Off | GateMode::Warn) => (GateResult::Inside, Ok(Passed::unheld(OpenCase::Inside))),
            (registered @ Some(_), GateMode::Enforce) => {
                (GateResult::Inside, Ok(Passed { open_case: OpenCase::Inside, registered }))
            }
            (None, GateMode::Off | GateMode::Warn) => (GateResult::Outside, Ok(Passed::unheld(OpenCase::Outside))),
            (None, GateMode::Enforce) => (GateResult::Refused, Err(NotPassed::CaseNotOpen)),
        };
        cases.count_result(caller.name(), result);
        if result == GateResult::Outside {
            warn!(question = %question.id, "question is in no open case and is answered");
        }
        passes
    }
}

impl Passed {
    /// By a consumer that is not held to what it registered.
    fn unheld(open_case: OpenCase) -> Self {
        Self { open_case, registered: None }
    }
}

/// Where nobody can tell, whoever is to be refused outside of open cases is refused.
fn unknown(mode: GateMode) -> Result<Passed, NotPassed> {
    match mode {
        GateMode::Off | GateMode::Warn => Ok(Passed::unheld(OpenCase::NotChecked)),
        GateMode::Enforce => Err(NotPassed::Unreadable),
    }
}

/// What an answer to a question outside of the consumer's open cases is marked with.
pub(crate) const CASE_NOT_OPEN: &str = "case-not-open";

#[cfg(test)]
mod tests;
