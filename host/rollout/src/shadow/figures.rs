//! The numbers about one proposed policy.

use serde::Serialize;
use ssbtx_core::{AgencyId, DatasetId, PolicyIdentity, Role, Sha256Digest};

use crate::text::as_text;

/// What a proposed policy would have opened and closed, since it and the active policy have been there together.
///
/// # Shape
///
/// `{"role", "policy": "<sha256>", "shadow": "<sha256>", "version", "compared", "failures", "skipped", "datasets": [{"agency", "dataset", "opened",
/// "closed"}]}`, with every dataset of every loaded catalogue.
///
/// # Units
///
/// Questions, and elements that hold a value, summed over the compared questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ShadowFigures {
    /// The role of both policies.
    #[serde(serialize_with = "as_text")]
    pub role: Role,
    /// The digest of the active policy.
    #[serde(serialize_with = "as_text")]
    pub policy: Sha256Digest,
    /// The digest of the proposed policy.
    #[serde(serialize_with = "as_text")]
    pub shadow: Sha256Digest,
    /// The proposed policy's own version.
    pub version: String,
    /// Answered questions that were compared.
    pub compared: u64,
    /// Answered questions that the proposed policy failed to decide on; nothing of them is in the numbers below.
    pub failures: u64,
    /// Answered questions that were not compared, since too many others waited or the edition was gone.
    pub skipped: u64,
    /// By base service and dataset.
    pub datasets: Vec<DatasetFigures>,
}

/// What would have changed in one dataset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DatasetFigures {
    /// The base service.
    #[serde(serialize_with = "as_text")]
    pub agency: AgencyId,
    /// The dataset.
    #[serde(serialize_with = "as_text")]
    pub dataset: DatasetId,
    /// Elements that the active policy withholds and the proposed one would disclose.
    pub opened: u64,
    /// Elements that the active policy discloses and the proposed one would withhold.
    pub closed: u64,
}

impl ShadowFigures {
    /// Nothing counted yet.
    pub(super) fn new(policy: Sha256Digest, shadow: &PolicyIdentity, datasets: Vec<DatasetFigures>) -> Self {
        Self {
            role: shadow.name.clone(),
            policy,
            shadow: shadow.sha256,
            version: shadow.version.clone(),
            compared: 0,
            failures: 0,
            skipped: 0,
            datasets,
        }
    }
}
