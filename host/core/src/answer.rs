//! The composed answer: one part per base service, each in one of six states.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::agency::AgencyId;
use crate::decision::Decision;
use crate::digest::Sha256Digest;
use crate::document::Document;
use crate::failure::{DatasetFailure, Failure, Notice};
use crate::identifier::Role;
use crate::open_case::OpenCase;
use crate::question::{CorrelationId, QuestionId};

/// The answer to one question.
#[derive(Debug)]
pub struct Answer {
    /// The question.
    pub question: QuestionId,
    /// The asker's own reference, echoed.
    pub correlation_id: Option<CorrelationId>,
    /// The role that it was composed for.
    pub role: Role,
    /// What decided it.
    pub edition: EditionIdentity,
    /// Whether its question was in an open case.
    pub open_case: OpenCase,
    /// One part per base service, in the order of SSBTEK v10.
    pub parts: Vec<AgencyPart>,
}

/// The edition that a question used from beginning to end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionIdentity {
    /// The version of the signed repository's snapshot, which identifies the whole set: any change of a component raises it.
    pub trust_version: u64,
    /// The policy that decided.
    pub policy: PolicyIdentity,
    /// The digest of the signed list of what is withheld, where there is one.
    pub tightening: Option<Sha256Digest>,
    /// The digest of the signed list of what is withheld no longer, where there is one.
    pub lifted: Option<Sha256Digest>,
    /// The digest of each agency's grant to the policy's role.
    pub grants: BTreeMap<AgencyId, Sha256Digest>,
}

/// Which policy, to the byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyIdentity {
    /// Its role.
    pub name: Role,
    /// Its own version.
    pub version: String,
    /// The digest of its component.
    pub sha256: Sha256Digest,
}

/// Which adapter, to the byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdapterIdentity {
    /// Its catalogue's version.
    pub version: String,
    /// The digest of its component.
    pub sha256: Sha256Digest,
}

/// One base service's part.
#[derive(Debug)]
pub struct AgencyPart {
    /// The base service.
    pub agency: AgencyId,
    /// What came of it.
    pub outcome: Outcome,
    /// Whose data it gives, each with a state of its own.
    pub disclosers: Vec<Discloser>,
    /// The adapter that spoke for it, where one is loaded.
    pub adapter: Option<AdapterIdentity>,
    /// The digest of the mask that it was held to ([`Mask::digest`](crate::Mask::digest)), also where nothing came of it. None where no decision
    /// was made for the context that the question ended in.
    pub mask: Option<Sha256Digest>,
    /// How long it took, from the decision to the outcome.
    pub elapsed: Duration,
}

/// An agency whose data a base service gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Discloser {
    /// The agency.
    pub agency: AgencyId,
    /// Its state.
    pub state: State,
}

/// What came of one base service. The six states of the design; none is ever turned into another.
#[derive(Debug)]
pub enum Outcome {
    /// It answered: the projected document, and what was left out of it.
    Answered {
        /// What the role may see.
        document: Document,
        /// Datasets that the base service could not give this time.
        failures: Vec<DatasetFailure>,
        /// The decision, with what it withholds.
        decision: Arc<Decision>,
    },
    /// It knows nothing of the person.
    NothingFound {
        /// Its own document that says so, projected: clients of SSBTEK v10 are given it.
        document: Option<Document>,
        /// Why, where it can tell.
        reason: Option<Notice>,
    },
    /// The asker did not include it.
    NotAsked,
    /// The role may see nothing of it.
    NotPermitted {
        /// The decision, with what it withholds.
        decision: Arc<Decision>,
    },
    /// It, or the broker, failed.
    Failed(Failure),
    /// It did not answer in time.
    TimedOut,
}

impl Outcome {
    /// The state.
    pub fn state(&self) -> State {
        match self {
            Self::Answered { .. } => State::Answered,
            Self::NothingFound { .. } => State::NothingFound,
            Self::NotAsked => State::NotAsked,
            Self::NotPermitted { .. } => State::NotPermitted,
            Self::Failed(_) => State::Failed,
            Self::TimedOut => State::TimedOut,
        }
    }
}

/// The name of an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// It answered.
    Answered,
    /// It knows nothing of the person.
    NothingFound,
    /// The asker did not include it.
    NotAsked,
    /// The role may see nothing of it.
    NotPermitted,
    /// It, or the broker, failed.
    Failed,
    /// It did not answer in time.
    TimedOut,
}

impl State {
    /// The stable name, as answers, audit records and metrics show it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::NothingFound => "nothing-found",
            Self::NotAsked => "not-asked",
            Self::NotPermitted => "not-permitted",
            Self::Failed => "failed",
            Self::TimedOut => "timed-out",
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.label())
    }
}
