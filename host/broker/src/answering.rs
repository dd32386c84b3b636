//! The broker: one question in, one composed answer out, one record between.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures::future::join_all;
use jiff::Timestamp;
use ssbtx_audit::{AgencyRecord, AuditLog, ConsumerName, NotRecorded, Record, SubjectKey};
use ssbtx_core::{AgencyId, Answer, BASE_SERVICES, Context, InvalidName, Parameter, PurposeCode, Question, Relation};
use ssbtx_upstream::Upstreams;
use tokio::time::Instant;
use tracing::{Instrument, error};

use crate::asker::Asker;
use crate::composition::{Gathered, compose};
use crate::edition::Edition;
use crate::gathering::Life;
use crate::observer::Observer;
use crate::ping::{self, Ping};
use crate::serving::{Closed, Serving};
use crate::settings::BrokerSettings;
use crate::unanswered::Unanswered;
use crate::under_way::UnderWay;

/// Answers questions. Cheap to clone: all clones are one broker.
#[derive(Clone)]
pub struct Broker {
    parts: Arc<Parts>,
}

struct Parts {
    serving: Serving,
    upstreams: Upstreams,
    audit: AuditLog,
    subject_key: SubjectKey,
    settings: BrokerSettings,
    now: fn() -> Timestamp,
    observer: Arc<dyn Observer>,
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
        let (serving, under_way) = (Serving::new(edition), UnderWay::new());
        Self { parts: Arc::new(Parts { serving, upstreams, audit, subject_key, settings, now, observer, under_way }) }
    }

    /// The newest edition: the one that the next question will use, unless the broker is closed.
    pub fn edition(&self) -> Arc<Edition> {
        self.parts.serving.edition()
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
    /// seconds is none. A question that is refused here has asked nobody, so it has no record: there is no access to account for.
    ///
    /// # Errors
    ///
    /// [`Unanswered`]; whatever goes wrong with one agency is in that agency's part instead.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future gives up the answer, not the question: agencies may have been asked, so it runs to its end and is recorded.
    pub async fn ask(
        &self,
        asker: Asker,
        question: Question,
        traceparent: Option<String>,
    ) -> Result<Answer, Unanswered> {
        let parts = Arc::clone(&self.parts);
        let span = tracing::info_span!("question", id = %question.id, role = %asker.role, front = asker.front.label());
        let under_way = self.parts.under_way.begin();
        let asked = async move {
            let answer = parts.ask(&asker, &question, traceparent.as_deref()).await;
            drop(under_way);
            answer
        };
        tokio::spawn(asked.instrument(span)).await.unwrap_or(Err(Unanswered::BrokenOff))
    }

    /// Waits until every question that has come has ended and is recorded, also those whose askers have gone away.
    ///
    /// To be called when no more questions can come: the host then leaves nothing unaccounted for when it ends.
    pub async fn finish(&self) {
        self.parts.under_way.none().await;
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

impl Parts {
    async fn ask(&self, asker: &Asker, question: &Question, traceparent: Option<&str>) -> Result<Answer, Unanswered> {
        // Nobody is asked what could not be accounted for.
        if !self.audit.is_writable() {
            return Err(not_recorded(NotRecorded::Closed));
        }
        let asked_at = (self.now)();
        let deadline = Instant::now() + self.settings.deadline;
        let edition = self.serving.pin()?;
        let without_policy = || Unanswered::RoleWithoutPolicy(asker.role.clone());
        let policy = edition.policy(&asker.role).ok_or_else(without_policy)?;
        let identity = edition.identity(&asker.role).ok_or_else(without_policy)?;
        let context = context(asker, question).map_err(|InvalidName| Unanswered::BrokenOff)?;

        let life = Life { edition: &edition, policy, context: context.clone(), question, deadline, traceparent };
        let mut gathered = join_all(BASE_SERVICES.map(|agency| life.gather(&self.upstreams, agency))).await;
        let protected = gathered.iter().any(|one| one.asked.marks_protection());
        if protected {
            gathered = gathered.into_iter().map(|one| Gathered { asked: one.asked.protect(), ..one }).collect();
        }
        let context = Context { protected_identity: protected, ..context };
        let decisions: Vec<_> =
            gathered.iter().filter_map(|one| Some((one.agency, Arc::clone(one.asked.decision(protected)?)))).collect();
        let was_asked: Vec<bool> = gathered.iter().map(|one| one.asked.was_asked()).collect();
        let answer = Answer {
            question: question.id,
            correlation_id: question.correlation_id.clone(),
            role: asker.role.clone(),
            edition: identity,
            parts: gathered.into_iter().map(|one| compose(one, protected)).collect(),
        };
        let record = Record {
            question: question.id,
            asked_at,
            answered_at: (self.now)(),
            front: asker.front,
            consumer: ConsumerName::new(&asker.consumer),
            requester: question.requester.organisation.number.clone(),
            caseworker: question.requester.caseworker.clone(),
            case: question.case.clone(),
            purpose: question.purpose.clone(),
            subject: self.subject_key.subject(&question.person),
            context: context.clone(),
            edition: answer.edition.clone(),
            accepted_pending: edition.accepted_pending().clone(),
            agencies: answer.parts.iter().zip(was_asked).map(|(part, asked)| AgencyRecord::of(part, asked)).collect(),
        };
        self.audit.append(record).await.map_err(not_recorded)?;
        self.observer.answered(&edition, &context, &decisions);
        Ok(answer)
    }
}

fn not_recorded(failed: NotRecorded) -> Unanswered {
    error!(error = %failed, "question was not recorded");
    Unanswered::NotRecorded(failed)
}

fn context(asker: &Asker, question: &Question) -> Result<Context, InvalidName> {
    Ok(Context {
        role: asker.role.clone(),
        purpose: PurposeCode::CASE_WORK.parse()?,
        relation: Relation::Subject,
        consents: Vec::new(),
        protected_identity: false,
        asked_on: question.asked_on,
    })
}
