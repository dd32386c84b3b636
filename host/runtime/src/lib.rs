//! The sandbox: what a component must be before it may run, and what it may use up while it runs.
//!
//! A [`Sandbox`] admits verified components and gives handles to them: an [`Adapter`] speaks for one agency, a [`FieldFilter`] decides for one
//! role, and a [`ShadowFilter`] is only asked what it would decide. Every call gets a fresh instance under limits of time, memory, stack and
//! output, and everything that comes out of it is parsed before anybody sees it. A call that misbehaves ends alone.
//!
//! A [`Workbench`] runs components that nobody has signed, for the tools of those who write and review them.
//!
//! What this crate does not answer for: who signed a component (`ssbtx-trust` does), whether an adapter tells the truth about its agency,
//! and the network, which components cannot reach.

mod adapter;
mod admission;
mod bindings;
mod cell;
mod compiled_code;
mod fault;
mod field_filter;
mod figures;
mod limit;
mod line;
mod machine;
mod mandate;
mod meters;
mod proposals;
mod sandbox;
mod settings;
mod shadow_filter;
mod ticker;
mod workbench;

pub use adapter::{Adapter, AgencyQuestion, CallState, InvalidAdapter, PingStep, Step};
pub use admission::{NotAdmitted, StructureFault, WorldFault};
pub use compiled_code::{CompiledCode, CompiledCodeFault, CompiledCodeUse};
pub use fault::{Breach, CallFailed, Stop};
pub use field_filter::{DecideFailed, FieldFilter, InvalidBasis, InvalidPolicy};
pub use figures::SandboxFigures;
pub use limit::{Limit, Range};
pub use machine::SandboxFault;
pub use meters::{ComponentFigures, Function, Part};
pub use sandbox::Sandbox;
pub use settings::{OutOfRange, SandboxSettings};
pub use shadow_filter::ShadowFilter;
pub use workbench::{Candidate, Workbench};
