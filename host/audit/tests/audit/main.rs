//! What the audit log promises, on real files.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod checkpoints;
mod forging;
mod form;
mod proofs;
mod records;
mod recovery;
mod signing;
mod tampering;
mod writing;
