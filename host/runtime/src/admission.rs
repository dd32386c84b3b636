//! What a component must be, before it may run.

mod structure;
mod version;
mod world;

use std::sync::Arc;

use ssbtx_trust::TargetName;
use wasmtime::component::{InstancePre, Linker};

use crate::adapter::InvalidAdapter;
use crate::cell::Bounds;
use crate::fault::Stop;
use crate::field_filter::InvalidPolicy;
use crate::machine::Machine;

pub(crate) use version::is_version;
pub(crate) use world::World;

pub use structure::StructureFault;
pub use world::WorldFault;

/// Why a component may not run.
#[derive(Debug, thiserror::Error)]
pub enum NotAdmitted {
    /// Its name says that it is something else.
    #[error("component `{found}` was offered as {expected}")]
    Kind {
        /// The name.
        found: TargetName,
        /// What it was offered as.
        expected: &'static str,
    },
    /// It is not built as a component may be.
    #[error(transparent)]
    Structure(#[from] StructureFault),
    /// It imports something, or does not export exactly its world.
    #[error(transparent)]
    World(#[from] WorldFault),
    /// The engine could not make machine code of it.
    #[error("component cannot be compiled")]
    Compile(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// It was stopped before it had said what it is.
    #[error("component did not describe itself")]
    Describe(#[source] Stop),
    /// What it says of itself is not what an adapter may say.
    #[error(transparent)]
    Adapter(#[from] InvalidAdapter),
    /// What it says of itself is not what a policy may say.
    #[error(transparent)]
    Policy(#[from] InvalidPolicy),
}

/// Checks a component against its world and compiles it, away from the threads that answer questions.
pub(crate) async fn compile(
    machine: &Arc<Machine>,
    bytes: Arc<[u8]>,
    world: &'static World,
) -> Result<InstancePre<Bounds>, NotAdmitted> {
    let machine = Arc::clone(machine);
    let work = move || {
        structure::check(&bytes, &machine.settings)?;
        world.check_outside(&bytes)?;
        let compiled = wasmtime::component::Component::new(&machine.engine, &bytes).map_err(not_compiled)?;
        world.check_inside(&machine.engine, &compiled)?;
        // Nothing is ever added to the linker: there is nothing that a component could call.
        Linker::new(&machine.engine).instantiate_pre(&compiled).map_err(not_compiled)
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| NotAdmitted::Compile(error.into()))?
}

fn not_compiled(error: wasmtime::Error) -> NotAdmitted {
    NotAdmitted::Compile(error.into_boxed_dyn_error())
}
