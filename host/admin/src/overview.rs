//! A running host, as the listener sees it.

use std::sync::Arc;

use ssbtx_audit::{AuditQuestions, Condition};
use ssbtx_broker::Broker;
use ssbtx_core::{LegalBasis, Role, Standing, beginning_in_sweden};
use ssbtx_open_cases::{ConsumerFigures, OpenCases};
use ssbtx_rollout::{Shadowing, StatusBoard, TrustState};
use ssbtx_runtime::FieldFilter;
use ssbtx_upstream::{UpstreamHealth, Upstreams};

use crate::figures::{Figures, Sources};
use crate::insight::{BasisDates, Editions, Insight, Readiness};

/// What a host tells of itself: its rollout, its active edition, its proposed policies and its upstreams.
pub struct Overview {
    board: StatusBoard,
    broker: Broker,
    shadowing: Arc<Shadowing>,
    upstreams: Upstreams,
    sources: Sources,
    audit_questions: Option<Arc<AuditQuestions>>,
    open_cases: Option<OpenCases>,
}

impl Overview {
    /// Brings together what it looks at. The upstreams are the broker's.
    pub fn new(
        board: StatusBoard,
        broker: Broker,
        shadowing: Arc<Shadowing>,
        upstreams: Upstreams,
        sources: Sources,
    ) -> Self {
        Self { board, broker, shadowing, upstreams, sources, audit_questions: None, open_cases: None }
    }

    /// With answers to questions about the audit log.
    #[must_use]
    pub fn with_audit_questions(self, questions: Arc<AuditQuestions>) -> Self {
        Self { audit_questions: Some(questions), ..self }
    }

    /// With the figures of open cases.
    #[must_use]
    pub fn with_open_cases(self, cases: OpenCases) -> Self {
        Self { open_cases: Some(cases), ..self }
    }
}

impl Insight for Overview {
    fn readiness(&self) -> Readiness {
        match (self.broker.audit_levels().condition, self.board.status().trust.state) {
            (Condition::Failed { .. }, _) => Readiness::AuditFailed,
            (Condition::Stalled { .. }, _) => Readiness::AuditStalled,
            (Condition::Writing, TrustState::Closed) => Readiness::TrustExpired,
            (Condition::Writing, TrustState::Valid | TrustState::Expired) => Readiness::Ready,
        }
    }

    fn editions(&self) -> Editions {
        Editions { status: self.board.status(), shadows: self.shadowing.figures(&self.broker.edition()) }
    }

    fn bases(&self) -> Vec<BasisDates> {
        let edition = self.broker.edition();
        let of = |policy: &FieldFilter| -> Vec<BasisDates> {
            policy.bases().iter().filter_map(|basis| dates(policy.role(), basis)).collect()
        };
        edition.policies().flat_map(of).collect()
    }

    fn agencies(&self) -> Vec<UpstreamHealth> {
        self.upstreams.health()
    }

    fn audit_questions(&self) -> Option<Arc<AuditQuestions>> {
        self.audit_questions.clone()
    }

    fn open_cases(&self) -> Vec<ConsumerFigures> {
        self.open_cases.as_ref().map(OpenCases::figures).unwrap_or_default()
    }

    fn figures(&self) -> Figures {
        self.sources.figures(self.broker.figures())
    }
}

/// A pending basis neither begins nor ends.
fn dates(role: &Role, basis: &LegalBasis) -> Option<BasisDates> {
    let Standing::InForce { from, until } = basis.standing else { return None };
    // In force to the end of its last day; a last day at the end of the calendar is none.
    let ends = until.and_then(|until| until.tomorrow().ok()).map(beginning_in_sweden);
    Some(BasisDates { role: role.clone(), basis: basis.id.clone(), begins: beginning_in_sweden(from), ends })
}
