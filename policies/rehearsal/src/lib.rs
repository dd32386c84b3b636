//! Tries a policy natively, against the catalogues of the adapters that are there.
//!
//! The catalogues are read from the `catalogue.toml` of every adapter under `plugins/`, so a policy is tried against what agencies disclose today: an
//! element that moves to another dataset, and an adapter that no policy says a word about, are seen by whoever answers for the policies.
//!
//! A policy crate's tests call [`promises!`] and add what is their role's own.

mod cases;
mod outlines;
mod promises;
mod rules;

pub use cases::{Broken, broken_cases, datasets_without_case};
pub use outlines::{NoOutlines, outlines};
pub use rules::rules_without_element;
