//! What proposed policies beside the active ones may do, and what is counted of them.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on says so by panicking; clippy's own exemption does not reach helper functions"
)]

mod announcing;
mod answering;
mod comparing;
mod place;
mod swapping;
