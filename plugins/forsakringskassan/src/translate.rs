//! Between a question and LEFI version 9: pure, tested natively.

mod answer;
mod asked;
mod caller;
mod information;
mod parameters;
mod period;
mod ping;
mod plan;
mod refusal;
mod reply;
mod wanted;

pub(crate) use answer::absorb;
pub(crate) use ping::{ping_absorb, ping_plan};
pub(crate) use plan::plan;
