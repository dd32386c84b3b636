//! REST with JSON over HTTP: requests to the one base service, and the replies that are read as JSON.

mod reply;
mod request;

pub use reply::{NoAnswer, body, document, response};
pub use request::{get, post};
