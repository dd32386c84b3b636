//! Between a question and Transportstyrelsen's format: pure, tested natively.

mod answer;
mod identification;
mod request;

pub(crate) use answer::conclude;
pub(crate) use identification::before_sending;
pub(crate) use request::write_request;
