//! The handle of an admitted adapter.

mod catalogue;
mod describe;
mod question;
mod reply;
mod state;
mod step;

use std::fmt;
use std::sync::Arc;

use ssbtx_core::{AdapterIdentity, AgencyId, Catalogue, Parameter, Reply, Sha256Digest, UpstreamName};
use ssbtx_trust::{Component, ComponentKind, Verified};

use crate::admission::{self, NotAdmitted, World};
use crate::bindings::adapter::exports::ssbtx::adapter::translation as wire;
use crate::bindings::adapter::{Adapter as Instance, AdapterPre};
use crate::cell::{Bounds, Cell, Visit};
use crate::fault::{CallFailed, Stop};
use crate::limit::Limit;
use crate::machine::Machine;
use crate::mandate::Mandate;
use crate::meters::{Function, Meter, Part};
use crate::workbench::Candidate;
use describe::Description;
use step::Contract;

pub use describe::InvalidAdapter;
pub use question::AgencyQuestion;
pub use state::CallState;
pub use step::{PingStep, Step};

/// An adapter that may be called. Cloning it is cheap; every call gets an instance of its own.
///
/// # Cancel safety
///
/// Every call may be dropped at any time: its instance is taken down and nothing of it remains.
#[derive(Clone)]
pub struct Adapter(Arc<Admitted>);

struct Admitted {
    cell: Cell,
    component: AdapterPre<Bounds>,
    contract: Contract,
    identity: AdapterIdentity,
    reply_bytes: usize,
}

impl Adapter {
    /// Checks and compiles a component and asks it what it is.
    pub(crate) async fn admit(machine: &Arc<Machine>, component: &Verified<Component>) -> Result<Self, NotAdmitted> {
        let ComponentKind::Adapter(agency) = component.kind() else {
            return Err(NotAdmitted::Kind { found: component.target().clone(), expected: "an adapter" });
        };
        let meter = machine.meters.of(Part::Adapter, agency.as_str());
        Self::make(machine, meter, component.bytes().into(), component.digest(), Mandate::Signed(*agency)).await
    }

    /// Checks and compiles a component that nobody has signed, for whatever agency it says.
    pub(crate) async fn examine(machine: &Arc<Machine>, candidate: &Candidate) -> Result<Self, NotAdmitted> {
        Self::make(machine, Arc::default(), candidate.shared_bytes(), candidate.digest(), Mandate::AsDescribed).await
    }

    async fn make(
        machine: &Arc<Machine>,
        meter: Arc<Meter>,
        bytes: Arc<[u8]>,
        sha256: Sha256Digest,
        mandate: Mandate<AgencyId>,
    ) -> Result<Self, NotAdmitted> {
        let compiled = admission::compile(machine, bytes, &WORLD).await?;
        // What it asks for is not known before it has described itself.
        let described = describe(&Cell::new(Arc::clone(machine), Arc::clone(&meter), None), compiled).await?;
        let (component_pre, description) = described;
        let Description { catalogue, upstreams, memory_bytes, reply_bytes } = Description::parse(description, mandate)?;
        let settings = &machine.settings;
        let identity = AdapterIdentity { version: catalogue.version().to_owned(), sha256 };
        let contract = Contract { catalogue: Arc::new(catalogue), upstreams, nodes: settings.size(Limit::Nodes) };
        let reply_bytes = usize::try_from(reply_bytes.min(settings.value(Limit::Reply))).unwrap_or(usize::MAX);
        let cell = Cell::new(Arc::clone(machine), meter, Some(memory_bytes));
        Ok(Self(Arc::new(Admitted { cell, component: component_pre, contract, identity, reply_bytes })))
    }

    /// What its agency can disclose.
    pub fn catalogue(&self) -> &Arc<Catalogue> {
        &self.0.contract.catalogue
    }

    /// The upstreams that its requests may name.
    pub fn upstreams(&self) -> &[UpstreamName] {
        &self.0.contract.upstreams
    }

    /// Which adapter it is, to the byte.
    pub fn identity(&self) -> &AdapterIdentity {
        &self.0.identity
    }

    /// The largest reply body that it can be given, in bytes: what it asks for, up to [`Limit::Reply`].
    pub fn reply_bytes(&self) -> usize {
        self.0.reply_bytes
    }

    /// Starts on a question.
    ///
    /// # Errors
    ///
    /// [`CallFailed`] when it was stopped or broke its contract. The next call is not affected.
    pub async fn plan(&self, question: &AgencyQuestion<'_>) -> Result<Step, CallFailed> {
        // Apart, and gone when it ends: whoever calls waits for the agency far longer than this runs, by the thousand.
        Box::pin(async move {
            let asked = question.to_wire();
            let (mut visit, instance) = self.enter(Function::Plan).await?;
            let result = instance.ssbtx_adapter_translation().call_plan(visit.store(), &asked).await;
            self.0.contract.parse_step(visit.settle(result)?, 1)
        })
        .await
    }

    /// Goes on with a question, given the replies to the requests of the step before, in their order.
    ///
    /// A reply that is larger than [`Self::reply_bytes`] arrives as too large.
    ///
    /// # Errors
    ///
    /// [`CallFailed`] when it was stopped or broke its contract. The next call is not affected.
    pub async fn absorb(
        &self,
        question: &AgencyQuestion<'_>,
        state: CallState,
        replies: Vec<Reply>,
    ) -> Result<Step, CallFailed> {
        // Apart, as in `plan`.
        Box::pin(async move {
            let asked = question.to_wire();
            let replies = reply::to_wire(replies, self.0.reply_bytes);
            let (mut visit, instance) = self.enter(Function::Absorb).await?;
            let result =
                instance.ssbtx_adapter_translation().call_absorb(visit.store(), &asked, state.bytes(), &replies).await;
            self.0.contract.parse_step(visit.settle(result)?, state.steps() + 1)
        })
        .await
    }

    /// Starts a ping: the base service's own test, without personal data. The parameters are the caller's with this base service.
    ///
    /// # Errors
    ///
    /// [`CallFailed`] when it was stopped or broke its contract. The next call is not affected.
    pub async fn ping_plan(&self, parameters: &[Parameter]) -> Result<PingStep, CallFailed> {
        let parameters = question::parameters(parameters);
        let (mut visit, instance) = self.enter(Function::PingPlan).await?;
        let result = instance.ssbtx_adapter_translation().call_ping_plan(visit.store(), &parameters).await;
        self.0.contract.parse_ping_step(visit.settle(result)?, 1)
    }

    /// Goes on with a ping.
    ///
    /// # Errors
    ///
    /// [`CallFailed`] when it was stopped or broke its contract. The next call is not affected.
    pub async fn ping_absorb(&self, state: CallState, replies: Vec<Reply>) -> Result<PingStep, CallFailed> {
        let replies = reply::to_wire(replies, self.0.reply_bytes);
        let (mut visit, instance) = self.enter(Function::PingAbsorb).await?;
        let result =
            instance.ssbtx_adapter_translation().call_ping_absorb(visit.store(), state.bytes(), &replies).await;
        self.0.contract.parse_ping_step(visit.settle(result)?, state.steps() + 1)
    }

    /// A place, a store and an instance of their own for one call.
    async fn enter(&self, function: Function) -> Result<(Visit, Instance), Stop> {
        let mut visit = self.0.cell.enter(function).await?;
        let instance = self.0.component.instantiate_async(visit.store()).await;
        let instance = visit.started(instance)?;
        Ok((visit, instance))
    }
}

impl fmt::Debug for Adapter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Adapter({} {})", self.catalogue().agency(), self.identity().version)
    }
}

/// Asks a component what it is, in an instance that is checked function by function.
async fn describe(
    cell: &Cell,
    compiled: wasmtime::component::InstancePre<Bounds>,
) -> Result<(AdapterPre<Bounds>, wire::Description), NotAdmitted> {
    let mut visit = cell.enter(Function::Describe).await.map_err(NotAdmitted::Describe)?;
    let instance = compiled.instantiate_async(visit.store()).await;
    let instance = visit.started(instance).map_err(NotAdmitted::Describe)?;
    let component = AdapterPre::new(compiled).map_err(|_| WORLD.wrong_signature())?;
    let typed = Instance::new(visit.store(), &instance).map_err(|_| WORLD.wrong_signature())?;
    let result = typed.ssbtx_adapter_translation().call_describe(visit.store()).await;
    let description = visit.settle(result).map_err(NotAdmitted::Describe)?;
    Ok((component, description))
}

const WORLD: World = World {
    interface: "ssbtx:adapter/translation@1.0.0",
    functions: &["describe", "plan", "absorb", "ping-plan", "ping-absorb"],
};
