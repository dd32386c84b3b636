//! Promises of the commands with which keys are made, changes signed and repositories published.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by panicking; clippy's own exemption does not reach helper functions"
)]

mod adapters;
mod desk;
mod keys;
mod repositories;
mod tokens;
