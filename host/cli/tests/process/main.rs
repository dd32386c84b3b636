//! Promises of the binary as a process: how it starts and how it ends.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by panicking; clippy's own exemption does not reach helper functions"
)]

mod configuring;
mod hygiene;
mod place;
mod policy;
mod starting;
mod stopping;
mod taking_over;
