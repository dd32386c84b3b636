//! What the adapter for Försäkringskassan and Pensionsmyndigheten promises.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking, in its own functions too")]

mod callers_question;
mod catalogue;
mod exchange;
mod failures;
mod fidelity;
mod outcomes;
mod parameters;
mod ping;
mod request;
