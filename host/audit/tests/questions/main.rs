//! What is asked of an audit log, and who is answered.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod index;
mod look_up;
mod misuse;
mod officers;
mod place;
#[path = "../audit/records.rs"]
#[allow(dead_code, reason = "shared with the tests of the log itself")]
mod records;
mod retention;
#[path = "../audit/signing.rs"]
#[allow(dead_code, reason = "shared with the tests of the log itself")]
mod signing;
mod usage;
