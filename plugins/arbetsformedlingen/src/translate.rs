//! Between a question and Arbetsförmedlingen's format: pure, tested natively.

mod answer;
mod request;

pub(crate) use answer::conclude;
pub(crate) use request::write_request;
