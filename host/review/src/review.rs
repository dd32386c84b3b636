//! Two policies, compared cell by cell.

use std::collections::BTreeSet;

use jiff::civil::Date;
use ssbtx_core::{AgencyId, BasisId, Bilingual, Catalogue, Dataset, DatasetId, Element, ElementId, LegalBasis};

use crate::block::Block;
use crate::change::{Change, ChangeKind};
use crate::elements::{Gathered, gather, holds_data, one_by_one};
use crate::finding::{self, Finding};
use crate::observed::Observed;
use crate::refused::Refused;
use crate::space::{Point, Space};
use crate::subject::{Decides, Listed, Side};

/// Everything in which a policy differs from the one before it.
#[derive(Debug, Clone)]
pub struct Review {
    /// The policy in force; absent when the role has none yet.
    pub old: Option<Side>,
    /// The policy that is proposed.
    pub new: Side,
    /// The catalogues that both were asked about.
    pub listed: Vec<Listed>,
    /// The contexts that both were asked in.
    pub space: Space,
    /// The day of the review.
    pub today: Date,
    /// Legal bases that came, went or say something else.
    pub bases: Vec<BasisChange>,
    /// What differs, for each discloser of which anything does, in the catalogues' order.
    pub disclosers: Vec<DiscloserReview>,
    /// What differs in containers and technical elements, which hold no data: they follow what they hold.
    pub frames: Vec<(AgencyId, Row)>,
    /// How many cells were compared: elements times contexts.
    pub compared: usize,
    /// How many of them differ.
    pub changed: usize,
    /// What a reader should know of the new policy besides.
    pub findings: Vec<Finding>,
}

/// A legal basis before and after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BasisChange {
    /// The new policy declares it and the old one did not.
    Added(LegalBasis),
    /// The old policy declared it and the new one does not.
    Removed(LegalBasis),
    /// Both declare its name and say different things of it.
    Altered {
        /// As the old policy says.
        before: LegalBasis,
        /// As the new one says.
        after: LegalBasis,
    },
}

/// What differs in the data of one agency.
#[derive(Debug, Clone)]
pub struct DiscloserReview {
    /// Whose data it is.
    pub discloser: AgencyId,
    /// The base service that answers for it.
    pub base_service: AgencyId,
    /// The datasets in which anything differs.
    pub datasets: Vec<DatasetReview>,
}

/// What differs in one dataset.
#[derive(Debug, Clone)]
pub struct DatasetReview {
    /// The dataset.
    pub id: DatasetId,
    /// What a caseworker calls it.
    pub label: Bilingual,
    /// How many elements with data it has.
    pub elements: usize,
    /// What differs, most important first.
    pub rows: Vec<Row>,
}

/// Elements that differ in the same way in the same contexts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// How they differ.
    pub change: Change,
    /// Which they are.
    pub elements: Vec<Gathered>,
    /// In which contexts.
    pub contexts: Vec<Block>,
    /// How many cells it says: elements times contexts.
    pub cells: usize,
}

impl Review {
    /// Compares a policy with the one before it, or with nothing.
    ///
    /// # Errors
    ///
    /// [`Refused`] when either does something that its description rules out.
    pub async fn of<P: Decides>(
        old: Option<&P>,
        new: &P,
        listed: Vec<Listed>,
        consents: &BTreeSet<BasisId>,
        today: Date,
    ) -> Result<Self, Refused> {
        let role = new.identity().name.clone();
        let bases_before = old.map(Decides::bases).unwrap_or_default();
        let space = Space::new(role, bases_before.iter().chain(new.bases()), consents, today)?;
        let before = match old {
            Some(old) => {
                require_one_role(old, new)?;
                Observed::of(old, &listed, &space).await?
            }
            None => Observed::nothing(&listed, &space),
        };
        let after = Observed::of(new, &listed, &space).await?;
        let mut findings = finding::findings(new, &listed, &space, &after, today).await;
        findings.extend(old.and_then(|old| same_version(old, new)));
        let pairs = Pairs { before: &before, after: &after, space: &space };
        let (mut disclosers, mut frames) = (Vec::new(), Vec::new());
        for (position, listed) in listed.iter().enumerate() {
            let catalogue = &listed.catalogue;
            disclosers.extend(pairs.disclosers(position, catalogue));
            frames.extend(pairs.frames(position, catalogue).into_iter().map(|row| (catalogue.agency(), row)));
        }
        let rows = disclosers.iter().flat_map(|discloser: &DiscloserReview| &discloser.datasets);
        let changed =
            rows.flat_map(|dataset| &dataset.rows).chain(frames.iter().map(|(_, row)| row)).map(|row| row.cells).sum();
        Ok(Self {
            old: old.map(Side::of),
            new: Side::of(new),
            bases: changed_bases(bases_before, new.bases()),
            compared: listed.iter().map(|listed| listed.catalogue.elements().len()).sum::<usize>() * space.len(),
            listed,
            space,
            today,
            disclosers,
            frames,
            changed,
            findings,
        })
    }

    /// How many elements were compared, in all catalogues.
    pub fn elements(&self) -> usize {
        self.listed.iter().map(|listed| listed.catalogue.elements().len()).sum()
    }
}

/// The cells of two policies, side by side.
struct Pairs<'o> {
    before: &'o Observed,
    after: &'o Observed,
    space: &'o Space,
}

impl Pairs<'_> {
    fn disclosers(&self, position: usize, catalogue: &Catalogue) -> Vec<DiscloserReview> {
        let mut disclosers: Vec<DiscloserReview> = Vec::new();
        for dataset in catalogue.datasets() {
            let Some(review) = self.dataset(position, catalogue, dataset) else { continue };
            match disclosers.iter_mut().find(|known| known.discloser == dataset.discloser) {
                Some(known) => known.datasets.push(review),
                None => disclosers.push(DiscloserReview {
                    discloser: dataset.discloser,
                    base_service: catalogue.agency(),
                    datasets: vec![review],
                }),
            }
        }
        disclosers
    }

    fn dataset(&self, position: usize, catalogue: &Catalogue, dataset: &Dataset) -> Option<DatasetReview> {
        let is_of = |element: &Element| {
            holds_data(element) && matches!(&element.scope, ssbtx_core::Scope::Dataset(id) if *id == dataset.id)
        };
        let ids: Vec<ElementId> = catalogue.iter().filter(|(_, element)| is_of(element)).map(|(id, _)| id).collect();
        let rows = self.rows(position, &ids, |chosen| gather(catalogue, dataset, chosen));
        let (id, label) = (dataset.id.clone(), dataset.label.clone());
        (!rows.is_empty()).then_some(DatasetReview { id, label, elements: ids.len(), rows })
    }

    fn frames(&self, position: usize, catalogue: &Catalogue) -> Vec<Row> {
        let ids: Vec<ElementId> =
            catalogue.iter().filter(|(_, element)| !holds_data(element)).map(|(id, _)| id).collect();
        self.rows(position, &ids, |chosen| one_by_one(catalogue, chosen))
    }

    /// Every cell of these elements that differs, folded.
    fn rows(
        &self,
        position: usize,
        ids: &[ElementId],
        name: impl Fn(&BTreeSet<ElementId>) -> Vec<Gathered>,
    ) -> Vec<Row> {
        let mut rows: Vec<(Change, BTreeSet<Point>, BTreeSet<ElementId>)> = Vec::new();
        for id in ids {
            for (change, points) in self.changes(position, *id) {
                match rows.iter_mut().find(|(known, at, _)| *known == change && *at == points) {
                    Some((_, _, elements)) => {
                        elements.insert(*id);
                    }
                    None => rows.push((change, points, BTreeSet::from([*id]))),
                }
            }
        }
        rows.sort_by_key(|(change, _, _)| ChangeKind::ALL.iter().position(|kind| *kind == change.kind));
        let row = |(change, points, elements): (_, BTreeSet<Point>, BTreeSet<ElementId>)| Row {
            change,
            cells: points.len() * elements.len(),
            elements: name(&elements),
            contexts: Block::fold(&points),
        };
        rows.into_iter().map(row).collect()
    }

    /// How one element differs, and in which contexts in which way.
    fn changes(&self, position: usize, id: ElementId) -> Vec<(Change, BTreeSet<Point>)> {
        let mut changes: Vec<(Change, BTreeSet<Point>)> = Vec::new();
        for (context, point) in self.space.points().enumerate() {
            let cells =
                (self.before.cell(position, context, id.index()), self.after.cell(position, context, id.index()));
            let (Some(before), Some(after)) = cells else { continue };
            let Some(change) = Change::between(before, after) else { continue };
            match changes.iter_mut().find(|(known, _)| *known == change) {
                Some((_, points)) => {
                    points.insert(point);
                }
                None => changes.push((change, BTreeSet::from([point]))),
            }
        }
        changes
    }
}

fn require_one_role(old: &impl Decides, new: &impl Decides) -> Result<(), Refused> {
    let (expected, found) = (old.identity().name.clone(), new.identity().name.clone());
    if found == expected { Ok(()) } else { Err(Refused::OtherRole { found, expected }) }
}

fn same_version(old: &impl Decides, new: &impl Decides) -> Option<Finding> {
    let (old, new) = (old.identity(), new.identity());
    (old.version == new.version && old.sha256 != new.sha256).then(|| Finding::SameVersion(new.version.clone()))
}

fn changed_bases(before: &[LegalBasis], after: &[LegalBasis]) -> Vec<BasisChange> {
    let of = |bases: &[LegalBasis], id: &BasisId| bases.iter().find(|basis| basis.id == *id).cloned();
    let mut changes = Vec::new();
    for basis in after {
        match of(before, &basis.id) {
            None => changes.push(BasisChange::Added(basis.clone())),
            Some(known) if known != *basis => {
                changes.push(BasisChange::Altered { before: known, after: basis.clone() });
            }
            Some(_) => {}
        }
    }
    let gone = before.iter().filter(|basis| of(after, &basis.id).is_none());
    changes.extend(gone.cloned().map(BasisChange::Removed));
    changes
}
