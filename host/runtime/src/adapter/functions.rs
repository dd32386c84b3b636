//! What an adapter exports, called in a fresh instance each time.

use wasmtime::component::{ComponentExportIndex, ComponentNamedList, InstancePre, Lift, Lower};

use super::{WORLD, wire};
use crate::admission::NotAdmitted;
use crate::bindings::adapter::{Adapter as Instance, AdapterPre};
use crate::cell::{Bounds, Cell, Visit};
use crate::fault::Stop;
use crate::meters::Function;

/// The functions of a compiled adapter.
///
/// An instance is asked for the one function that is called: to look up all five in every instance, and to compare the types of each, costs a twentieth
/// of a call.
pub(super) struct Functions {
    compiled: InstancePre<Bounds>,
    plan: ComponentExportIndex,
    absorb: ComponentExportIndex,
    ping_plan: ComponentExportIndex,
    ping_absorb: ComponentExportIndex,
}

/// Asks a component what it is, in an instance that is checked function by function.
pub(super) async fn describe(
    cell: &Cell,
    compiled: InstancePre<Bounds>,
) -> Result<(Functions, wire::Description), NotAdmitted> {
    let mut visit = cell.enter(Function::Describe).await.map_err(NotAdmitted::Describe)?;
    let instance = compiled.instantiate_async(visit.store()).await;
    let instance = visit.started(instance).map_err(NotAdmitted::Describe)?;
    AdapterPre::new(compiled.clone()).map_err(|_| WORLD.wrong_signature())?;
    let typed = Instance::new(visit.store(), &instance).map_err(|_| WORLD.wrong_signature())?;
    let result = typed.ssbtx_adapter_translation().call_describe(visit.store()).await;
    let description = visit.settle(result).map_err(NotAdmitted::Describe)?;
    Ok((Functions::find(compiled).ok_or_else(|| WORLD.wrong_signature())?, description))
}

impl Functions {
    fn find(compiled: InstancePre<Bounds>) -> Option<Self> {
        let component = compiled.component().clone();
        let interface = component.get_export_index(None, WORLD.interface)?;
        let function = |name| component.get_export_index(Some(&interface), name);
        Some(Self {
            plan: function("plan")?,
            absorb: function("absorb")?,
            ping_plan: function("ping-plan")?,
            ping_absorb: function("ping-absorb")?,
            compiled,
        })
    }

    /// Calls `plan`.
    pub(super) async fn plan(&self, visit: &mut Visit, question: &wire::Question<'_>) -> Result<wire::Step, Stop> {
        self.call(visit, &self.plan, (question,)).await
    }

    /// Calls `absorb`.
    pub(super) async fn absorb(
        &self,
        visit: &mut Visit,
        question: &wire::Question<'_>,
        state: &[u8],
        replies: &[wire::Reply<'_>],
    ) -> Result<wire::Step, Stop> {
        self.call(visit, &self.absorb, (question, state, replies)).await
    }

    /// Calls `ping-plan`.
    pub(super) async fn ping_plan(
        &self,
        visit: &mut Visit,
        parameters: &[wire::Parameter<'_>],
    ) -> Result<wire::PingStep, Stop> {
        self.call(visit, &self.ping_plan, (parameters,)).await
    }

    /// Calls `ping-absorb`.
    pub(super) async fn ping_absorb(
        &self,
        visit: &mut Visit,
        state: &[u8],
        replies: &[wire::Reply<'_>],
    ) -> Result<wire::PingStep, Stop> {
        self.call(visit, &self.ping_absorb, (state, replies)).await
    }

    async fn call<P, R>(&self, visit: &mut Visit, function: &ComponentExportIndex, parameters: P) -> Result<R, Stop>
    where
        P: ComponentNamedList + Lower + Send + Sync,
        (R,): ComponentNamedList + Lift + Send + Sync + 'static,
    {
        let instance = self.compiled.instantiate_async(visit.store()).await;
        let function = instance.and_then(|instance| instance.get_typed_func::<P, (R,)>(visit.store(), function));
        let function = visit.started(function)?;
        let result = function.call_async(visit.store(), parameters).await;
        visit.settle(result).map(|(result,)| result)
    }
}
