//! What the engine promises to policies, shown with policies of its own.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail where it stands")]

mod any_outline;
mod cases;
mod decide;
mod specimen;
mod stars;
