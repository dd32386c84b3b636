//! Rows 3 and 4: what a role may see of every agency, decided anew and remembered.

use std::hint::black_box;

use anyhow::{Context as _, Result};
use ssbtx_broker::Decisions;
use ssbtx_core::{AgencyId, Context, Decision, Verdict};
use ssbtx_runtime::{Adapter, FieldFilter};

use crate::pace::Subject;
use crate::product::Product;

/// Decides for all catalogues, as the broker does what it has not decided before: the policy's verdicts, then law, grants and closure over the tree.
pub struct Decide<'p> {
    product: &'p Product,
    policy: &'p FieldFilter,
    context: Context,
}

impl<'p> Decide<'p> {
    /// Decides in the name of ekonomiskt bistånd.
    pub fn new(product: &'p Product) -> Result<Self> {
        let policy = product.edition().policy(&Product::role()?).context("no policy")?;
        Ok(Self { product, policy, context: product.asked()? })
    }

    /// The policy's verdicts on every catalogue.
    pub async fn verdicts(&self) -> Result<Vec<(&'p Adapter, Vec<Verdict>)>> {
        let mut all = Vec::new();
        for adapter in self.product.edition().adapters() {
            all.push((adapter, self.policy.decide(&self.context, adapter.catalogue()).await?));
        }
        Ok(all)
    }

    async fn decide(&self, adapter: &Adapter) -> Result<Decision> {
        let (edition, catalogue) = (self.product.edition(), adapter.catalogue());
        let verdicts = self.policy.decide(&self.context, catalogue).await?;
        let restrictions = edition.restrictions(&self.context.role);
        let (bases, accepted) = (self.policy.bases(), edition.accepted_pending());
        let sha256 = adapter.identity().sha256;
        Ok(Decision::within(catalogue, &verdicts, bases, accepted, &self.context, sha256, restrictions)?)
    }
}

impl Subject for Decide<'_> {
    type Input = ();

    fn prepare(&self) {}

    async fn pass(&self, (): ()) -> Result<()> {
        for adapter in self.product.edition().adapters() {
            black_box(self.decide(adapter).await?);
        }
        Ok(())
    }
}

/// Decides for one catalogue what has been decided before.
pub struct DecideCached<'p> {
    deciding: Decide<'p>,
    adapter: &'p Adapter,
    decisions: Decisions,
}

impl<'p> DecideCached<'p> {
    /// Decides about Arbetsförmedlingen.
    pub fn new(product: &'p Product) -> Result<Self> {
        Ok(Self {
            deciding: Decide::new(product)?,
            adapter: product.adapter(AgencyId::AF)?,
            decisions: Decisions::default(),
        })
    }
}

impl Subject for DecideCached<'_> {
    type Input = ();

    fn prepare(&self) {}

    async fn pass(&self, (): ()) -> Result<()> {
        let Decide { product, policy, context } = &self.deciding;
        let (edition, accepted) = (product.edition(), product.edition().accepted_pending());
        let restrictions = edition.restrictions(&context.role);
        black_box(self.decisions.decide(policy, self.adapter, context, accepted, restrictions).await?);
        Ok(())
    }
}
