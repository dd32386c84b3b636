//! What the upstream client promises, against real TLS servers.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod breaking;
mod configuration;
mod connecting;
mod faults;
mod peer;
mod pki;
mod places;
mod privacy;
mod repeating;
mod requests;
mod trust;
