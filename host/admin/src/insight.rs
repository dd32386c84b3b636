//! What the listener is told of the host: states, versions, times and counts, and nothing of a question.

use jiff::Timestamp;
use serde::Serialize;
use ssbtx_core::{BasisId, Role};
use ssbtx_rollout::{ShadowFigures, Status};
use ssbtx_upstream::UpstreamHealth;

/// Where the listener takes what it shows. It is asked anew for every request and must answer at once.
pub trait Insight: Send + Sync + 'static {
    /// Whether questions can be answered now.
    fn readiness(&self) -> Readiness;

    /// What the host answers with, what became of its attempts to answer with something newer, and what proposed policies would change.
    fn editions(&self) -> Editions;

    /// When the legal bases of the active policies begin and end.
    fn bases(&self) -> Vec<BasisDates>;

    /// Whether agencies answer, and whether they are asked, by agency and upstream.
    fn agencies(&self) -> Vec<UpstreamHealth>;
}

/// Whether questions can be answered now. The listener begins when an edition is active, so there is always one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readiness {
    /// They can.
    Ready,
    /// Signed metadata has expired and so has its grace: every question is refused until a valid set arrives.
    TrustExpired,
}

/// What `GET /admin/editions` shows.
///
/// # Shape
///
/// The members of [`Status`], and `shadows`, a list of [`ShadowFigures`].
#[derive(Debug, Clone, Serialize)]
pub struct Editions {
    /// What the host answers with, and its attempts to answer with something newer.
    #[serde(flatten)]
    pub status: Status,
    /// What proposed policies would have opened and closed.
    pub shadows: Vec<ShadowFigures>,
}

/// When a legal basis of an active policy begins and ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BasisDates {
    /// The policy's role.
    pub role: Role,
    /// The basis.
    pub basis: BasisId,
    /// The first moment of its first day in Sweden.
    pub begins: Timestamp,
    /// The first moment after its last day in Sweden, absent while no end is decided.
    pub ends: Option<Timestamp>,
}
