//! The sandbox: verified components in, handles out.

use std::sync::Arc;

use ssbtx_trust::{Component, Verified};

use crate::adapter::Adapter;
use crate::admission::NotAdmitted;
use crate::compiled_code::CompiledCodeUse;
use crate::field_filter::FieldFilter;
use crate::figures::SandboxFigures;
use crate::machine::{Machine, SandboxFault};
use crate::settings::SandboxSettings;
use crate::shadow_filter::ShadowFilter;

/// Where components run: one engine with its limits.
///
/// Cloning it is cheap and gives the same sandbox. Handles stay good after it is dropped. A process needs one; each reserves address space
/// for all the calls that may be alive in it.
#[derive(Clone)]
pub struct Sandbox(Arc<Machine>);

impl Sandbox {
    /// Builds the engine and starts the clock by which calls are interrupted.
    ///
    /// # Errors
    ///
    /// [`SandboxFault`] when the machine that the host runs on cannot carry it.
    pub fn new(settings: SandboxSettings) -> Result<Self, SandboxFault> {
        Machine::new(settings).map(Arc::new).map(Self)
    }

    /// How it is at this moment, and how the calls in it have gone since the start.
    pub fn figures(&self) -> SandboxFigures {
        SandboxFigures::of(&self.0)
    }

    /// How often machine code was found, where it is kept.
    pub fn compiled_code_use(&self) -> Option<CompiledCodeUse> {
        self.0.cache.as_ref().map(CompiledCodeUse::of)
    }

    /// Admits an adapter: checks what the component is, compiles it, and asks it once what it says of itself.
    ///
    /// # Errors
    ///
    /// [`NotAdmitted`], which names what is wrong with it.
    ///
    /// # Cancel safety
    ///
    /// A caller that stops waiting leaves nothing behind but a compilation that comes to its end unused.
    pub async fn admit_adapter(&self, component: &Verified<Component>) -> Result<Adapter, NotAdmitted> {
        Adapter::admit(&self.0, component).await
    }

    /// Admits a policy, as [`Self::admit_adapter`] admits an adapter.
    ///
    /// # Errors
    ///
    /// [`NotAdmitted`], which names what is wrong with it.
    pub async fn admit_policy(&self, component: &Verified<Component>) -> Result<FieldFilter, NotAdmitted> {
        FieldFilter::admit(&self.0, component).await
    }

    /// Admits a proposed policy, as [`Self::admit_policy`] admits one that decides.
    ///
    /// # Errors
    ///
    /// [`NotAdmitted`], which names what is wrong with it.
    pub async fn admit_shadow(&self, component: &Verified<Component>) -> Result<ShadowFilter, NotAdmitted> {
        ShadowFilter::admit(&self.0, component).await
    }
}
