//! The broker, asked by nobody more than the limits say.

use std::sync::Arc;

use ssbtx_broker::{Asker, Ping, Unanswered};
use ssbtx_core::{Answer, Front, Question};
use tokio::time::Instant;
use tracing::Instrument as _;

use crate::answering::Answering;
use crate::consumers::Caller;
use crate::limits::{LimitReached, Moment, Usages};
use crate::outside::Outside;
use crate::trace_context::TraceParent;

/// The one way from the fronts to the broker's questions.
#[derive(Clone)]
pub(crate) struct Limited {
    broker: Arc<dyn Answering>,
    outside: Arc<dyn Outside>,
    usages: Usages,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotAnswered {
    /// The broker was not asked.
    #[error(transparent)]
    Limit(#[from] LimitReached),
    /// It was, and has none.
    #[error(transparent)]
    Unanswered(#[from] Unanswered),
}

impl Limited {
    /// Nobody has asked yet.
    pub(crate) fn new(broker: Arc<dyn Answering>, outside: Arc<dyn Outside>) -> Self {
        let usages = Usages::new(outside.random());
        Self { broker, outside, usages }
    }

    /// The broker, for what is not limited.
    pub(crate) fn broker(&self) -> &dyn Answering {
        self.broker.as_ref()
    }

    /// Asks a question that the caller may ask.
    ///
    /// # Cancel safety
    ///
    /// A question goes on when nobody waits for it any more, and so it keeps its place: a client that asks and goes away has no more under way
    /// than one that stays.
    pub(crate) async fn ask(
        &self,
        caller: &Caller,
        front: Front,
        question: Question,
        trace_parent: &TraceParent,
    ) -> Result<Answer, NotAnswered> {
        let place = self.usages.enter(caller.name(), caller.limits(), Some(&question.requester), self.now())?;
        let asker = Asker { consumer: caller.name().to_owned(), role: caller.role().clone(), front };
        let (broker, trace_parent) = (Arc::clone(&self.broker), trace_parent.to_string());
        let asked = async move {
            let answer = broker.ask(asker, question, Some(trace_parent)).await;
            drop(place);
            answer
        };
        let answer = tokio::spawn(asked.in_current_span()).await.unwrap_or(Err(Unanswered::BrokenOff));
        Ok(answer?)
    }

    /// Tests every base service, which counts as a question of no caseworker's.
    pub(crate) async fn ping(&self, caller: &Caller) -> Result<Vec<Ping>, NotAnswered> {
        let _place = self.usages.enter(caller.name(), caller.limits(), None, self.now())?;
        Ok(self.broker.ping(&caller.parameters()).await?)
    }

    fn now(&self) -> Moment {
        Moment { instant: Instant::now(), time: self.outside.now() }
    }
}

#[cfg(test)]
mod tests;
