//! What a review promises, on the components that are built.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by panicking; clippy's own exemption does not reach helper functions"
)]

mod bench;
mod changed;
mod explained;
mod granted;
mod page;
mod real;
mod refused;
mod replayed;
mod variant;
