//! Our own interface, version 1: JSON over HTTP, errors as problem details.
//!
//! Described for its users in `docs/json-v1.md`.

mod answer;
mod api_info;
mod cases;
mod catalogues;
mod distinct;
mod document;
mod event_stream;
mod household;
mod openapi;
mod pieces;
mod policies;
mod problem;
mod question;
mod questions;
mod resources;

pub(crate) use cases::{CaseCall, close as close_case, known as known_case, register as register_case};
pub use document::DocumentJson;
pub(crate) use problem::Problem;
#[cfg(test)]
pub(crate) use question::{Asked, parse as parse_question};
pub(crate) use questions::{Call, answer};
pub(crate) use resources::{api_info, catalogue, catalogues, openapi, policies};
