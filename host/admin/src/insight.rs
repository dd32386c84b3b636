//! What the listener is told of the host: states, versions, times and counts, and nothing of a question.

use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;
use ssbtx_audit::AuditQuestions;
use ssbtx_core::{BasisId, Role};
use ssbtx_open_cases::ConsumerFigures;
use ssbtx_rollout::{ShadowFigures, Status};
use ssbtx_upstream::UpstreamHealth;

use crate::figures::Figures;

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

    /// What answers questions about the audit log; nothing where nobody may ask any here.
    fn audit_questions(&self) -> Option<Arc<AuditQuestions>> {
        None
    }

    /// The open cases of each consumer that has any, and what came of its questions; nothing where none are kept.
    fn open_cases(&self) -> Vec<ConsumerFigures> {
        Vec::new()
    }

    /// What it has counted.
    fn figures(&self) -> Figures;
}

/// Whether questions can be answered now. The listener begins when an edition is active, so there is always one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readiness {
    /// They can.
    Ready,
    /// Signed metadata has expired and so has its grace: every question is refused until a valid set arrives.
    TrustExpired,
    /// What keeps the audit log does not answer: every question is refused until it does.
    AuditStalled,
    /// The audit log has failed: every question is refused until the host is started again.
    AuditFailed,
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
