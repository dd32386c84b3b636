//! The handle of a proposed policy.

use std::fmt;
use std::sync::Arc;

use ssbtx_core::{Catalogue, Context, LegalBasis, PolicyIdentity, Role, Verdict};
use ssbtx_trust::{Component, ComponentKind, Verified};

use crate::admission::NotAdmitted;
use crate::field_filter::{DecideFailed, FieldFilter};
use crate::machine::Machine;
use crate::meters::Part;

/// A proposed policy (skuggpolicy), which may be asked what it would decide and decides nothing.
///
/// It is admitted like a policy and runs under the same limits. It is a type of its own, without a way to the [`FieldFilter`] inside, so that no
/// answer can be made with it: one person of governance may propose, and two are needed to decide.
#[derive(Clone)]
pub struct ShadowFilter(FieldFilter);

impl ShadowFilter {
    /// Checks and compiles a component and asks it what it is.
    pub(crate) async fn admit(machine: &Arc<Machine>, component: &Verified<Component>) -> Result<Self, NotAdmitted> {
        let ComponentKind::Shadow(role) = component.kind() else {
            return Err(NotAdmitted::Kind { found: component.target().clone(), expected: "a proposed policy" });
        };
        FieldFilter::make_signed(machine, component, role, Part::Shadow).await.map(Self)
    }

    /// The role that it would decide for.
    pub fn role(&self) -> &Role {
        self.0.role()
    }

    /// The legal bases that its verdicts may name, by position.
    pub fn bases(&self) -> &[LegalBasis] {
        self.0.bases()
    }

    /// Which policy it is, to the byte.
    pub fn identity(&self) -> &PolicyIdentity {
        self.0.identity()
    }

    /// What it would decide: one verdict per element of the catalogue, in its order.
    ///
    /// # Errors
    ///
    /// [`DecideFailed`] when it refuses, was stopped or broke its contract.
    ///
    /// # Cancel safety
    ///
    /// It may be dropped at any time: the instance is taken down and nothing of it remains.
    pub async fn would_decide(&self, context: &Context, catalogue: &Catalogue) -> Result<Vec<Verdict>, DecideFailed> {
        self.0.decide(context, catalogue).await
    }
}

impl fmt::Debug for ShadowFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ShadowFilter({} {})", self.role(), self.identity().version)
    }
}
