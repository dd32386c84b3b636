//! The broker, asked by nobody more than the limits say, nor about persons outside of the open cases that a consumer is held to.

mod cases;

use std::sync::Arc;

use futures::StreamExt as _;
use futures::stream::BoxStream;
use ssbtx_audit::{NotRecorded, RefusedWhy};
use ssbtx_broker::{Asker, Ping, Progressed, Unanswered};
use ssbtx_core::{Answer, Front, OpenCase, Question, Relation};
use ssbtx_observation::Trace;
use tokio::time::Instant;
use tracing::Instrument as _;
use uuid::Uuid;

use crate::answering::Answering;
use crate::case_gate::{CaseRegister, NotPassed, Passed};
use crate::consumers::Caller;
use crate::limits::{LimitReached, Moment, Place, ToldRefusals, Usages};
use crate::meters::GatewayMeters;
use crate::outside::Outside;

pub(crate) use cases::CaseRefused;

/// The one way from the fronts to the broker's questions.
#[derive(Clone)]
pub(crate) struct Limited {
    broker: Arc<dyn Answering>,
    outside: Arc<dyn Outside>,
    meters: Arc<GatewayMeters>,
    usages: Usages,
    told: Arc<ToldRefusals>,
    register: CaseRegister,
}

/// A question as a front has read it, and what it belongs to.
#[derive(Debug)]
pub(crate) struct Asking {
    pub(crate) front: Front,
    pub(crate) question: Question,
    /// How whom it asks about stands to the person of the case.
    pub(crate) relation: Relation,
    /// The household that it is asked for, where it is asked for one.
    pub(crate) household: Option<Uuid>,
}

/// The pieces of one answer, as they come.
pub(crate) struct Pieces(BoxStream<'static, Progressed>);

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NotAnswered {
    /// The broker was not asked.
    #[error(transparent)]
    Limit(#[from] LimitReached),
    /// The consumer is held to its open cases.
    #[error(transparent)]
    Gate(#[from] NotPassed),
    /// It was, and has none.
    #[error(transparent)]
    Unanswered(#[from] Unanswered),
}

impl Limited {
    /// Nobody has asked yet.
    pub(crate) fn new(broker: Arc<dyn Answering>, outside: Arc<dyn Outside>, register: CaseRegister) -> Self {
        let (meters, usages) = (outside.meters(), Usages::new(outside.random()));
        Self { broker, outside, meters, usages, told: Arc::default(), register }
    }

    /// The broker, for what is not limited.
    pub(crate) fn broker(&self) -> &dyn Answering {
        self.broker.as_ref()
    }

    /// Where refusals are counted.
    pub(crate) fn meters(&self) -> &GatewayMeters {
        &self.meters
    }

    /// Asks a question that the caller may ask.
    ///
    /// # Cancel safety
    ///
    /// A question goes on when nobody waits for it any more, and so it keeps its place: a client that asks and goes away has no more under way
    /// than one that stays.
    pub(crate) async fn ask(&self, caller: &Caller, asking: Asking, trace: &Trace) -> Result<Answer, NotAnswered> {
        let (place, asker, question) = self.enter(caller, asking).await?;
        let (broker, trace) = (Arc::clone(&self.broker), trace.clone());
        let asked = async move {
            let answer = broker.ask(asker, question, Some(trace)).await;
            drop(place);
            answer
        };
        let answer = tokio::spawn(asked.in_current_span()).await.unwrap_or(Err(Unanswered::BrokenOff));
        Ok(answer?)
    }

    /// Asks a question that the caller may ask, and gives its answer in pieces.
    ///
    /// # Cancel safety
    ///
    /// A question ends when nobody waits for its pieces any more, and keeps its place until it has and is recorded.
    pub(crate) async fn ask_progressively(
        &self,
        caller: &Caller,
        asking: Asking,
        trace: &Trace,
    ) -> Result<Pieces, NotAnswered> {
        let (place, asker, question) = self.enter(caller, asking).await?;
        Ok(Pieces(self.broker.ask_progressively(asker, question, Some(trace.clone()), Box::new(place)).await?))
    }

    /// Lets a question pass the limits and then the gate. What is refused is recorded first.
    async fn enter(&self, caller: &Caller, asking: Asking) -> Result<(Place, Asker, Question), NotAnswered> {
        let Asking { front, question, relation, household } = asking;
        let (consumer, role, open_case) = (caller.name().to_owned(), caller.role().clone(), OpenCase::NotChecked);
        let asker = Asker { consumer, role, front, relation, open_case, household };
        let now = self.now();
        let place = match self.usages.enter(caller.name(), caller.limits(), Some(&question.requester), now) {
            Ok(place) => place,
            Err(reached) => {
                if let Some(unrecorded) = self.told.count(caller.name(), now.instant) {
                    self.record_limit(asker, question, reached, unrecorded).await.map_err(not_recorded)?;
                }
                return Err(reached.into());
            }
        };
        let claimed = household.map(|_| relation);
        match self.register.pass(caller, &question, claimed, now.time).await {
            Ok(Passed { open_case, registered }) => {
                Ok((place, Asker { open_case, relation: registered.unwrap_or(relation), ..asker }, question))
            }
            Err(NotPassed::CaseNotOpen) => {
                self.broker.refuse(asker, &question, RefusedWhy::CaseNotOpen).await.map_err(not_recorded)?;
                Err(NotPassed::CaseNotOpen.into())
            }
            Err(NotPassed::Unreadable) => Err(NotPassed::Unreadable.into()),
        }
    }

    /// Records that a limit is reached, and how many refusals no record tells of. Where it cannot be recorded, the next one tells of it, also where
    /// nobody waits any more.
    async fn record_limit(
        &self,
        asker: Asker,
        question: Question,
        reached: LimitReached,
        unrecorded: u64,
    ) -> Result<(), NotRecorded> {
        let (broker, told, consumer) = (Arc::clone(&self.broker), Arc::clone(&self.told), asker.consumer.clone());
        let why = RefusedWhy::Limit { limit: reached.limit.label(), unrecorded };
        let recording = async move {
            let recorded = broker.refuse(asker, &question, why).await;
            if recorded.is_err() {
                told.not_recorded(&consumer, unrecorded);
            }
            recorded
        };
        tokio::spawn(recording.in_current_span()).await.unwrap_or(Err(NotRecorded::Closed))
    }

    /// Tests every base service, which counts as a question of no caseworker's.
    pub(crate) async fn ping(&self, caller: &Caller) -> Result<Vec<Ping>, NotAnswered> {
        let _place = self.usages.enter(caller.name(), caller.limits(), None, self.now())?;
        Ok(self.broker.ping(&caller.parameters()).await?)
    }

    /// The clock and the randomness.
    pub(crate) fn outside(&self) -> &dyn Outside {
        self.outside.as_ref()
    }

    fn now(&self) -> Moment {
        Moment { instant: Instant::now(), time: self.outside.now() }
    }
}

impl Asking {
    /// A question about the person of the case alone.
    pub(crate) fn alone(front: Front, question: Question) -> Self {
        Self { front, question, relation: Relation::Subject, household: None }
    }
}

impl Pieces {
    /// The next piece; nothing when there are no more.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future loses no piece.
    pub(crate) async fn next(&mut self) -> Option<Progressed> {
        self.0.next().await
    }
}

fn not_recorded(failed: NotRecorded) -> NotAnswered {
    Unanswered::NotRecorded(failed).into()
}

#[cfg(test)]
mod tests;
