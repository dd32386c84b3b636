//! The life of a question: decide, plan, send, absorb, project, record, answer.
//!
//! The broker owns no network and no sandbox: it is given an [`Edition`] of admitted components, the upstream client and the audit log, and
//! brings them together. It holds a question's data for as long as the question lives and nowhere else.

mod accounting;
mod admitted;
mod agency_call;
mod answering;
mod asker;
mod composition;
mod decisions;
mod disclosers;
mod edition;
mod ending;
mod figures;
mod gathering;
mod life;
mod meters;
mod observer;
mod outlet;
mod ping;
mod progress;
mod releasing;
mod serving;
mod settings;
mod spans;
mod unanswered;
mod under_way;
mod watched;

pub use answering::Broker;
pub use asker::Asker;
pub use decisions::{Decisions, Undecided};
pub use edition::{Edition, EditionFault, LeftOut, NamedList, Withholding};
pub use ending::QuestionEnding;
pub use figures::{AskedFigures, BrokerFigures, PartFigures, RememberedFigures};
pub use observer::Observer;
pub use ping::Ping;
pub use progress::{Progress, Progressed, Summary};
pub use serving::Closed;
pub use settings::BrokerSettings;
pub use unanswered::Unanswered;
