//! What is recorded although no agency is asked: refused questions, and what consumers say of their cases.

use ssbtx_audit::{CaseChange, CaseChanged, ConsumerName, NotRecorded, Refused, RefusedWhy};
use ssbtx_core::{CaseId, OrganisationNumber, Question};
use tracing::error;

use crate::answering::Broker;
use crate::asker::Asker;

impl Broker {
    /// Records that a question was read and refused, so that nobody is asked. When it returns, the record is on the disk.
    ///
    /// # Errors
    ///
    /// [`NotRecorded`]: then the asker is told that, and not why the question was refused.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future does not keep the refusal out of the log.
    pub async fn refuse(&self, asker: Asker, question: &Question, why: RefusedWhy) -> Result<(), NotRecorded> {
        let refused = Refused {
            question: question.id,
            at: self.now(),
            front: asker.front,
            consumer: ConsumerName::new(&asker.consumer),
            role: asker.role,
            requester: question.requester.organisation.number.clone(),
            caseworker: question.requester.caseworker.clone(),
            case: question.case.clone(),
            household: asker.household,
            purpose: question.purpose.clone(),
            subject: self.subject_key().subject(&question.person),
            why,
        };
        let broker = self.clone();
        self.record(async move { broker.audit().append_refused(refused).await }).await
    }

    /// Records that a consumer registered or closed a case. When it returns, the record is on the disk.
    ///
    /// # Errors
    ///
    /// [`NotRecorded`]: then the consumer is not told that it was taken.
    ///
    /// # Cancel safety
    ///
    /// As [`refuse`](Self::refuse).
    pub async fn record_case(
        &self,
        asker: Asker,
        requester: OrganisationNumber,
        case: CaseId,
        change: CaseChange,
    ) -> Result<(), NotRecorded> {
        let consumer = ConsumerName::new(&asker.consumer);
        let changed = CaseChanged { at: self.now(), consumer, role: asker.role, requester, case, change };
        let broker = self.clone();
        self.record(async move { broker.audit().append_case(changed).await }).await
    }

    /// Writes on when nobody waits any more, and is waited for when the host ends.
    async fn record(
        &self,
        recording: impl Future<Output = Result<(), NotRecorded>> + Send + 'static,
    ) -> Result<(), NotRecorded> {
        let under_way = self.begin();
        let recording = async move {
            let recorded = recording.await;
            drop(under_way);
            recorded
        };
        let recorded = tokio::spawn(recording).await.unwrap_or(Err(NotRecorded::Closed));
        recorded.inspect_err(|failed| error!(error = %failed, "refusal or case was not recorded"))
    }
}
