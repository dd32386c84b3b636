//! What the audit log promises, on a real PostgreSQL server that the tests begin and end.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "../questions/officers.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod officers;
#[path = "../questions/place.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod place;
#[path = "../../../../tests/stage/src/postgres.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod postgres;
#[path = "../audit/records.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod records;
#[path = "../audit/signing.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod signing;

mod checkpoints;
mod gone;
mod proxy;
mod questions;
mod refused;
mod reopening;
mod retention;
mod searching;
mod server;
mod stalling;
mod tampering;
mod tls;
mod writing;
