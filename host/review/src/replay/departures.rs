//! What another policy would have let through, over many questions.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use ssbtx_core::{AgencyId, Bilingual, Catalogue, DatasetId, ElementId, Mask, Scope, Sha256Digest};
use ssbtx_runtime::Adapter;

use crate::elements::{Gathered, gather, holds_data};

/// Counts, of elements that hold data, in how many questions another policy would have opened or closed them. It keeps nothing of the questions.
#[derive(Debug, Default)]
pub struct Departures {
    questions: usize,
    catalogues: BTreeMap<Sha256Digest, (Arc<Catalogue>, Counts)>,
}

type Counts = BTreeMap<(Direction, ElementId), usize>;

/// Which way an element would have gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// It was withheld and would have been let through.
    Opened,
    /// It was let through and would have been withheld.
    Closed,
}

/// Elements of one dataset that would have gone the same way in the same number of questions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Departure {
    /// The base service.
    pub base_service: AgencyId,
    /// Whose data it is.
    pub discloser: AgencyId,
    /// The dataset.
    pub dataset: DatasetId,
    /// What a caseworker calls the dataset.
    pub label: Bilingual,
    /// Which way.
    pub direction: Direction,
    /// In how many questions.
    pub questions: usize,
    /// Which elements, named as a review names them.
    pub elements: Vec<Gathered>,
}

impl Direction {
    /// The stable name, as a review has it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Opened => "opened",
            Self::Closed => "closed",
        }
    }
}

impl Departures {
    /// In how many questions it was tried.
    pub fn questions(&self) -> usize {
        self.questions
    }

    /// Every departure, in the order of base services and datasets.
    pub fn list(&self) -> Vec<Departure> {
        let mut catalogues: Vec<&(Arc<Catalogue>, Counts)> = self.catalogues.values().collect();
        catalogues.sort_by_key(|(catalogue, _)| catalogue.agency());
        catalogues.into_iter().flat_map(|(catalogue, counts)| of_catalogue(catalogue, counts)).collect()
    }

    pub(super) fn count_question(&mut self) {
        self.questions += 1;
    }

    /// Notes where two masks of one catalogue differ. An agency of which a mask keeps no value is not asked, so that nothing of it is let through.
    pub(super) fn note(&mut self, adapter: &Adapter, before: &Mask, after: &Mask) {
        let catalogue = adapter.catalogue();
        let (_, counts) =
            self.catalogues.entry(catalogue.digest()).or_insert_with(|| (Arc::clone(catalogue), Counts::default()));
        let lets = |mask: &Mask, id| mask.discloses_anything() && mask.keeps(id);
        for (id, _) in catalogue.iter().filter(|(_, element)| holds_data(element)) {
            let direction = match (lets(before, id), lets(after, id)) {
                (false, true) => Direction::Opened,
                (true, false) => Direction::Closed,
                (true, true) | (false, false) => continue,
            };
            *counts.entry((direction, id)).or_default() += 1;
        }
    }
}

fn of_catalogue(catalogue: &Catalogue, counts: &Counts) -> Vec<Departure> {
    let mut departures = Vec::new();
    for dataset in catalogue.datasets() {
        let mut alike: BTreeMap<(Direction, usize), BTreeSet<ElementId>> = BTreeMap::new();
        for ((direction, id), questions) in counts {
            let is_of = catalogue
                .element(*id)
                .is_some_and(|element| matches!(&element.scope, Scope::Dataset(of) if *of == dataset.id));
            if is_of {
                alike.entry((*direction, *questions)).or_default().insert(*id);
            }
        }
        departures.extend(alike.into_iter().map(|((direction, questions), ids)| Departure {
            base_service: catalogue.agency(),
            discloser: dataset.discloser,
            dataset: dataset.id.clone(),
            label: dataset.label.clone(),
            direction,
            questions,
            elements: gather(catalogue, dataset, &ids),
        }));
    }
    departures
}
