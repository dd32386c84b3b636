//! Our own interface, version 1: JSON over HTTP, errors as problem details.
//!
//! Described for its users in `docs/json-v1.md`.

mod answer;
mod api_info;
mod catalogues;
mod distinct;
mod document;
mod policies;
mod problem;
mod question;
mod resources;

pub use document::DocumentJson;
pub(crate) use problem::Problem;
#[cfg(test)]
pub(crate) use question::parse as parse_question;
pub(crate) use resources::{answer, api_info, catalogue, catalogues, policies};
