//! The broker's own cache of decisions, compiled in: the crate keeps it to itself, and a copy of it would be measured in its place.

#[allow(dead_code, reason = "what tells the operator of it is not measured")]
#[path = "../../../host/broker/src/decisions.rs"]
mod decisions;

pub(crate) use decisions::Decisions;
