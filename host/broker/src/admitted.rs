//! A question that is to be answered: everything that it uses from beginning to end.

use std::sync::Arc;

use jiff::Timestamp;
use ssbtx_audit::{AgencyRecord, Begun, BrokenOff, ConsumerName, Record, SubjectKey};
use ssbtx_core::{Context, EditionIdentity, Question};
use ssbtx_observation::Trace;
use ssbtx_runtime::FieldFilter;
use tokio::time::Instant;

use crate::asker::Asker;
use crate::edition::Edition;

/// A question that is to be answered, with its edition.
pub(crate) struct Admitted {
    pub(crate) asker: Asker,
    pub(crate) question: Question,
    pub(crate) trace: Option<Trace>,
    pub(crate) edition: Arc<Edition>,
    pub(crate) identity: EditionIdentity,
    pub(crate) policy: FieldFilter,
    /// What the policy is told of a person of whom nothing more is known.
    pub(crate) context: Context,
    pub(crate) asked_at: Timestamp,
    /// From when its deadlines count.
    pub(crate) began: Instant,
}

/// What came of a question, as far as it is recorded.
pub(crate) struct Account {
    /// What the policy was told, in the end.
    pub(crate) context: Context,
    /// What is recorded of each part that left, or is about to.
    pub(crate) agencies: Vec<AgencyRecord>,
    /// Where nobody waited for all of them: which parts did not leave.
    pub(crate) broken_off: Option<BrokenOff>,
}

impl Admitted {
    /// What is recorded before any part of an answer that comes in pieces leaves.
    pub(crate) fn begun(&self, key: &SubjectKey) -> Begun {
        let Self { asker, question, .. } = self;
        Begun {
            question: question.id,
            asked_at: self.asked_at,
            front: asker.front,
            consumer: ConsumerName::new(&asker.consumer),
            requester: question.requester.organisation.number.clone(),
            caseworker: question.requester.caseworker.clone(),
            case: question.case.clone(),
            open_case: asker.open_case,
            household: asker.household,
            purpose: question.purpose.clone(),
            subject: key.subject(&question.person),
            context: self.context.clone(),
            edition: self.identity.clone(),
            included: question.include.keys().copied().collect(),
        }
    }

    /// What is recorded when all of it, or all that there will be, is known.
    pub(crate) fn record(&self, key: &SubjectKey, answered_at: Timestamp, account: Account) -> Record {
        let Self { asker, question, .. } = self;
        Record {
            question: question.id,
            asked_at: self.asked_at,
            answered_at,
            front: asker.front,
            consumer: ConsumerName::new(&asker.consumer),
            requester: question.requester.organisation.number.clone(),
            caseworker: question.requester.caseworker.clone(),
            case: question.case.clone(),
            open_case: asker.open_case,
            household: asker.household,
            purpose: question.purpose.clone(),
            subject: key.subject(&question.person),
            context: account.context,
            edition: self.identity.clone(),
            accepted_pending: self.edition.accepted_pending().clone(),
            agencies: account.agencies,
            broken_off: account.broken_off,
        }
    }
}
