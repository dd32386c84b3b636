//! The broker: one question in, one composed answer out, one record between.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use futures::future::join_all;
use jiff::Timestamp;
use ssbtx_audit::{AgencyRecord, AuditLog, ConsumerName, NotRecorded, Record, SubjectKey};
use ssbtx_core::{
    AgencyId, Answer, BASE_SERVICES, Context, EditionIdentity, InvalidName, Parameter, PurposeCode, Question, Relation,
    Role,
};
use ssbtx_upstream::Upstreams;
use tokio::time::Instant;
use tracing::{Instrument, error};

use crate::asker::Asker;
use crate::composition::{Gathered, compose};
use crate::edition::Edition;
use crate::gathering::Life;
use crate::ping::{self, Ping};
use crate::under_way::UnderWay;

/// Answers questions. Cheap to clone: all clones are one broker.
#[derive(Clone)]
pub struct Broker {
    parts: Arc<Parts>,
}

struct Parts {
    edition: ArcSwap<Edition>,
    upstreams: Upstreams,
    audit: AuditLog,
    subject_key: SubjectKey,
    settings: BrokerSettings,
    now: fn() -> Timestamp,
    under_way: UnderWay,
}

/// What an operator may set.
#[derive(Debug, Clone, Copy)]
pub struct BrokerSettings {
    /// How long a question may take until its agencies are no longer waited for.
    ///
    /// # Units
    ///
    /// Default 6.5 s, since SSBTEK promises an answer in under seven; 100 ms to 60 s. It does not bound the time to write the audit record, which has ten seconds.
    pub deadline: Duration,
}

impl BrokerSettings {
    /// What `deadline` may be.
    pub const DEADLINE: RangeInclusive<Duration> = Duration::from_millis(100)..=Duration::from_mins(1);
}

impl Default for BrokerSettings {
    fn default() -> Self {
        Self { deadline: Duration::from_millis(6500) }
    }
}

/// Why a question got no answer at all.
#[derive(Debug, thiserror::Error)]
pub enum Unanswered {
    /// No policy decides for the asker's role.
    #[error("no policy is loaded for role `{0}`")]
    RoleWithoutPolicy(Role),
    /// The record could not be written, so there is no answer.
    #[error("question was not recorded")]
    NotRecorded(#[source] NotRecorded),
    /// The host is stopping, or a fault of ours ended the question.
    #[error("question was broken off")]
    BrokenOff,
}

impl Broker {
    /// Brings the parts together. `now` is the wall clock, for the record's times.
    pub fn new(
        edition: Edition,
        upstreams: Upstreams,
        audit: AuditLog,
        subject_key: SubjectKey,
        settings: BrokerSettings,
        now: fn() -> Timestamp,
    ) -> Self {
        let (edition, under_way) = (ArcSwap::from_pointee(edition), UnderWay::new());
        Self { parts: Arc::new(Parts { edition, upstreams, audit, subject_key, settings, now, under_way }) }
    }

    /// The edition that the next question will use.
    pub fn edition(&self) -> Arc<Edition> {
        self.parts.edition.load_full()
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
    pub async fn ping(&self, parameters: &BTreeMap<AgencyId, Vec<Parameter>>) -> Vec<Ping> {
        let edition = self.edition();
        ping::all(&edition, &self.parts.upstreams, parameters, Instant::now() + self.parts.settings.deadline).await
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
        let edition = self.edition.load_full();
        let policy = edition.policy(&asker.role).ok_or_else(|| Unanswered::RoleWithoutPolicy(asker.role.clone()))?;
        let context = context(asker, question).map_err(|InvalidName| Unanswered::BrokenOff)?;

        let life = Life { edition: &edition, policy, context, question, deadline, traceparent };
        let mut gathered = join_all(BASE_SERVICES.map(|agency| life.gather(&self.upstreams, agency))).await;
        let protected = gathered.iter().any(|one| one.asked.marks_protection());
        if protected {
            gathered = gathered.into_iter().map(|one| Gathered { asked: one.asked.protect(), ..one }).collect();
        }
        let was_asked: Vec<bool> = gathered.iter().map(|one| one.asked.was_asked()).collect();
        let answer = Answer {
            question: question.id,
            correlation_id: question.correlation_id.clone(),
            role: asker.role.clone(),
            edition: EditionIdentity { trust_version: edition.trust_version(), policy: policy.identity().clone() },
            parts: gathered.into_iter().map(compose).collect(),
        };
        let record = Record {
            question: question.id,
            asked_at,
            answered_at: (self.now)(),
            front: asker.front,
            consumer: ConsumerName::new(&asker.consumer),
            role: asker.role.clone(),
            requester: question.requester.organisation.number.clone(),
            caseworker: question.requester.caseworker.clone(),
            case: question.case.clone(),
            purpose: question.purpose.clone(),
            subject: self.subject_key.subject(&question.person),
            edition: answer.edition.clone(),
            accepted_pending: edition.accepted_pending().iter().map(|(basis, _)| basis.clone()).collect(),
            protected_identity: protected,
            agencies: answer.parts.iter().zip(was_asked).map(|(part, asked)| AgencyRecord::of(part, asked)).collect(),
        };
        self.audit.append(record).await.map_err(not_recorded)?;
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
