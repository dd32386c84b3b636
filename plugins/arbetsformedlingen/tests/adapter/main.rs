//! What the adapter for Arbetsförmedlingen promises.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its own functions too")]

mod catalogue;
mod exchange;
mod outcomes;
mod request;
mod requests_fit_the_schema;
