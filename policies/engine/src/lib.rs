//! What every policy component is made with: the contract's bindings, the shape of a policy's tables, and the decision.
//!
//! A policy crate holds tables, written from its `policy.toml` when it is built, and nothing of its own. Nothing is parsed when a question is
//! asked, and no rule ever meets a value: what decides is who asks and where in the catalogue an element lies.

pub mod bindings;
mod case;
mod component;
mod contents;
mod decide;
mod describe;
mod policy;
mod rule;
mod segment;

pub use case::{BrokenCase, Case, Expected};
pub use policy::{AgencyRules, Basis, Branch, DatasetRule, Policy, Standing, Text};
pub use rule::{Consent, Opening, ProtectedIdentity, Rule};
pub use segment::{Segment, positions};

pub use bindings::exports::ssbtx::catalogue::types::{Bilingual, Kind, Scope};
pub use bindings::exports::ssbtx::policy::field_filter::{
    Context, Description, LegalBasis, Outline, OutlinedElement, Refusal, Relation, Verdict, WithholdReason,
};

/// Nothing is given back: the instance is gone when its one call is, and all its memory with it.
#[cfg(target_family = "wasm")]
#[global_allocator]
static MEMORY: mini_alloc::MiniAlloc = mini_alloc::MiniAlloc::INIT;
