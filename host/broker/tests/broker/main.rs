//! Promises of the broker that hold whatever a component or a disk does.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by panicking; clippy's own exemption does not reach helper functions"
)]

mod bounds;
mod deadline;
mod editions;
mod ending;
mod finishing;
mod largest;
mod observing;
mod panicking;
mod progressing;
mod recording;
mod refusing;
mod stage;
