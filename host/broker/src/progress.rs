//! An answer that comes in pieces.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures::Stream;
use ssbtx_core::{AgencyId, AgencyPart, CorrelationId, EditionIdentity, OpenCase, QuestionId, Role, State};
use tokio::sync::mpsc;

use crate::unanswered::Unanswered;

/// One piece of an answer that comes in pieces.
#[derive(Debug)]
pub enum Progressed {
    /// One base service's part, the same as it would be in an answer that comes whole. There is one for every base service, in the order in which they may
    /// leave.
    Part(Box<AgencyPart>),
    /// All parts have left, and the question is recorded. Nothing follows.
    Ended(Box<Summary>),
    /// The question has no whole answer, whatever has left of it. Nothing follows.
    Failed(Unanswered),
}

/// What an answer says besides its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The question.
    pub question: QuestionId,
    /// The asker's own reference, echoed.
    pub correlation_id: Option<CorrelationId>,
    /// The role that it was composed for.
    pub role: Role,
    /// What decided it.
    pub edition: EditionIdentity,
    /// Whether its question was in an open case.
    pub open_case: OpenCase,
    /// The state of each base service's part, in the order of SSBTEK v10.
    pub states: Vec<(AgencyId, State)>,
}

/// The pieces of one answer, as they come.
///
/// It holds at most what a whole answer would, so that a slow reader never slows down a question. A stream that ends without
/// [`Progressed::Ended`] or [`Progressed::Failed`] was broken off by a fault of the host's.
///
/// # Cancel safety
///
/// Dropping it ends the question: no agency is waited for any more, and the record says so.
pub struct Progress(mpsc::Receiver<Progressed>);

impl Progress {
    pub(crate) fn new(pieces: mpsc::Receiver<Progressed>) -> Self {
        Self(pieces)
    }
}

impl Stream for Progress {
    type Item = Progressed;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Progressed>> {
        self.0.poll_recv(context)
    }
}
