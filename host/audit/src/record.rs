//! One record.

mod begun;
mod case_change;
mod json;
mod refused;

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use jiff::Timestamp;
use uuid::Uuid;

use crate::subject::Subject;
use ssbtx_core::{
    AcceptedPending, AdapterIdentity, AgencyId, AgencyPart, CaseId, Caseworker, Context, Document, EditionIdentity,
    Failure, Front, Mask, OpenCase, OrganisationNumber, Outcome, Purpose, QuestionId, Sha256Digest, State,
    without_identity_numbers,
};

pub use begun::Begun;
pub use case_change::{CaseChange, CaseChanged};
pub use refused::{Refused, RefusedWhy};

/// What is recorded of one question that agencies may have been asked.
///
/// Ids, labels, counts, digests, times and the asker's own words; no field can hold a value from an agency. Identity numbers in the asker's words
/// are replaced when the record is written. Its `Debug` shows the question's id and nothing else.
///
/// # Shape
///
/// In the log, an object with exactly these keys in this order: `kind` (`question`), `question`, `askedAt`, `answeredAt` (RFC 3339, UTC),
/// `front`, `consumer`, `role`, `requester`, `caseworker`, `case`, `openCase` (`notChecked`, `inside` or `outside`), `household` (a UUID, one for all
/// questions that were asked as one household; left out where there is none), `purpose`, `subject{key, hmacSha256}`,
/// `context{purpose, relation, consents[], protectedIdentity, askedOn}`,
/// `edition{trustVersion, policy{name, version, sha256}, tightening|null, lifted|null, grants{AF: …}}`,
/// `acceptedPending[]{basis, datasets[]|null}`, and
/// `agencies[]{agency, asked, state, disclosers[]{agency, state, disclosed}, adapter{version, sha256}|null, mask|null, disclosed, withheld, unknown,
/// elapsedMs, failure{source, code}|null}`. Where the asker went away before an answer that came in pieces was whole, `brokenOff{undelivered[]}` follows, and
/// `agencies` has the parts that had left by then and no others.
///
/// The second `purpose` is the coded one. `askedOn` is a day (`yyyy-MM-dd`). `tightening`, `lifted`, the values of `grants` and `mask` are SHA-256
/// in 64 lower-case hexadecimal digits. A dataset is written `AF/inskrivning`; `datasets` is null where a basis is accepted for every one.
///
/// What the policy was told, what it was held to, and what came of it are all here, so that every decision can be made again from the files that the
/// digests name: the same `mask` must come of it.
pub struct Record {
    /// The question.
    pub question: QuestionId,
    /// When it came in.
    pub asked_at: Timestamp,
    /// When its answer was composed, just before this record.
    pub answered_at: Timestamp,
    /// By which front it came.
    pub front: Front,
    /// The consumer whose certificate it came with.
    pub consumer: ConsumerName,
    /// The authority that asked.
    pub requester: OrganisationNumber,
    /// The caseworker, in the asker's words.
    pub caseworker: Caseworker,
    /// The case, in the asker's words.
    pub case: CaseId,
    /// Whether it was in an open case of the asker's.
    pub open_case: OpenCase,
    /// The household that it was asked for, where it was asked for one.
    pub household: Option<Uuid>,
    /// Why it was asked, in the asker's words.
    pub purpose: Purpose,
    /// Whom it was about.
    pub subject: Subject,
    /// What the policy was told, in the end: whether an agency marks the person's identity as protected is known only when all have answered.
    pub context: Context,
    /// What decided it.
    pub edition: EditionIdentity,
    /// The pending legal bases that the operator accepted at the time.
    pub accepted_pending: AcceptedPending,
    /// What came of each agency whose part left.
    pub agencies: Vec<AgencyRecord>,
    /// What did not leave, where the question was broken off.
    pub broken_off: Option<BrokenOff>,
}

/// What is recorded of an answer in pieces whose asker went away before it was whole, and of any answer that a fault of the host's own ended.
///
/// What came of these agencies is in none of the six states, since nobody waited for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenOff {
    /// The included base services of which no part left. Each of them may have been asked.
    pub undelivered: Vec<AgencyId>,
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record").field("question", &self.question).finish_non_exhaustive()
    }
}

/// What is recorded of one agency's part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgencyRecord {
    /// The base service.
    pub agency: AgencyId,
    /// Whether a request left for it. One that failed or was late may still have had it.
    pub asked: bool,
    /// The state of its part.
    pub state: State,
    /// Whose data its part gives: Försäkringskassan's base service answers for Pensionsmyndigheten too.
    pub disclosers: Vec<DiscloserRecord>,
    /// The adapter that spoke for it, where one is loaded.
    pub adapter: Option<AdapterIdentity>,
    /// The digest of the mask that its part was held to ([`Mask::digest`]), whatever came of it. None where the asker did not include it, or no decision
    /// was made for the record's context.
    pub mask: Option<Sha256Digest>,
    /// How many values of its datasets left with the answer.
    pub disclosed: u64,
    /// How many elements of its catalogue were closed to the asker. It does not tell whether the agency had values for them.
    pub withheld: u64,
    /// How many elements it sent that its catalogue does not list; they were dropped.
    pub unknown: u64,
    /// How long it took.
    pub elapsed: Duration,
    /// Why its part failed.
    pub failure: Option<ErrorCode>,
}

/// What is recorded of one agency whose data a base service gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DiscloserRecord {
    /// The agency.
    pub agency: AgencyId,
    /// Its state.
    pub state: State,
    /// How many values of its datasets left with the answer.
    pub disclosed: u64,
}

impl AgencyRecord {
    /// Counts what an answer's part holds.
    pub fn of(part: &AgencyPart, asked: bool) -> Self {
        let (document, mask, failure) = match &part.outcome {
            Outcome::Answered { document, decision, .. } => (Some(document), Some(decision.mask()), None),
            Outcome::NothingFound { document, .. } => (document.as_ref(), None, None),
            Outcome::NotPermitted { decision } => (None, Some(decision.mask()), None),
            Outcome::Failed(failure) => (None, None, Some(ErrorCode::of(failure))),
            Outcome::NotAsked | Outcome::TimedOut => (None, None, None),
        };
        let by_discloser = document.map(disclosed).unwrap_or_default();
        let disclosers = part.disclosers.iter().map(|discloser| DiscloserRecord {
            agency: discloser.agency,
            state: discloser.state,
            disclosed: by_discloser.get(&discloser.agency).copied().unwrap_or_default(),
        });
        Self {
            agency: part.agency,
            asked,
            state: part.outcome.state(),
            disclosers: disclosers.collect(),
            adapter: part.adapter.clone(),
            mask: part.mask,
            disclosed: by_discloser.values().sum(),
            withheld: mask.map_or(0, Mask::withheld_values),
            unknown: document.map_or(0, |document| u64::from(document.unknown_elements())),
            elapsed: part.elapsed,
            failure,
        }
    }
}

/// Why a part failed: a code, never a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorCode {
    source: &'static str,
    code: String,
}

impl ErrorCode {
    /// Takes the code of a failure.
    pub fn of(failure: &Failure) -> Self {
        Self { source: failure.source(), code: without_identity_numbers(failure.code()) }
    }

    /// Who failed, in SSBTEK's words: `SSBT` or `BT`.
    pub fn source(&self) -> &'static str {
        self.source
    }

    /// The code.
    pub fn code(&self) -> &str {
        &self.code
    }
}

/// The name of a consumer in the operator's configuration, without identity numbers.
#[derive(Clone, PartialEq, Eq)]
pub struct ConsumerName(String);

impl ConsumerName {
    /// Takes a name.
    pub fn new(name: &str) -> Self {
        Self(without_identity_numbers(name))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ConsumerName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How many values of each agency's datasets a document holds.
fn disclosed(document: &Document) -> BTreeMap<AgencyId, u64> {
    let catalogue = document.catalogue();
    let mut counts = BTreeMap::new();
    for node in document.nodes() {
        let holds_value = catalogue.element(node.element).is_some_and(|element| element.kind.holds_value());
        if let Some(discloser) = catalogue.discloser(node.element).filter(|_| holds_value) {
            *counts.entry(discloser).or_default() += 1;
        }
    }
    counts
}

#[cfg(test)]
mod tests;
