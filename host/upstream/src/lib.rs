//! The HTTP client to the agencies' base services.
//!
//! An adapter writes a request to an upstream that it knows by name; this crate knows the address, speaks TLS with the client certificate that
//! the agency expects, and brings back the response or the reason why there is none. Every upstream has its own certificate, its own roots and
//! its own connections: what is trusted for one agency is trusted for no other, and a slow agency holds nobody else's connection. An upstream that
//! fails again and again is not asked for a while, so that questions about persons get the other agencies' parts at once.
//!
//! What it does not do: it reads no environment, so no proxy and no root of the system's; it follows no redirect, keeps no cookie, undoes no
//! compression and repeats no request that may have reached its agency. It reads no body: what a status means is the adapter's to say.

mod base_url;
mod body;
mod breaker;
mod bulkhead;
mod client_tls;
mod connector;
mod ending;
mod failure;
mod guarded;
mod health;
mod settings;
mod tally;
mod turns;
mod upstream;
mod upstreams;

pub use base_url::{BaseUrl, InvalidBaseUrl};
pub use breaker::BreakerState;
pub use client_tls::{ClientTls, PemFiles, TlsFault};
pub use ending::Ending;
pub use health::{Health, LastFailure, UpstreamHealth};
pub use settings::{UpstreamLimits, UpstreamSettings};
pub use upstreams::{UpstreamFault, Upstreams};
