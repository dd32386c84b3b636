//! A TUF repository in, verified components out.
//!
//! The repository (The Update Framework, crate `tough`) lies on disk. Every agency signs its own adapters through a delegation of its own;
//! governance signs the policies, with a threshold of named persons. [`load`] is the only way to a [`Verified<Component>`], and nothing else
//! may run. There is no switch that turns any of it off.
//!
//! What this crate does not answer for: whether a component does what it should. It says who answers for its bytes.

mod component;
mod delegation;
mod diagnosis;
mod journal;
mod keys;
mod not_trusted;
mod rules;
mod settings;
mod shelf;
mod target;
mod trusted_set;
mod verified;

pub use component::Component;
pub use delegation::{Delegation, UnknownDelegation};
pub use not_trusted::{DelegationFault, Mismatch, NotTrusted, SignatureFault, StructureFault};
pub use settings::{Memory, RepositoryLimits, RepositorySettings};
pub use target::{ComponentKind, InvalidTargetName, TargetName};
pub use trusted_set::{TrustedSet, Versions, load};
pub use verified::Verified;
