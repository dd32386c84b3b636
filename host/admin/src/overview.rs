//! A running host, as the listener sees it.

use std::sync::Arc;

use ssbtx_broker::Broker;
use ssbtx_core::{LegalBasis, Role, Standing, beginning_in_sweden};
use ssbtx_rollout::{Shadowing, StatusBoard, TrustState};
use ssbtx_runtime::FieldFilter;
use ssbtx_upstream::{UpstreamHealth, Upstreams};

use crate::insight::{BasisDates, Editions, Insight, Readiness};

/// What a host tells of itself: its rollout, its active edition, its proposed policies and its upstreams.
pub struct Overview {
    board: StatusBoard,
    broker: Broker,
    shadowing: Arc<Shadowing>,
    upstreams: Upstreams,
}

impl Overview {
    /// Brings together what it looks at. The upstreams are the broker's.
    pub fn new(board: StatusBoard, broker: Broker, shadowing: Arc<Shadowing>, upstreams: Upstreams) -> Self {
        Self { board, broker, shadowing, upstreams }
    }
}

impl Insight for Overview {
    fn readiness(&self) -> Readiness {
        match self.board.status().trust.state {
            TrustState::Valid | TrustState::Expired => Readiness::Ready,
            TrustState::Closed => Readiness::TrustExpired,
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
}

/// A pending basis neither begins nor ends.
fn dates(role: &Role, basis: &LegalBasis) -> Option<BasisDates> {
    let Standing::InForce { from, until } = basis.standing else { return None };
    // In force to the end of its last day; a last day at the end of the calendar is none.
    let ends = until.and_then(|until| until.tomorrow().ok()).map(beginning_in_sweden);
    Some(BasisDates { role: role.clone(), basis: basis.id.clone(), begins: beginning_in_sweden(from), ends })
}
