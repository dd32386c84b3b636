//! What opens or closes on the day that a legal basis begins or ends.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;
use ssbtx_broker::Edition;
use ssbtx_core::{AgencyId, Catalogue, Context, DatasetId, Decision, ElementId, PurposeCode, Relation, Scope, Verdict};
use ssbtx_runtime::{Adapter, FieldFilter};

use super::{Announcement, Event};
use crate::text::as_text;

/// How much of one dataset a beginning or an ending affects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AffectedDataset {
    /// The base service.
    #[serde(serialize_with = "as_text")]
    pub agency: AgencyId,
    /// The dataset.
    #[serde(serialize_with = "as_text")]
    pub dataset: DatasetId,
    /// How many of its elements that hold a value open or close.
    pub elements: usize,
}

/// Asks the policy on the day with the basis in force and on the day beside it, and counts what rests on the basis in the first and is closed in
/// the second. Nothing where the policy fails.
pub(super) async fn affected(edition: &Edition, announcement: &Announcement) -> Option<Vec<AffectedDataset>> {
    let policy = edition.policy(&announcement.role)?;
    let basis = policy.bases().iter().position(|basis| basis.id == announcement.basis)?;
    let basis = Verdict::Disclose(u16::try_from(basis).ok()?);
    let beside = match announcement.event {
        Event::Begins => announcement.date.yesterday().ok()?,
        Event::Ends => announcement.date.tomorrow().ok()?,
    };
    let mut list = Vec::new();
    for adapter in edition.adapters() {
        let (verdicts, with) = decide(edition, policy, adapter, announcement.date).await?;
        let (_, without) = decide(edition, policy, adapter, beside).await?;
        let rests_on_it = |id: ElementId| {
            verdicts.get(id.index()) == Some(&basis) && with.mask().keeps(id) && !without.mask().keeps(id)
        };
        list.extend(count(adapter.catalogue(), rests_on_it));
    }
    Some(list)
}

/// The policy's word, and what the host makes of it, in the commonest context.
async fn decide(
    edition: &Edition,
    policy: &FieldFilter,
    adapter: &Adapter,
    day: Date,
) -> Option<(Vec<Verdict>, Decision)> {
    let context = Context {
        role: policy.role().clone(),
        purpose: PurposeCode::CASE_WORK.parse().ok()?,
        relation: Relation::Subject,
        consents: Vec::new(),
        protected_identity: false,
        asked_on: day,
    };
    let catalogue = adapter.catalogue();
    let verdicts = crate::verdicts::complete(policy.decide(&context, catalogue).await, catalogue).ok()?;
    let decision = Decision::within(
        catalogue,
        &verdicts,
        policy.bases(),
        edition.accepted_pending(),
        &context,
        adapter.identity().sha256,
        edition.restrictions(policy.role()),
    );
    Some((verdicts, decision.ok()?))
}

fn count(catalogue: &Arc<Catalogue>, is_affected: impl Fn(ElementId) -> bool) -> Vec<AffectedDataset> {
    let mut counts: BTreeMap<&DatasetId, usize> = BTreeMap::new();
    for (id, element) in catalogue.iter() {
        if let Scope::Dataset(dataset) = &element.scope
            && element.kind.holds_value()
            && is_affected(id)
        {
            *counts.entry(dataset).or_default() += 1;
        }
    }
    let agency = catalogue.agency();
    let affected =
        |(dataset, elements): (&DatasetId, usize)| AffectedDataset { agency, dataset: dataset.clone(), elements };
    counts.into_iter().map(affected).collect()
}
