//! `cases.toml` and what it includes, as they are written.

use serde::Deserialize;

use crate::terms::{Reason, Relation};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CasesFile {
    #[serde(default)]
    pub(crate) include: Vec<String>,
    #[serde(default)]
    pub(crate) case: Vec<CaseFile>,
}

/// A file that `cases.toml` includes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct IncludedCasesFile {
    pub(crate) case: Vec<CaseFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct CaseFile {
    pub(crate) promise: String,
    pub(crate) agency: String,
    pub(crate) elements: Vec<String>,
    pub(crate) relation: Option<Relation>,
    #[serde(default)]
    pub(crate) consents: Vec<String>,
    #[serde(default)]
    pub(crate) protected_identity: bool,
    pub(crate) disclose: Option<String>,
    pub(crate) withhold: Option<Reason>,
}
