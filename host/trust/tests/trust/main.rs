//! What loading and keeping a repository promise, with real files and real TLS servers.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod hostile;
mod https;
mod killed;
mod memory;
mod peer;
mod pki;
mod recalling;
mod roots;
mod server;
mod stage;
mod tightening;
