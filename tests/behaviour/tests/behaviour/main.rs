//! Behaviour tests: what SSBTX promises, shown with real parts. One binary, one module per promise.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on says so by panicking; clippy's own exemption does not reach helper functions"
)]

mod access;
mod admission;
mod contract;
mod demonstration;
mod disclosure;
mod exhaustion;
mod faults;
mod fidelity;
mod forsakringskassan;
mod grace;
mod guests;
mod hostile_input;
mod killing;
mod leaks;
mod misbehaviour;
mod opening_a_field;
mod particulars;
mod ping;
mod play;
mod protected_identity;
mod published_schema;
mod recording;
mod replaying;
mod reviewed;
mod rotation;
mod serving_on;
mod shadowing;
mod swapping;
mod tampering;
mod withholding;
mod wsdl;
mod zeep;
