//! Between a question and the a-kassor's format: pure, tested natively.

mod answer;
mod request;

pub(crate) use answer::conclude;
pub(crate) use request::write_request;
