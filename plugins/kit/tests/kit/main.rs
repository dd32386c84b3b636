//! What the kit promises to adapters, shown with a small catalogue of its own.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking, in its own functions too")]

mod enclosed;
mod hostile;
mod reading;
mod replies;
mod specimen;
