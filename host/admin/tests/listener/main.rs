//! What the operator's listener promises, over real TLS.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on says so by panicking; clippy's own exemption does not reach helper functions"
)]

mod audit;
mod commanded;
mod documented;
mod figures;
mod host;
mod limits;
mod one_at_a_time;
mod openmetrics;
mod operating;
mod place;
mod sample;
mod scraping;
mod showing;
