//! Why a trusted set makes no edition.

use ssbtx_core::{AgencyId, BasisId, DatasetId};
use ssbtx_runtime::NotAdmitted;

/// Why a trusted set makes no edition.
#[derive(Debug, thiserror::Error)]
pub enum EditionFault {
    /// A component is not what it must be.
    #[error("component `{target}` is not admitted")]
    NotAdmitted {
        /// The component's target name.
        target: String,
        /// Why.
        source: NotAdmitted,
    },
    /// Without a policy nobody may see anything.
    #[error("repository holds no policy, expected at least one under `policies/`")]
    NoPolicy,
    /// The operator accepts a pending basis that no policy declares.
    #[error("configuration accepts the pending basis `{0}`, which no loaded policy declares")]
    UnknownPendingBasis(BasisId),
    /// The operator accepts a pending basis for a dataset that no catalogue lists.
    #[error("configuration accepts `{basis}` for dataset `{agency}/{dataset}`, which no loaded catalogue lists")]
    UnknownDataset {
        /// The basis.
        basis: BasisId,
        /// The base service that was named.
        agency: AgencyId,
        /// The dataset that was named.
        dataset: DatasetId,
    },
}
