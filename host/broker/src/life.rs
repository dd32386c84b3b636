//! The life of a question: admitted, gathered, released, recorded. An answer that comes whole and one that comes in pieces live the same life.

use std::future::ready;
use std::sync::Arc;

use ssbtx_audit::{AgencyRecord, BrokenOff, NotRecorded};
use ssbtx_core::{AgencyId, Answer, BASE_SERVICES, Context, Decision, InvalidName, PurposeCode, Question};
use ssbtx_observation::Trace;
use tokio::sync::oneshot;
use tokio::time::Instant;
use tracing::error;

use crate::admitted::{Account, Admitted};
use crate::answering::Parts;
use crate::asker::Asker;
use crate::ending::QuestionEnding;
use crate::gathering::{Gathering, Life};
use crate::outlet::{Kept, Outlet, Sent};
use crate::progress::{Progressed, Summary};
use crate::releasing::{Released, Releasing};
use crate::unanswered::Unanswered;

/// What came of the agencies of one question.
struct Came {
    is_protected: bool,
    /// What is recorded of each part that has left, and what it was held to, in the order of SSBTEK v10.
    left: Vec<(AgencyRecord, Option<Arc<Decision>>)>,
}

impl Parts {
    /// Answers a question whole.
    pub(crate) async fn ask(
        &self,
        asker: Asker,
        question: Question,
        trace: Option<Trace>,
    ) -> Result<Answer, Unanswered> {
        let admitted = self.admit(asker, question, trace)?;
        let mut kept = Kept::default();
        let Summary { question, correlation_id, role, edition, open_case, .. } =
            self.live(&admitted, &mut kept).await?;
        let Kept(mut parts) = kept;
        parts.sort_by_key(|part| place(part.agency));
        Ok(Answer { question, correlation_id, role, edition, open_case, parts })
    }

    /// Answers a question in pieces, of which none leaves before it is on the disk that the question has begun.
    pub(crate) async fn ask_progressively(
        &self,
        asker: Asker,
        question: Question,
        trace: Option<Trace>,
        mut sent: Sent,
        begun: oneshot::Sender<Result<(), Unanswered>>,
    ) -> QuestionEnding {
        let admitted = match self.begin(asker, question, trace).await {
            Err(unanswered) => {
                let ending = QuestionEnding::of(Some(&unanswered));
                drop(sent);
                drop(begun.send(Err(unanswered)));
                return ending;
            }
            Ok(admitted) => admitted,
        };
        // Whoever has gone away meanwhile listens to no piece either, which ends it as at any other time.
        drop(begun.send(Ok(())));
        let lived = self.live(&admitted, &mut sent).await;
        let ending = QuestionEnding::of(lived.as_ref().err());
        let last = match lived {
            Ok(summary) => Progressed::Ended(Box::new(summary)),
            Err(unanswered) => Progressed::Failed(unanswered),
        };
        sent.end(last);
        ending
    }

    async fn begin(&self, asker: Asker, question: Question, trace: Option<Trace>) -> Result<Arc<Admitted>, Unanswered> {
        let admitted = self.admit(asker, question, trace)?;
        self.audit.append_begun(admitted.begun(&self.subject_key)).await.map_err(not_recorded)?;
        Ok(admitted)
    }

    fn admit(&self, asker: Asker, question: Question, trace: Option<Trace>) -> Result<Arc<Admitted>, Unanswered> {
        // Nobody is asked what could not be accounted for.
        self.audit.ready().map_err(not_recorded)?;
        let (asked_at, began) = ((self.now)(), Instant::now());
        let edition = self.serving.pin()?;
        let without_policy = || Unanswered::RoleWithoutPolicy(asker.role.clone());
        let policy = edition.policy(&asker.role).ok_or_else(without_policy)?.clone();
        let identity = edition.identity(&asker.role).ok_or_else(without_policy)?;
        let context = context(&asker, &question).map_err(|InvalidName| Unanswered::BrokenOff)?;
        Ok(Arc::new(Admitted { asker, question, trace, edition, identity, policy, context, asked_at, began }))
    }

    /// Gathers, lets parts out as they may leave, and records. When it returns, the record is on the disk.
    async fn live<O: Outlet>(&self, admitted: &Arc<Admitted>, outlet: &mut O) -> Result<Summary, Unanswered> {
        let Came { is_protected, left } = self.gather(admitted, outlet).await;
        let broken_off = broken_off(&admitted.question, &left);
        let is_broken_off = broken_off.is_some();
        let states = left.iter().map(|(record, _)| (record.agency, record.state)).collect();
        let context = Context { protected_identity: is_protected, ..admitted.context.clone() };
        let decisions: Vec<_> = left
            .iter()
            .filter_map(|(record, decision)| Some((record.agency, Arc::clone(decision.as_ref()?))))
            .collect();
        let agencies = left.into_iter().map(|(record, _)| record).collect();
        let account = Account { context: context.clone(), agencies, broken_off };
        let record = admitted.record(&self.subject_key, (self.now)(), account);
        let recording = self.meters.recording.start();
        let recorded = self.audit.append(record).await;
        drop(recording);
        recorded.map_err(not_recorded)?;
        if is_broken_off {
            return Err(Unanswered::BrokenOff);
        }
        self.observer.answered(&admitted.edition, &context, &decisions);
        Ok(Summary {
            question: admitted.question.id,
            correlation_id: admitted.question.correlation_id.clone(),
            role: admitted.asker.role.clone(),
            edition: admitted.identity.clone(),
            open_case: admitted.asker.open_case,
            states,
        })
    }

    /// Asks every base service at once, until all are in or nobody listens any more: then no agency is waited for any longer.
    async fn gather<O: Outlet>(&self, admitted: &Arc<Admitted>, outlet: &mut O) -> Came {
        let (upstreams, settings) = (self.upstreams.clone(), self.settings.clone());
        let life = Life { admitted: Arc::clone(admitted), upstreams, settings };
        let Gathering { mut not_included, under_way: mut gathering } = life.gather_all();
        let mut releasing = Releasing::new(&admitted.edition, &admitted.question);
        let mut left = Vec::new();
        loop {
            let gathered = tokio::select! {
                biased;
                () = outlet.gone() => break,
                Some(known) = ready(not_included.pop()) => Some(Ok(known)),
                gathered = gathering.join_next() => gathered,
            };
            // A task that panicked gives nothing: the question is broken off, and it is on record who may have been asked.
            let Some(Ok(gathered)) = gathered else { break };
            let composing = self.meters.composing.start();
            let released = releasing.take(gathered);
            drop(composing);
            for Released { part, record, decision } in released {
                self.meters.part(&part);
                // What nobody took has not left.
                if outlet.take(part).is_ok() {
                    left.push((record, decision));
                }
            }
        }
        // Nobody waits any more for what is still under way: it is gone before the question has ended.
        gathering.shutdown().await;
        if left.len() < BASE_SERVICES.len() && !O::LETS_PARTS_OUT {
            left.clear();
        }
        left.sort_by_key(|(record, _)| place(record.agency));
        Came { is_protected: releasing.is_protected(), left }
    }
}

/// What is recorded of a question that nobody waited for to its end.
fn broken_off(question: &Question, left: &[(AgencyRecord, Option<Arc<Decision>>)]) -> Option<BrokenOff> {
    let missing = |agency: &AgencyId| !left.iter().any(|(record, _)| record.agency == *agency);
    let undelivered = |agency: &AgencyId| missing(agency) && question.include.contains_key(agency);
    BASE_SERVICES
        .iter()
        .any(missing)
        .then(|| BrokenOff { undelivered: BASE_SERVICES.into_iter().filter(undelivered).collect() })
}

fn not_recorded(failed: NotRecorded) -> Unanswered {
    error!(error = %failed, "question was not recorded");
    Unanswered::NotRecorded(failed)
}

fn context(asker: &Asker, question: &Question) -> Result<Context, InvalidName> {
    Ok(Context {
        role: asker.role.clone(),
        purpose: PurposeCode::CASE_WORK.parse()?,
        relation: asker.relation,
        consents: Vec::new(),
        protected_identity: false,
        asked_on: question.asked_on,
    })
}

/// A base service's place in the order of SSBTEK v10.
fn place(agency: AgencyId) -> Option<usize> {
    BASE_SERVICES.iter().position(|one| *one == agency)
}
