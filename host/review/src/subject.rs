//! What is reviewed: policies, and the catalogues that they decide about.

use std::future::Future;
use std::sync::Arc;

use ssbtx_core::{AdapterIdentity, Bilingual, Catalogue, Context, LegalBasis, PolicyIdentity, Verdict};
use ssbtx_runtime::{Adapter, DecideFailed, FieldFilter};

/// A policy, as far as a review is concerned: what it says of itself, and what it decides.
pub trait Decides {
    /// Its role, version and digest.
    fn identity(&self) -> &PolicyIdentity;

    /// Its title.
    fn title(&self) -> &Bilingual;

    /// The legal bases that its verdicts may name, by position.
    fn bases(&self) -> &[LegalBasis];

    /// Decides: one verdict per element, in the catalogue's order.
    ///
    /// # Errors
    ///
    /// [`DecideFailed`] when it refuses, was stopped or broke its contract.
    fn decide(
        &self,
        context: &Context,
        catalogue: &Catalogue,
    ) -> impl Future<Output = Result<Vec<Verdict>, DecideFailed>>;
}

impl Decides for FieldFilter {
    fn identity(&self) -> &PolicyIdentity {
        self.identity()
    }

    fn title(&self) -> &Bilingual {
        self.title()
    }

    fn bases(&self) -> &[LegalBasis] {
        self.bases()
    }

    async fn decide(&self, context: &Context, catalogue: &Catalogue) -> Result<Vec<Verdict>, DecideFailed> {
        self.decide(context, catalogue).await
    }
}

/// What a reviewed policy said of itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    /// Its role, version and digest.
    pub identity: PolicyIdentity,
    /// Its title.
    pub title: Bilingual,
    /// Its legal bases, by position.
    pub bases: Vec<LegalBasis>,
}

impl Side {
    /// Writes down what a policy says of itself.
    pub fn of(policy: &impl Decides) -> Self {
        let (identity, title) = (policy.identity().clone(), policy.title().clone());
        Self { identity, title, bases: policy.bases().to_vec() }
    }
}

/// A catalogue that is decided about, and the adapter that it comes from.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The adapter's version and digest.
    pub identity: AdapterIdentity,
    /// What its agency can disclose.
    pub catalogue: Arc<Catalogue>,
}

impl From<&Adapter> for Listed {
    fn from(adapter: &Adapter) -> Self {
        Self { identity: adapter.identity().clone(), catalogue: Arc::clone(adapter.catalogue()) }
    }
}
