//! Between a question and Arbetsförmedlingen's format: pure, tested natively.

mod absorb;
mod request;

pub(crate) use absorb::absorb;
pub(crate) use request::plan;
