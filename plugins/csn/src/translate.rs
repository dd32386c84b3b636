//! Between a question and CSN's format: pure, tested natively.

mod answer;
mod case;
mod request;
mod version;

pub(crate) use answer::conclude;
pub(crate) use case::before_sending;
pub(crate) use request::write_request;
pub(crate) use version::VERSION_3;
