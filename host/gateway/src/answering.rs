//! What the fronts need of the broker.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use ssbtx_broker::{Asker, Broker, Ping, Unanswered};
use ssbtx_core::{
    AcceptedScope, AgencyId, Answer, Bilingual, Catalogue, LegalBasis, Parameter, PolicyIdentity, Question,
};

/// Answers questions: the broker, or in a test something that stands in for it.
#[async_trait]
pub trait Answering: Send + Sync + 'static {
    /// Asks the agencies and composes what the role may see.
    ///
    /// # Errors
    ///
    /// [`Unanswered`], where there is no answer at all.
    async fn ask(&self, asker: Asker, question: Question, traceparent: Option<String>) -> Result<Answer, Unanswered>;

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
    async fn ask(&self, asker: Asker, question: Question, traceparent: Option<String>) -> Result<Answer, Unanswered> {
        Self::ask(self, asker, question, traceparent).await
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
