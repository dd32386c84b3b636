//! The life of a question: decide, plan, send, absorb, project, record, answer.
//!
//! The broker owns no network and no sandbox: it is given an [`Edition`] of admitted components, the upstream client and the audit log, and
//! brings them together. It holds a question's data for as long as the question lives and nowhere else.

mod agency_call;
mod answering;
mod asker;
mod composition;
mod decisions;
mod disclosers;
mod edition;
mod gathering;
mod ping;
mod under_way;

pub use answering::{Broker, BrokerSettings, Unanswered};
pub use asker::Asker;
pub use edition::{Edition, EditionFault};
pub use ping::Ping;
