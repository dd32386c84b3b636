//! Runs the cases that a component carries, before it may answer.
//!
//! A component is signed with its cases in it ([`cases_of`]). Before a host lets it answer, [`test_policy`] and [`test_adapter`] put them to it, in the
//! sandbox and under the limits of every other call: a component that does not do what its author wrote down is not taken. No case has a
//! network or a real person.
//!
//! A [`Trial`] puts one question to an adapter and answers its requests from recordings; it is what a case of an adapter is, and what an author
//! tries an adapter with.
//!
//! What this crate does not answer for: whether the cases are enough. A component without any passes.

mod adapter;
mod broken;
mod deadline;
mod outcome;
mod policy;
mod trial;

pub use adapter::test_adapter;
pub use broken::{BrokenAdapterCase, BrokenPolicyCase, SelfTestFailed};
pub use deadline::DEADLINE;
pub use outcome::{Outcome, OutcomeJson};
pub use policy::test_policy;
// Whoever tests a component takes its cases out of it first, and needs no more of that crate.
pub use ssbtx_cases::{Cases, InvalidCases, cases_of};
pub use trial::{Sent, Trial, TrialFailed, TrialResult};
