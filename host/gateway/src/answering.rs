//! What the fronts need of the broker.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use futures::StreamExt as _;
use futures::stream::BoxStream;
use ssbtx_audit::{CaseChange, NotRecorded, RefusedWhy};
use ssbtx_broker::{Asker, Broker, Ping, Progressed, Unanswered};
use ssbtx_core::{
    AcceptedScope, AgencyId, Answer, Bilingual, CaseId, Catalogue, LegalBasis, OrganisationNumber, Parameter,
    PolicyIdentity, Question,
};
use ssbtx_observation::Trace;

/// Answers questions: the broker, or in a test something that stands in for it.
#[async_trait]
pub trait Answering: Send + Sync + 'static {
    /// Asks the agencies and composes what the role may see.
    ///
    /// # Errors
    ///
    /// [`Unanswered`], where there is no answer at all.
    async fn ask(&self, asker: Asker, question: Question, trace: Option<Trace>) -> Result<Answer, Unanswered>;

    /// Asks the agencies, and gives what the role may see piece by piece, as it may leave. Dropping what it gives ends the question; its place is
    /// dropped when it has ended.
    ///
    /// # Errors
    ///
    /// [`Unanswered`], where nobody was asked. Later on, that is the last piece.
    async fn ask_progressively(
        &self,
        asker: Asker,
        question: Question,
        trace: Option<Trace>,
        place: Box<dyn Send + Sync>,
    ) -> Result<BoxStream<'static, Progressed>, Unanswered>;

    /// Records a question that a gate before the broker refuses, before the asker is told.
    ///
    /// # Errors
    ///
    /// [`NotRecorded`]: then that is what the asker is told.
    async fn refuse(&self, asker: Asker, question: &Question, why: RefusedWhy) -> Result<(), NotRecorded>;

    /// Records that a consumer registered or closed a case, before it is told that it was taken.
    ///
    /// # Errors
    ///
    /// [`NotRecorded`]: then that is what it is told.
    async fn record_case(
        &self,
        asker: Asker,
        requester: OrganisationNumber,
        case: CaseId,
        change: CaseChange,
    ) -> Result<(), NotRecorded>;

    /// Calls every base service's own test function, with the caller's parameters where it takes any.
    ///
    /// # Errors
    ///
    /// [`Unanswered::Closed`], where none may be called.
    async fn ping(&self, parameters: &BTreeMap<AgencyId, Vec<Parameter>>) -> Result<Vec<Ping>, Unanswered>;

    /// What each loaded adapter's agency can disclose.
    fn catalogues(&self) -> Vec<Arc<Catalogue>>;

    /// Every loaded policy.
    fn policies(&self) -> Vec<Policy>;
}

/// A policy, as it is shown to those who ask.
#[derive(Debug, Clone)]
pub struct Policy {
    /// Its role, version and digest.
    pub identity: PolicyIdentity,
    /// Its title.
    pub title: Bilingual,
    /// The legal bases that its verdicts rest on, in its own order.
    pub bases: Vec<PolicyBasis>,
}

/// A legal basis of a policy, and the operator's word on it.
#[derive(Debug, Clone)]
pub struct PolicyBasis {
    /// The basis.
    pub basis: LegalBasis,
    /// How far the operator accepts it, where it is pending.
    pub acceptance: Acceptance,
}

/// The operator's word on a legal basis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acceptance {
    /// Not accepted: what rests on a pending basis is withheld. A basis in force needs no acceptance.
    None,
    /// Accepted for some datasets.
    SomeDatasets,
    /// Accepted for whatever rests on it.
    EveryDataset,
}

#[async_trait]
impl Answering for Broker {
    async fn ask(&self, asker: Asker, question: Question, trace: Option<Trace>) -> Result<Answer, Unanswered> {
        Self::ask(self, asker, question, trace).await
    }

    async fn ask_progressively(
        &self,
        asker: Asker,
        question: Question,
        trace: Option<Trace>,
        place: Box<dyn Send + Sync>,
    ) -> Result<BoxStream<'static, Progressed>, Unanswered> {
        Ok(Self::ask_progressively(self, asker, question, trace, place).await?.boxed())
    }

    async fn refuse(&self, asker: Asker, question: &Question, why: RefusedWhy) -> Result<(), NotRecorded> {
        Self::refuse(self, asker, question, why).await
    }

    async fn record_case(
        &self,
        asker: Asker,
        requester: OrganisationNumber,
        case: CaseId,
        change: CaseChange,
    ) -> Result<(), NotRecorded> {
        Self::record_case(self, asker, requester, case, change).await
    }

    async fn ping(&self, parameters: &BTreeMap<AgencyId, Vec<Parameter>>) -> Result<Vec<Ping>, Unanswered> {
        Ok(Self::ping(self, parameters).await?)
    }

    fn catalogues(&self) -> Vec<Arc<Catalogue>> {
        self.edition().catalogues().map(Arc::clone).collect()
    }

    fn policies(&self) -> Vec<Policy> {
        let edition = self.edition();
        edition
            .policies()
            .map(|policy| Policy {
                identity: policy.identity().clone(),
                title: policy.title().clone(),
                bases: policy
                    .bases()
                    .iter()
                    .map(|basis| PolicyBasis {
                        basis: basis.clone(),
                        acceptance: edition
                            .accepted_pending()
                            .iter()
                            .find(|(accepted, _)| **accepted == basis.id)
                            .map_or(Acceptance::None, |(_, scope)| match scope {
                                AcceptedScope::EveryDataset => Acceptance::EveryDataset,
                                AcceptedScope::Datasets(_) => Acceptance::SomeDatasets,
                            }),
                    })
                    .collect(),
            })
            .collect()
    }
}
