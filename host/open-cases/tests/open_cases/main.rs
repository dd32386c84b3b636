//! What the register of open cases promises, on real files and on a real PostgreSQL server that the tests begin and end.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "../../../../tests/stage/src/postgres.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod postgres;

mod away;
mod files;
mod hosts;
mod place;
mod privileges;
mod promises;
mod refused;
mod register;
