//! Behaviour tests: what SSBTX promises, shown with real parts. One binary, one module per promise.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on says so by panicking; clippy's own exemption does not reach helper functions"
)]

mod access;
mod admission;
mod audit_in_postgresql;
mod compiled_code;
mod contract;
mod demonstration;
mod disclosure;
mod draining;
mod exhaustion;
mod faults;
mod fidelity;
mod forsakringskassan;
mod grace;
mod guests;
mod hostile_input;
mod household;
mod killing;
mod leaks;
mod malformed;
mod misbehaviour;
mod open_cases;
mod open_cases_in_postgresql;
mod openapi;
mod opening_a_field;
mod particulars;
mod ping;
mod play;
mod progressive;
mod protected_identity;
mod published_schema;
mod python;
mod recording;
mod reloading;
mod replaying;
mod reviewed;
mod rolling;
mod rotation;
mod serving_on;
mod shadowing;
mod swapping;
mod tampering;
mod tracing;
mod withholding;
mod wsdl;
mod zeep;
