//! What an operator is told of the questions.

use ssbtx_audit::Levels;
use ssbtx_core::{AgencyId, Front, Role, State};
use ssbtx_observation::Distribution;

use crate::ending::QuestionEnding;

/// What a broker has counted, at one moment. Nothing in it is of a person, a consumer or a single question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokerFigures {
    /// The questions of every role in which one was asked, by role and front.
    pub questions: Vec<AskedFigures>,
    /// The parts of every base service, in the order of SSBTEK v10.
    pub parts: Vec<PartFigures>,
    /// How long it took to compose what might leave of what was gathered.
    pub composing: Distribution,
    /// How long it took until a record was where it outlives the host.
    pub recording: Distribution,
    /// How many questions are under way, those included that are only being recorded.
    pub under_way: usize,
    /// How the audit log is written.
    pub audit: Levels,
    /// How often a decision was remembered, by the active edition.
    pub decisions: RememberedFigures,
}

/// The questions of one role through one front.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedFigures {
    /// The role.
    pub role: Role,
    /// The front.
    pub front: Front,
    /// How many ended how: every ending, in the order of [`QuestionEnding::ALL`].
    pub endings: Vec<(QuestionEnding, u64)>,
    /// How long they took, from the broker's door to the end.
    pub times: Distribution,
}

/// The parts of one base service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartFigures {
    /// The base service.
    pub agency: AgencyId,
    /// How many parts had which state: every state.
    pub states: Vec<(State, u64)>,
    /// How many of those that failed had which code: every one of the broker's, and `adapter` and `base-service` for those that others have made up.
    pub failures: Vec<(&'static str, u64)>,
}

/// How often something was there that had been made before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RememberedFigures {
    /// It was there.
    pub hits: u64,
    /// It had to be made.
    pub misses: u64,
    /// How many are there now.
    pub kept: usize,
}
