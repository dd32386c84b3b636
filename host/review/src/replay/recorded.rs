//! An audit record, as far as its decisions follow from it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;
use ssbtx_core::{AcceptedPending, AcceptedScope, AgencyId, BasisId, Context, DatasetId, Relation, Role, Sha256Digest};

/// What a record says of how its question was decided. Whom it was about, who asked and why are not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The question's id.
    pub question: String,
    /// What the policy was told.
    pub context: Context,
    /// The version of the trusted set.
    pub trust_version: u64,
    /// The policy.
    pub policy: Sha256Digest,
    /// The tightening that was in force.
    pub tightening: Option<Sha256Digest>,
    /// What of it had been lifted.
    pub lifted: Option<Sha256Digest>,
    /// The grants of the role, by agency.
    pub grants: BTreeMap<AgencyId, Sha256Digest>,
    /// The pending bases that the operator accepted.
    pub accepted: AcceptedPending,
    /// Each base service.
    pub agencies: Vec<RecordedAgency>,
}

/// What a record says of one base service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedAgency {
    /// The base service.
    pub agency: AgencyId,
    /// The adapter that spoke for it, where one was loaded.
    pub adapter: Option<Sha256Digest>,
    /// The digest of the mask that its part was made with, where there was a decision.
    pub mask: Option<Sha256Digest>,
}

/// Why a text is no record that can be replayed. What it holds is not quoted: it is about a person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnreadableRecord {
    /// It is no JSON, or lacks what a decision follows from.
    #[error("record lacks what a decision follows from, or is no record (line {line}, column {column})")]
    Shape {
        /// The line in the record.
        line: usize,
        /// The column in it.
        column: usize,
    },
    /// A name or a digest in it is none.
    #[error("`{0}` of the record is not what it must be")]
    Value(&'static str),
}

impl Recorded {
    /// Reads a record, the value of `record` in a line of the log; nothing where it is of another kind than a question.
    ///
    /// # Errors
    ///
    /// [`UnreadableRecord`] when it does not say what its decisions followed from.
    pub fn parse(record: &[u8]) -> Result<Option<Self>, UnreadableRecord> {
        let shape = |error: serde_json::Error| UnreadableRecord::Shape { line: error.line(), column: error.column() };
        let Kind { kind } = serde_json::from_slice(record).map_err(shape)?;
        if kind != QUESTION {
            return Ok(None);
        }
        let read: RecordFile = serde_json::from_slice(record).map_err(shape)?;
        read.typed().map(Some)
    }
}

#[derive(Deserialize)]
struct Kind {
    kind: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RecordFile {
    question: String,
    role: String,
    context: ContextFile,
    edition: EditionFile,
    accepted_pending: Vec<AcceptedFile>,
    agencies: Vec<AgencyFile>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ContextFile {
    purpose: String,
    relation: RelationFile,
    consents: Vec<String>,
    protected_identity: bool,
    asked_on: Date,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum RelationFile {
    Subject,
    HouseholdAdult,
    HouseholdChild,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct EditionFile {
    trust_version: u64,
    policy: ComponentFile,
    #[serde(deserialize_with = "Option::deserialize")]
    tightening: Option<String>,
    #[serde(deserialize_with = "Option::deserialize")]
    lifted: Option<String>,
    grants: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct ComponentFile {
    sha256: String,
}

#[derive(Deserialize)]
struct AcceptedFile {
    basis: String,
    #[serde(deserialize_with = "Option::deserialize")]
    datasets: Option<Vec<String>>,
}

#[derive(Deserialize)]
struct AgencyFile {
    agency: String,
    #[serde(deserialize_with = "Option::deserialize")]
    adapter: Option<ComponentFile>,
    #[serde(deserialize_with = "Option::deserialize")]
    mask: Option<String>,
}

impl RecordFile {
    fn typed(self) -> Result<Recorded, UnreadableRecord> {
        let role: Role = value("role", &self.role)?;
        let consents: Result<Vec<BasisId>, _> =
            self.context.consents.iter().map(|consent| value("context.consents", consent)).collect();
        let context = Context {
            role,
            purpose: value("context.purpose", &self.context.purpose)?,
            relation: match self.context.relation {
                RelationFile::Subject => Relation::Subject,
                RelationFile::HouseholdAdult => Relation::HouseholdAdult,
                RelationFile::HouseholdChild => Relation::HouseholdChild,
            },
            consents: consents?,
            protected_identity: self.context.protected_identity,
            asked_on: self.context.asked_on,
        };
        let digest = |name, text: &Option<String>| text.as_deref().map(|text| value(name, text)).transpose();
        let mut grants = BTreeMap::new();
        for (agency, grant) in &self.edition.grants {
            grants.insert(value("edition.grants", agency)?, value("edition.grants", grant)?);
        }
        let mut accepted = AcceptedPending::default();
        for file in &self.accepted_pending {
            accepted = accepted.with(value("acceptedPending.basis", &file.basis)?, file.scope()?);
        }
        Ok(Recorded {
            question: self.question,
            context,
            trust_version: self.edition.trust_version,
            policy: value("edition.policy.sha256", &self.edition.policy.sha256)?,
            tightening: digest("edition.tightening", &self.edition.tightening)?,
            lifted: digest("edition.lifted", &self.edition.lifted)?,
            grants,
            accepted,
            agencies: self.agencies.iter().map(AgencyFile::typed).collect::<Result<_, _>>()?,
        })
    }
}

impl AcceptedFile {
    fn scope(&self) -> Result<AcceptedScope, UnreadableRecord> {
        let Some(datasets) = &self.datasets else { return Ok(AcceptedScope::EveryDataset) };
        let dataset = |text: &String| -> Result<(AgencyId, DatasetId), UnreadableRecord> {
            let name = "acceptedPending.datasets";
            let (agency, dataset) = text.split_once('/').ok_or(UnreadableRecord::Value(name))?;
            Ok((value(name, agency)?, value(name, dataset)?))
        };
        datasets.iter().map(dataset).collect::<Result<_, _>>().map(AcceptedScope::Datasets)
    }
}

impl AgencyFile {
    fn typed(&self) -> Result<RecordedAgency, UnreadableRecord> {
        Ok(RecordedAgency {
            agency: value("agencies.agency", &self.agency)?,
            adapter: self.adapter.as_ref().map(|of| value("agencies.adapter.sha256", &of.sha256)).transpose()?,
            mask: self.mask.as_deref().map(|mask| value("agencies.mask", mask)).transpose()?,
        })
    }
}

fn value<T: std::str::FromStr>(name: &'static str, text: &str) -> Result<T, UnreadableRecord> {
    text.parse().map_err(|_| UnreadableRecord::Value(name))
}

/// The kind of record that tells of a question.
const QUESTION: &str = "question";
