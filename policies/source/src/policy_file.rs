//! `policy.toml` and what it includes, as they are written. Unknown keys are refused: a misspelt condition must not open anything.

use serde::Deserialize;

use crate::terms::{ProtectedIdentity, Reason, Relation};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct PolicyFile {
    pub(crate) role: String,
    pub(crate) version: String,
    pub(crate) title: TextFile,
    pub(crate) purposes: Vec<String>,
    #[serde(default)]
    pub(crate) include: Vec<String>,
    #[serde(default)]
    pub(crate) basis: Vec<BasisFile>,
    #[serde(default)]
    pub(crate) open: Vec<OpenFile>,
    #[serde(default)]
    pub(crate) closed: Vec<ClosedFile>,
}

/// A file that `policy.toml` includes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct IncludedFile {
    #[serde(default)]
    pub(crate) basis: Vec<BasisFile>,
    #[serde(default)]
    pub(crate) open: Vec<OpenFile>,
    #[serde(default)]
    pub(crate) closed: Vec<ClosedFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TextFile {
    pub(crate) sv: String,
    pub(crate) en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct BasisFile {
    pub(crate) id: String,
    pub(crate) act: String,
    pub(crate) provision: Option<String>,
    pub(crate) item: Option<String>,
    pub(crate) from: Option<String>,
    pub(crate) until: Option<String>,
    #[serde(default)]
    pub(crate) pending: bool,
    pub(crate) title: TextFile,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct OpenFile {
    pub(crate) agency: String,
    #[serde(default)]
    pub(crate) datasets: Vec<String>,
    #[serde(default)]
    pub(crate) elements: Vec<String>,
    pub(crate) basis: String,
    pub(crate) relations: Option<Vec<Relation>>,
    pub(crate) consent: Option<String>,
    pub(crate) protected_identity: Option<ProtectedIdentity>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct ClosedFile {
    pub(crate) agency: String,
    #[serde(default)]
    pub(crate) datasets: Vec<String>,
    #[serde(default)]
    pub(crate) elements: Vec<String>,
    pub(crate) reason: Reason,
}
