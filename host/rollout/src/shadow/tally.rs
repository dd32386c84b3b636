//! Where comparisons are counted.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use ssbtx_broker::Edition;
use ssbtx_core::{AgencyId, DatasetId, Role};

use super::comparison::Difference;
use super::figures::{DatasetFigures, ShadowFigures};

/// One tally for each role that has a proposed policy beside its active one.
#[derive(Default)]
pub(super) struct Tallies(Mutex<Counted>);

#[derive(Default)]
struct Counted {
    /// The trust version of the newest edition that was seen.
    trust_version: Option<u64>,
    by_role: BTreeMap<Role, ShadowFigures>,
}

/// Why there is nothing to count of a question.
#[derive(Debug, Clone, Copy)]
pub(super) enum Uncounted {
    /// The proposed policy failed.
    Failed,
    /// It was not asked.
    Skipped,
}

/// What would change, by base service and dataset.
pub(super) type Differences = BTreeMap<AgencyId, BTreeMap<DatasetId, Difference>>;

impl Tallies {
    /// Goes on with the pairs that a newer edition shares with the one before, begins with its others, and forgets the rest. An older edition,
    /// which a question may still use, changes nothing: on one host, trust versions only go up.
    ///
    /// Every dataset of the edition is there from the beginning: a number that appears only when it is no longer zero hides its first step from
    /// whoever looks at how it grows.
    pub(super) fn follow(&self, edition: &Edition) {
        let mut counted = self.lock();
        if counted.trust_version >= Some(edition.trust_version()) {
            return;
        }
        let mut earlier = std::mem::take(&mut counted.by_role);
        counted.trust_version = Some(edition.trust_version());
        for shadow in edition.shadows() {
            let Some(policy) = edition.policy(shadow.role()) else { continue };
            let fresh = ShadowFigures::new(policy.identity().sha256, shadow.identity(), datasets(edition));
            let figures = match earlier.remove(shadow.role()) {
                Some(earlier) if is_same_pair(&earlier, &fresh) => goes_on(fresh, &earlier),
                Some(_) | None => fresh,
            };
            counted.by_role.insert(shadow.role().clone(), figures);
        }
    }

    /// The numbers, in the order of roles.
    pub(super) fn figures(&self) -> Vec<ShadowFigures> {
        self.lock().by_role.values().cloned().collect()
    }

    /// Counts a question that was compared under an edition.
    pub(super) fn count(&self, role: &Role, edition: &Edition, differences: &Differences) {
        self.change(role, edition, |figures| {
            figures.compared += 1;
            for dataset in &mut figures.datasets {
                let difference = differences.get(&dataset.agency).and_then(|agency| agency.get(&dataset.dataset));
                let Difference { opened, closed } = difference.copied().unwrap_or_default();
                dataset.opened += opened;
                dataset.closed += closed;
            }
        });
    }

    /// Counts a question that was not.
    pub(super) fn count_without(&self, role: &Role, edition: &Edition, why: Uncounted) {
        self.change(role, edition, |figures| match why {
            Uncounted::Failed => figures.failures += 1,
            Uncounted::Skipped => figures.skipped += 1,
        });
    }

    /// Counts a question whose edition is gone, hence for whatever pair the role has now.
    pub(super) fn count_gone(&self, role: &Role) {
        if let Some(figures) = self.lock().by_role.get_mut(role) {
            figures.skipped += 1;
        }
    }

    /// A question of an edition with another pair is counted nowhere: its pair is no longer there.
    fn change(&self, role: &Role, edition: &Edition, change: impl FnOnce(&mut ShadowFigures)) {
        let (Some(policy), Some(shadow)) = (edition.policy(role), edition.shadow(role)) else { return };
        let (policy, shadow) = (policy.identity().sha256, shadow.identity().sha256);
        match self.lock().by_role.get_mut(role) {
            Some(figures) if figures.policy == policy && figures.shadow == shadow => change(figures),
            Some(_) | None => {}
        }
    }

    fn lock(&self) -> MutexGuard<'_, Counted> {
        // Numbers that a panic left half added are still numbers.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_same_pair(one: &ShadowFigures, other: &ShadowFigures) -> bool {
    one.policy == other.policy && one.shadow == other.shadow
}

/// The edition's datasets with what was counted of them before.
fn goes_on(fresh: ShadowFigures, earlier: &ShadowFigures) -> ShadowFigures {
    let counted = |dataset: DatasetFigures| {
        let same = |one: &&DatasetFigures| one.agency == dataset.agency && one.dataset == dataset.dataset;
        earlier.datasets.iter().find(same).cloned().unwrap_or(dataset)
    };
    ShadowFigures {
        compared: earlier.compared,
        failures: earlier.failures,
        skipped: earlier.skipped,
        datasets: fresh.datasets.into_iter().map(counted).collect(),
        ..fresh
    }
}

fn datasets(edition: &Edition) -> Vec<DatasetFigures> {
    let of_catalogue =
        |agency: AgencyId, id: &DatasetId| DatasetFigures { agency, dataset: id.clone(), opened: 0, closed: 0 };
    edition
        .catalogues()
        .flat_map(|catalogue| {
            catalogue.datasets().iter().map(move |dataset| of_catalogue(catalogue.agency(), &dataset.id))
        })
        .collect()
}
