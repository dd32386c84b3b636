//! What the kit promises to adapters of JSON over REST, shown with a small catalogue of its own.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking, in its own functions too")]

mod hostile;
mod members;
mod reading;
mod replies;
mod requests;
mod specimen;
