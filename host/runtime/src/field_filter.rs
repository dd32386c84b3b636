//! The handle of an admitted policy.

mod context;
mod describe;
mod outline;

use std::fmt;
use std::sync::Arc;

use ssbtx_core::{
    Bilingual, Catalogue, Context, LegalBasis, PolicyIdentity, Refusal, Role, Sha256Digest, Verdict, day_of_law,
};
use ssbtx_trust::{Component, ComponentKind, Verified};

use crate::admission::{self, NotAdmitted, World};
use crate::bindings::policy::exports::ssbtx::policy::field_filter as wire;
use crate::bindings::policy::{Policy as Instance, PolicyPre};
use crate::cell::{Bounds, Cell};
use crate::fault::{Breach, CallFailed};
use crate::machine::Machine;
use crate::mandate::Mandate;
use crate::meters::{Function, Meter, Part};
use crate::workbench::Candidate;
use describe::Description;

pub use describe::{InvalidBasis, InvalidPolicy};

/// A policy that may be asked. Cloning it is cheap; every decision gets an instance of its own.
#[derive(Clone)]
pub struct FieldFilter(Arc<Admitted>);

struct Admitted {
    cell: Cell,
    component: PolicyPre<Bounds>,
    title: Bilingual,
    bases: Vec<LegalBasis>,
    identity: PolicyIdentity,
}

/// Why there is no decision. Whatever the reason: what is not decided is withheld.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecideFailed {
    /// The policy does not decide about this.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The policy was stopped or broke its contract.
    #[error(transparent)]
    Call(#[from] CallFailed),
}

impl FieldFilter {
    /// Checks and compiles a component and asks it what it is.
    pub(crate) async fn admit(machine: &Arc<Machine>, component: &Verified<Component>) -> Result<Self, NotAdmitted> {
        let ComponentKind::Policy(role) = component.kind() else {
            return Err(NotAdmitted::Kind { found: component.target().clone(), expected: "a policy" });
        };
        Self::make_signed(machine, component, role, Part::Policy).await
    }

    /// As [`Self::admit`], for a role that the caller has taken from the component's name.
    pub(crate) async fn make_signed(
        machine: &Arc<Machine>,
        component: &Verified<Component>,
        role: &Role,
        part: Part,
    ) -> Result<Self, NotAdmitted> {
        let meter = machine.meters.of(part, role.as_str());
        Self::make(machine, meter, component.bytes().into(), component.digest(), Mandate::Signed(role)).await
    }

    /// Checks and compiles a component that nobody has signed, for whatever role it says.
    pub(crate) async fn examine(machine: &Arc<Machine>, candidate: &Candidate) -> Result<Self, NotAdmitted> {
        Self::make(machine, Arc::default(), candidate.shared_bytes(), candidate.digest(), Mandate::AsDescribed).await
    }

    async fn make(
        machine: &Arc<Machine>,
        meter: Arc<Meter>,
        bytes: Arc<[u8]>,
        sha256: Sha256Digest,
        mandate: Mandate<&Role>,
    ) -> Result<Self, NotAdmitted> {
        let compiled = admission::compile(machine, bytes, &WORLD).await?;
        // A policy has no way to ask for more memory than all others get.
        let cell = Cell::new(Arc::clone(machine), meter, None);
        let (component_pre, description) = describe(&cell, compiled).await?;
        let Description { role, version, title, bases } = Description::parse(description, mandate)?;
        let identity = PolicyIdentity { name: role, version, sha256 };
        Ok(Self(Arc::new(Admitted { cell, component: component_pre, title, bases, identity })))
    }

    /// The role that it decides for.
    pub fn role(&self) -> &Role {
        &self.0.identity.name
    }

    /// Its title.
    pub fn title(&self) -> &Bilingual {
        &self.0.title
    }

    /// The legal bases that its verdicts may name, by position.
    pub fn bases(&self) -> &[LegalBasis] {
        &self.0.bases
    }

    /// Which policy it is, to the byte.
    pub fn identity(&self) -> &PolicyIdentity {
        &self.0.identity
    }

    /// Decides: one verdict per element of the catalogue, in its order.
    ///
    /// The policy is told the [`day_of_law`] and not the context's own, so that it says the same on all days between which no legal basis of its own
    /// begins or ends.
    ///
    /// A verdict may still name a basis that the policy does not declare, or one that is not in force:
    /// [`Decision::new`](ssbtx_core::Decision::new) withholds those.
    ///
    /// # Errors
    ///
    /// [`DecideFailed`] when the policy refuses, was stopped or broke its contract.
    ///
    /// # Cancel safety
    ///
    /// It may be dropped at any time: the instance is taken down and nothing of it remains.
    pub async fn decide(&self, context: &Context, catalogue: &Catalogue) -> Result<Vec<Verdict>, DecideFailed> {
        // Apart, and gone when it ends: most questions find what was decided before, and hold no room for this.
        Box::pin(self.decide_anew(context, catalogue)).await
    }

    async fn decide_anew(&self, context: &Context, catalogue: &Catalogue) -> Result<Vec<Verdict>, DecideFailed> {
        let told = Context { asked_on: day_of_law(self.bases(), context.asked_on), ..context.clone() };
        let (asked, outline) = (context::to_wire(&told), outline::outline(catalogue));
        let mut visit = self.0.cell.enter(Function::Decide).await.map_err(CallFailed::from)?;
        let instance = self.0.component.instantiate_async(visit.store()).await;
        let instance = visit.started(instance).map_err(CallFailed::from)?;
        let result = instance.ssbtx_policy_field_filter().call_decide(visit.store(), &asked, &outline).await;
        let verdicts = visit.settle(result).map_err(CallFailed::from)?.map_err(context::from_refusal)?;
        let elements = catalogue.elements().len();
        if verdicts.len() != elements {
            return Err(CallFailed::from(Breach::Verdicts { verdicts: verdicts.len(), elements }).into());
        }
        Ok(verdicts.into_iter().map(context::from_verdict).collect())
    }
}

impl fmt::Debug for FieldFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FieldFilter({} {})", self.role(), self.identity().version)
    }
}

/// Asks a component what it is, in an instance that is checked function by function.
async fn describe(
    cell: &Cell,
    compiled: wasmtime::component::InstancePre<Bounds>,
) -> Result<(PolicyPre<Bounds>, wire::Description), NotAdmitted> {
    let mut visit = cell.enter(Function::Describe).await.map_err(NotAdmitted::Describe)?;
    let instance = compiled.instantiate_async(visit.store()).await;
    let instance = visit.started(instance).map_err(NotAdmitted::Describe)?;
    let component = PolicyPre::new(compiled).map_err(|_| WORLD.wrong_signature())?;
    let typed = Instance::new(visit.store(), &instance).map_err(|_| WORLD.wrong_signature())?;
    let result = typed.ssbtx_policy_field_filter().call_describe(visit.store()).await;
    let description = visit.settle(result).map_err(NotAdmitted::Describe)?;
    Ok((component, description))
}

const WORLD: World = World { interface: "ssbtx:policy/field-filter@1.0.0", functions: &["describe", "decide"] };
