//! What the adapter for Skatteverket promises.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its own functions too")]

mod catalogue;
mod outcomes;
mod promises;
mod request;
mod specimen;
