//! The thread that asks proposed policies.

use std::collections::HashMap;
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Weak};

use ssbtx_broker::Edition;
use ssbtx_core::{AgencyId, Catalogue, Context, Decision, Mask};
use ssbtx_runtime::ShadowFilter;
use tracing::warn;

use super::Observed;
use super::comparison::compare;
use super::tally::{Differences, Tallies, Uncounted};
use crate::verdicts;

/// Compares whatever comes until nothing more can come.
pub(super) async fn compare_all(observed: &Receiver<Observed>, tallies: &Tallies) {
    let mut masks = Masks::default();
    while let Ok(Observed { edition, context, decisions }) = observed.recv() {
        let Some(edition) = edition.upgrade() else {
            tallies.count_gone(&context.role);
            continue;
        };
        masks.turn_to(&edition);
        match masks.differences(&edition, &context, &decisions).await {
            Some(differences) => tallies.count(&context.role, &edition, &differences),
            None => tallies.count_without(&context.role, &edition, Uncounted::Failed),
        }
    }
}

/// What proposed policies would let through, as far as it was asked, under one edition.
///
/// A failure is remembered like a mask. A policy is a function of what it is told, so asking again would fail again, and a policy that loops would
/// take the whole time of a call for every question of the day.
#[derive(Default)]
struct Masks {
    edition: Weak<Edition>,
    known: HashMap<Key, Option<Mask>>,
}

/// What a mask follows from; the catalogue, the tightening and the pending bases are the edition's.
type Key = (AgencyId, Context);

impl Masks {
    /// Forgets what was found under another edition.
    fn turn_to(&mut self, edition: &Arc<Edition>) {
        if self.edition.as_ptr() != Arc::as_ptr(edition) {
            *self = Self { edition: Arc::downgrade(edition), known: HashMap::new() };
        }
    }

    /// What would have been opened and closed; nothing where the proposed policy failed on any part, since half a comparison misleads.
    async fn differences(
        &mut self,
        edition: &Edition,
        context: &Context,
        decisions: &[(AgencyId, Arc<Decision>)],
    ) -> Option<Differences> {
        let shadow = edition.shadow(&context.role)?;
        let mut differences = Differences::new();
        for (agency, active) in decisions {
            let proposed = self.mask(edition, shadow, *agency, active.mask().catalogue(), context).await?;
            differences.insert(*agency, compare(active.mask(), proposed));
        }
        Some(differences)
    }

    async fn mask(
        &mut self,
        edition: &Edition,
        shadow: &ShadowFilter,
        agency: AgencyId,
        catalogue: &Arc<Catalogue>,
        context: &Context,
    ) -> Option<&Mask> {
        let key = (agency, context.clone());
        if self.known.len() >= CAPACITY && !self.known.contains_key(&key) {
            self.known.clear();
        }
        if !self.known.contains_key(&key) {
            let mask = mask(edition, shadow, agency, catalogue, context).await;
            self.known.insert(key.clone(), mask);
        }
        self.known.get(&key)?.as_ref()
    }
}

/// What a proposed policy would let through of one base service's documents.
///
/// It is judged as the active policy is, by the legal bases, the accepted pending ones and the tighten-only list, but without the agencies' grants: those are
/// given when a policy is to be decided on, and what they would have to allow is what the numbers are for.
async fn mask(
    edition: &Edition,
    shadow: &ShadowFilter,
    agency: AgencyId,
    catalogue: &Arc<Catalogue>,
    context: &Context,
) -> Option<Mask> {
    let adapter = edition.adapter(agency)?.identity().sha256;
    let given = shadow.would_decide(context, catalogue).await;
    let verdicts = verdicts::complete(given, catalogue)
        .inspect_err(|failed| warn!(role = %shadow.role(), %agency, error = %failed, "proposed policy failed"))
        .ok()?;
    let restrictions = edition.restrictions(&context.role).without_veto();
    let decision = Decision::within(
        catalogue,
        &verdicts,
        shadow.bases(),
        edition.accepted_pending(),
        context,
        adapter,
        &restrictions,
    );
    Some(decision.ok()?.mask().clone())
}

/// Seven agencies, three relations, protected or not, on a day: 42 for each role, with room for consents.
const CAPACITY: usize = 1024;
