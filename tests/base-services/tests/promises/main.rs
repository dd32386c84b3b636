//! What the simulated base services promise, each shown through a real TLS client.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "every function here is part of a test, but clippy sees only those marked as one"
)]

mod answering;
mod client;
mod csn;
mod envelope;
mod failing;
mod lefi;
mod letting_in;
mod pki;
mod process;
mod questions;
mod refusing;
mod skatteverket;
mod transportstyrelsen;
