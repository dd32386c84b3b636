//! The form in which cases are written.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::expected_outcome::ExpectedOutcome;

/// What stands before everything else is read: which form it is.
#[derive(Deserialize)]
pub(crate) struct FormFile {
    pub(crate) kind: String,
    pub(crate) version: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct CasesFile {
    pub(crate) kind: String,
    pub(crate) version: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) policy: Option<Vec<PolicyCaseFile>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) adapter: Option<Vec<AdapterCaseFile>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct PolicyCaseFile {
    pub(crate) promise: String,
    pub(crate) agency: String,
    pub(crate) purpose: String,
    pub(crate) relation: RelationFile,
    pub(crate) consents: Vec<String>,
    pub(crate) protected_identity: bool,
    pub(crate) asked_on: Date,
    pub(crate) elements: Vec<String>,
    pub(crate) expected: VerdictFile,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RelationFile {
    Subject,
    HouseholdAdult,
    HouseholdChild,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum VerdictFile {
    Disclose(String),
    Withhold(WithholdReasonFile),
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum WithholdReasonFile {
    NoLegalBasis,
    NotNeeded,
    ProtectedIdentity,
    ConsentMissing,
    WrongRelation,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct AdapterCaseFile {
    pub(crate) promise: String,
    pub(crate) question: Box<RawValue>,
    pub(crate) replies: Vec<ReplyFile>,
    pub(crate) expected: ExpectedOutcome,
}

/// A recorded reply, which is UTF-8 where it can be, so that a reviewer can read it.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum ReplyFile {
    Text(String),
    Base64(String),
}

pub(crate) const KIND: &str = "ssbtx-cases";
pub(crate) const VERSION: u32 = 1;
