//! Promises of the rollout: whatever comes from the source, the host answers with a set that has passed every examination, or not at all.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on says so by panicking; clippy's own exemption does not reach helper functions"
)]

mod beginning;
mod clock;
mod emergencies;
mod examining;
mod expiring;
mod faults;
mod proposals;
mod refusing;
mod remembering;
mod stage;
mod targets;
mod updating;
