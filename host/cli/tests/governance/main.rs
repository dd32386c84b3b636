//! What governance and agencies are promised: proposing, approving, publishing, withholding, granting and replaying.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on says so by panicking; clippy's own exemption does not reach helper functions"
)]

mod approving;
mod beginning;
mod granting;
mod office;
mod proposing;
mod publishing;
mod replaying;
mod withholding;
