//! The broker: one question in, one composed answer out, one record between.

use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use futures::future::join_all;
use jiff::Timestamp;
use ssbtx_audit::{AgencyRecord, AuditLog, ConsumerName, NotRecorded, Record, SubjectKey};
use ssbtx_core::{
    AgencyId, Answer, BASE_SERVICES, BrokerFault, Context, EditionIdentity, InvalidName, PurposeCode, Question,
    Relation, Role,
};
use ssbtx_runtime::FieldFilter;
use ssbtx_upstream::Upstreams;
use tokio::time::Instant;
use tracing::{Instrument, error};

use crate::agency_call;
use crate::asker::Asker;
use crate::composition::{Asked, Gathered, compose};
use crate::edition::Edition;
use crate::ping::{self, Ping};

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
}

/// What an operator may set.
#[derive(Debug, Clone, Copy)]
pub struct BrokerSettings {
    /// How long a question may take until its agencies are no longer waited for.
    ///
    /// # Units
    ///
    /// Default 6.5 s, since SSBTEK promises an answer in under seven; 100 ms to 60 s. It does not bound the time to write the audit record.
    pub deadline: Duration,
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
        let edition = ArcSwap::from_pointee(edition);
        Self { parts: Arc::new(Parts { edition, upstreams, audit, subject_key, settings, now }) }
    }

    /// The edition that the next question will use.
    pub fn edition(&self) -> Arc<Edition> {
        self.parts.edition.load_full()
    }

    /// Asks every included agency at once and composes what the role may see.
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
        let asked =
            tokio::spawn(async move { parts.ask(&asker, &question, traceparent.as_deref()).await }.instrument(span));
        asked.await.unwrap_or(Err(Unanswered::BrokenOff))
    }

    /// Calls every base service's own test function, without personal data.
    pub async fn ping(&self) -> Vec<Ping> {
        let edition = self.edition();
        ping::all(&edition, &self.parts.upstreams, Instant::now() + self.parts.settings.deadline).await
    }
}

impl Parts {
    async fn ask(&self, asker: &Asker, question: &Question, traceparent: Option<&str>) -> Result<Answer, Unanswered> {
        let asked_at = (self.now)();
        let deadline = Instant::now() + self.settings.deadline;
        let edition = self.edition.load_full();
        let policy = edition.policy(&asker.role).ok_or_else(|| Unanswered::RoleWithoutPolicy(asker.role.clone()))?;
        let context = context(asker, question).map_err(|InvalidName| Unanswered::BrokenOff)?;

        let calls = BASE_SERVICES
            .map(|agency| self.gather(&edition, policy, &context, question, agency, deadline, traceparent));
        let mut gathered = join_all(calls).await;
        let protected =
            gathered.iter().any(|one| matches!(&one.asked, Asked::Asked(_, collected) if collected.marks_protection()));
        if protected {
            decide_anew(&edition, policy, Context { protected_identity: true, ..context }, &mut gathered).await;
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
        self.audit.append(record).await.map_err(|failed| {
            error!(error = %failed, "question was not recorded");
            Unanswered::NotRecorded(failed)
        })?;
        Ok(answer)
    }

    /// Asks one base service, if the asker included it and the role may see anything of it.
    #[expect(clippy::too_many_arguments, reason = "one question's whole context, used in one place")]
    async fn gather<'e>(
        &self,
        edition: &'e Edition,
        policy: &FieldFilter,
        context: &Context,
        question: &Question,
        agency: AgencyId,
        deadline: Instant,
        traceparent: Option<&str>,
    ) -> Gathered<'e> {
        let began = Instant::now();
        let adapter = edition.adapter(agency);
        let asked = match (question.include.contains_key(&agency), adapter) {
            (false, _) => Asked::NotIncluded,
            (true, None) => Asked::Impossible(BrokerFault::AdapterMissing),
            (true, Some(adapter)) => match edition.decide(policy, adapter.catalogue(), context).await {
                Err(undecided) => {
                    error!(error = %undecided, agency = %agency, "policy failed");
                    Asked::Impossible(BrokerFault::PolicyFailed)
                }
                Ok(decision) if !decision.mask().discloses_anything() => Asked::NotPermitted(decision),
                Ok(decision) => {
                    let call = agency_call::call(adapter, &self.upstreams, question, &decision, deadline, traceparent);
                    let collected = call.await;
                    Asked::Asked(decision, collected)
                }
            },
        };
        Gathered { agency, adapter, asked, elapsed: began.elapsed() }
    }
}

/// Decides again for every part, now that the person's identity is known to be protected. Whatever cannot be decided is not disclosed.
async fn decide_anew(edition: &Edition, policy: &FieldFilter, context: Context, gathered: &mut [Gathered<'_>]) {
    for one in gathered {
        let Some(adapter) = one.adapter else { continue };
        let (Asked::Asked(decision, _) | Asked::NotPermitted(decision)) = &mut one.asked else { continue };
        match edition.decide(policy, adapter.catalogue(), &context).await {
            Ok(anew) => *decision = anew,
            Err(undecided) => {
                error!(error = %undecided, agency = %one.agency, "policy failed for a protected identity");
                one.asked = Asked::Undisclosed(BrokerFault::PolicyFailed);
            }
        }
    }
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
