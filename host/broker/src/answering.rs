//! The broker: one question in, one composed answer out, one record between.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use ssbtx_audit::{AuditLog, Levels, SubjectKey};
use ssbtx_core::{AgencyId, Answer, Parameter, Question};
use ssbtx_observation::Trace;
use ssbtx_upstream::Upstreams;
use tokio::sync::oneshot;
use tokio::time::Instant;
use tracing::{Instrument, Span};

use crate::asker::Asker;
use crate::edition::Edition;
use crate::ending::QuestionEnding;
use crate::figures::BrokerFigures;
use crate::meters::Meters;
use crate::observer::Observer;
use crate::outlet::Sent;
use crate::ping::{self, Ping};
use crate::progress::Progress;
use crate::serving::{Closed, Serving};
use crate::settings::BrokerSettings;
use crate::unanswered::Unanswered;
use crate::under_way::{Counted, UnderWay};
use crate::watched::Watched;

/// Answers questions. Cheap to clone: all clones are one broker.
#[derive(Clone)]
pub struct Broker {
    parts: Arc<Parts>,
}

/// What every question's life needs.
pub(crate) struct Parts {
    pub(crate) serving: Serving,
    pub(crate) upstreams: Upstreams,
    pub(crate) audit: AuditLog,
    pub(crate) subject_key: SubjectKey,
    pub(crate) settings: BrokerSettings,
    pub(crate) now: fn() -> Timestamp,
    pub(crate) observer: Arc<dyn Observer>,
    pub(crate) meters: Meters,
    under_way: UnderWay,
}

impl Broker {
    /// Brings the parts together. `now` is the wall clock, for the record's times.
    pub fn new(
        edition: Arc<Edition>,
        upstreams: Upstreams,
        audit: AuditLog,
        subject_key: SubjectKey,
        settings: BrokerSettings,
        now: fn() -> Timestamp,
        observer: Arc<dyn Observer>,
    ) -> Self {
        let (serving, meters, under_way) = (Serving::new(edition), Meters::default(), UnderWay::new());
        Self {
            parts: Arc::new(Parts {
                serving,
                upstreams,
                audit,
                subject_key,
                settings,
                now,
                observer,
                meters,
                under_way,
            }),
        }
    }

    /// The newest edition: the one that the next question will use, unless the broker is closed.
    pub fn edition(&self) -> Arc<Edition> {
        self.parts.serving.edition()
    }

    /// What it has counted so far.
    pub fn figures(&self) -> BrokerFigures {
        let Parts { meters, audit, under_way, .. } = self.parts.as_ref();
        BrokerFigures {
            questions: meters.questions(),
            parts: meters.parts(),
            composing: meters.composing.distribution(),
            recording: meters.recording.distribution(),
            under_way: under_way.count(),
            audit: audit.levels(),
            decisions: self.edition().decisions(),
        }
    }

    /// Uses this edition for every question from now on, and opens the broker if it was closed.
    ///
    /// A question that has begun goes on with the edition that it began with, which is freed when the last of these has ended.
    pub fn activate(&self, edition: Arc<Edition>) {
        self.parts.serving.open(edition);
    }

    /// Refuses every question from now on, until an edition is activated. A question that has begun is answered.
    pub fn close(&self, closed: Closed) {
        self.parts.serving.close(closed);
    }

    /// Asks every included agency at once and composes what the role may see.
    ///
    /// All of it but the record is done by the deadline, whatever an agency, an adapter or a policy does; a record that takes longer than ten
    /// seconds is none. A question that is refused here has asked nobody, so it has no record: there is no access to account for. A gate before the
    /// broker that refuses a question for what it is about has it recorded by [`refuse`](Self::refuse).
    ///
    /// # Errors
    ///
    /// [`Unanswered`]; whatever goes wrong with one agency is in that agency's part instead.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future gives up the answer, not the question: agencies may have been asked, so it runs to its end and is recorded.
    pub async fn ask(&self, asker: Asker, question: Question, trace: Option<Trace>) -> Result<Answer, Unanswered> {
        let (parts, under_way, span) = (Arc::clone(&self.parts), self.begin(), span(&asker, &question));
        let asked = async move {
            let watched = Watched::begin(&parts.meters, &asker, &question, trace.as_ref());
            let answer = parts.ask(asker, question, watched.trace()).await;
            watched.end(QuestionEnding::of(answer.as_ref().err()));
            drop(under_way);
            answer
        };
        tokio::spawn(asked.instrument(span)).await.unwrap_or(Err(Unanswered::BrokenOff))
    }

    /// Asks as [`ask`](Self::ask) does, and lets each part go as soon as nothing that another agency may say of the person can change it.
    ///
    /// When it returns, it is on record that the question has begun; the rest is, before the last piece comes. The place that the question has
    /// somewhere is dropped in between: when no agency is waited for and nothing is left to be recorded.
    ///
    /// # Errors
    ///
    /// [`Unanswered`], where nobody was asked. Later on, that is the last piece.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future, or what it gives back, ends the question: no agency is waited for any more, and what has left is recorded.
    pub async fn ask_progressively(
        &self,
        asker: Asker,
        question: Question,
        trace: Option<Trace>,
        place: Box<dyn Send + Sync>,
    ) -> Result<Progress, Unanswered> {
        let (parts, under_way, span) = (Arc::clone(&self.parts), self.begin(), span(&asker, &question));
        let ((sent, pieces), (begun, has_begun)) = (Sent::new(place), oneshot::channel());
        // Held here until it has begun: whoever goes away before that has gone away.
        let progress = Progress::new(pieces);
        let asked = async move {
            let watched = Watched::begin(&parts.meters, &asker, &question, trace.as_ref());
            let ending = parts.ask_progressively(asker, question, watched.trace(), sent, begun).await;
            watched.end(ending);
            drop(under_way);
        };
        tokio::spawn(asked.instrument(span));
        has_begun.await.unwrap_or(Err(Unanswered::BrokenOff)).map(|()| progress)
    }

    /// Waits until every question that has come has ended and is recorded, also those whose askers have gone away.
    ///
    /// To be called when no more questions can come: the host then leaves nothing unaccounted for when it ends.
    pub async fn finish(&self) {
        self.parts.under_way.none().await;
    }

    /// How the writing of its audit log goes: where records do not come through, questions are refused.
    pub fn audit_levels(&self) -> Levels {
        self.parts.audit.levels()
    }

    pub(crate) fn audit(&self) -> &AuditLog {
        &self.parts.audit
    }

    pub(crate) fn subject_key(&self) -> &SubjectKey {
        &self.parts.subject_key
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.parts.now)()
    }

    /// Something that [`finish`](Self::finish) waits for, until what is given back is dropped.
    pub(crate) fn begin(&self) -> Counted {
        self.parts.under_way.begin()
    }

    /// Calls every base service's own test function, without personal data, with the caller's parameters where it takes any.
    ///
    /// # Errors
    ///
    /// [`Closed`], where no component may be called at all.
    pub async fn ping(&self, parameters: &BTreeMap<AgencyId, Vec<Parameter>>) -> Result<Vec<Ping>, Closed> {
        let edition = self.parts.serving.pin()?;
        let deadline = Instant::now() + self.parts.settings.deadline;
        Ok(ping::all(&edition, &self.parts.upstreams, parameters, deadline).await)
    }
}

fn span(asker: &Asker, question: &Question) -> Span {
    tracing::info_span!("question", id = %question.id, role = %asker.role, front = asker.front.label())
}
