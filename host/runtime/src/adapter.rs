//! The handle of an admitted adapter.

mod catalogue;
mod describe;
mod functions;
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
use crate::cell::Cell;
use crate::fault::CallFailed;
use crate::limit::Limit;
use crate::machine::Machine;
use crate::mandate::Mandate;
use crate::meters::{Function, Meter, Part};
use crate::workbench::Candidate;
use describe::Description;
use functions::Functions;
use question::Asked;
use reply::Given;
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
    functions: Functions,
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
        let described =
            functions::describe(&Cell::new(Arc::clone(machine), Arc::clone(&meter), None), compiled).await?;
        let (functions, description) = described;
        let Description { catalogue, upstreams, memory_bytes, reply_bytes } = Description::parse(description, mandate)?;
        let settings = &machine.settings;
        let identity = AdapterIdentity { version: catalogue.version().to_owned(), sha256 };
        let contract = Contract { catalogue: Arc::new(catalogue), upstreams, nodes: settings.size(Limit::Nodes) };
        let reply_bytes = usize::try_from(reply_bytes.min(settings.value(Limit::Reply))).unwrap_or(usize::MAX);
        let cell = Cell::new(Arc::clone(machine), meter, Some(memory_bytes));
        Ok(Self(Arc::new(Admitted { cell, functions, contract, identity, reply_bytes })))
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
            let asked = Asked::new(question);
            let mut visit = self.0.cell.enter(Function::Plan).await?;
            let step = self.0.functions.plan(&mut visit, &asked.to_wire()).await?;
            self.0.contract.parse_step(step, 1)
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
            let (asked, given) = (Asked::new(question), Given::new(&replies, self.0.reply_bytes));
            let mut visit = self.0.cell.enter(Function::Absorb).await?;
            let step = self.0.functions.absorb(&mut visit, &asked.to_wire(), state.bytes(), &given.to_wire()).await?;
            self.0.contract.parse_step(step, state.steps() + 1)
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
        let mut visit = self.0.cell.enter(Function::PingPlan).await?;
        let step = self.0.functions.ping_plan(&mut visit, &parameters).await?;
        self.0.contract.parse_ping_step(step, 1)
    }

    /// Goes on with a ping.
    ///
    /// # Errors
    ///
    /// [`CallFailed`] when it was stopped or broke its contract. The next call is not affected.
    pub async fn ping_absorb(&self, state: CallState, replies: Vec<Reply>) -> Result<PingStep, CallFailed> {
        let given = Given::new(&replies, self.0.reply_bytes);
        let mut visit = self.0.cell.enter(Function::PingAbsorb).await?;
        let step = self.0.functions.ping_absorb(&mut visit, state.bytes(), &given.to_wire()).await?;
        self.0.contract.parse_ping_step(step, state.steps() + 1)
    }
}

impl fmt::Debug for Adapter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Adapter({} {})", self.catalogue().agency(), self.identity().version)
    }
}

const WORLD: World = World {
    interface: "ssbtx:adapter/translation@1.0.0",
    functions: &["describe", "plan", "absorb", "ping-plan", "ping-absorb"],
};
