//! What the audit log promises, on real files.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod form;
mod records;
mod recovery;
mod tampering;
mod writing;
