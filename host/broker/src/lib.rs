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
mod observer;
mod ping;
mod serving;
mod settings;
mod unanswered;
mod under_way;

pub use answering::Broker;
pub use asker::Asker;
pub use edition::{Edition, EditionFault, LeftOut, NamedList, Withholding};
pub use observer::Observer;
pub use ping::Ping;
pub use serving::Closed;
pub use settings::BrokerSettings;
pub use unanswered::Unanswered;
