//! From a policy's verdicts to a mask, by way of the legal bases.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

use crate::accepted_pending::AcceptedPending;
use crate::agency::AgencyId;
use crate::catalogue::{Catalogue, Element, ElementId, Scope};
use crate::identifier::{BasisId, DatasetId};
use crate::legal_basis::{LegalBasis, Standing};
use crate::mask::Mask;
use crate::verdict::{Verdict, WithholdReason};

/// What one role may see of one agency's documents, in one context, on one day.
#[derive(Debug, Clone)]
pub struct Decision {
    mask: Mask,
    withheld: Vec<Withheld>,
    wanted: Vec<DatasetId>,
    legal_text: String,
}

/// An element that is left out, with everything below it that is left out for the same reason.
///
/// It follows from the catalogue and the context, not from a document: it does not tell whether the agency had a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// The element's path, as [`Catalogue::path`] writes it; empty for the whole document.
    pub element: String,
    /// Why.
    pub reason: Reason,
}

/// Why an element is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The policy withholds it.
    Policy(WithholdReason),
    /// Its legal basis is not established in law and the operator has not accepted it.
    BasisPending(BasisId),
    /// Its legal basis is not in force on the day of the question.
    BasisNotInForce(BasisId),
    /// The policy named a legal basis that it does not declare.
    BasisUnknown,
    /// The agency's schema does not let it stand without something that is withheld.
    DependsOnWithheld,
}

impl Reason {
    /// The stable name, as answers show it.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Policy(reason) => reason.label(),
            Self::BasisPending(_) => "basis-pending",
            Self::BasisNotInForce(_) => "basis-not-in-force",
            Self::BasisUnknown => "basis-unknown",
            Self::DependsOnWithheld => "depends-on-withheld",
        }
    }

    /// The legal basis that it is about.
    pub fn basis(&self) -> Option<&BasisId> {
        match self {
            Self::BasisPending(basis) | Self::BasisNotInForce(basis) => Some(basis),
            Self::Policy(_) | Self::BasisUnknown | Self::DependsOnWithheld => None,
        }
    }
}

/// A policy gave more or fewer verdicts than the catalogue has elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("policy gave {verdicts} verdicts on {elements} elements")]
pub struct VerdictCount {
    verdicts: usize,
    elements: usize,
}

impl Decision {
    /// Makes a decision of verdicts, one per element in order.
    ///
    /// # Errors
    ///
    /// [`VerdictCount`] when there is not exactly one verdict per element.
    pub fn new(
        catalogue: &Arc<Catalogue>,
        verdicts: &[Verdict],
        bases: &[LegalBasis],
        accepted: &AcceptedPending,
        on: Date,
    ) -> Result<Self, VerdictCount> {
        if verdicts.len() != catalogue.elements().len() {
            return Err(VerdictCount { verdicts: verdicts.len(), elements: catalogue.elements().len() });
        }
        let agency = catalogue.agency();
        let words: Vec<Result<Option<&LegalBasis>, Reason>> = catalogue
            .elements()
            .iter()
            .zip(verdicts)
            .map(|(element, verdict)| word(agency, element, *verdict, bases, accepted, on))
            .collect();
        let mask = Mask::closing(Arc::clone(catalogue), |id| words.get(id.index()).is_some_and(Result::is_ok));
        let withheld = withheld(&mask, &words);
        let wanted = wanted(&mask);
        let legal_text = legal_text(&mask, &words);
        Ok(Self { mask, withheld, wanted, legal_text })
    }

    /// What is let through.
    pub fn mask(&self) -> &Mask {
        &self.mask
    }

    /// What is left out, and why.
    pub fn withheld(&self) -> &[Withheld] {
        &self.withheld
    }

    /// The datasets of which anything is let through, in the catalogue's order.
    pub fn wanted(&self) -> &[DatasetId] {
        &self.wanted
    }

    /// What the agency is told as the law: every act, provision and item in force that opens something, once each, in the catalogue's order;
    /// then, by name, each accepted basis that is not established in law.
    pub fn legal_text(&self) -> &str {
        &self.legal_text
    }
}

/// The host's word on one element: open (on a basis, or technical), or the reason why not.
fn word<'b>(
    agency: AgencyId,
    element: &Element,
    verdict: Verdict,
    bases: &'b [LegalBasis],
    accepted: &AcceptedPending,
    on: Date,
) -> Result<Option<&'b LegalBasis>, Reason> {
    let Scope::Dataset(dataset) = &element.scope else {
        return Ok(None);
    };
    let basis = match verdict {
        Verdict::Withhold(reason) => return Err(Reason::Policy(reason)),
        Verdict::Disclose(position) => bases.get(usize::from(position)).ok_or(Reason::BasisUnknown)?,
    };
    match basis.standing {
        Standing::Pending if accepted.accepts(&basis.id, agency, dataset) => Ok(Some(basis)),
        Standing::Pending => Err(Reason::BasisPending(basis.id.clone())),
        Standing::InForce { from, until } if from <= on && until.is_none_or(|until| on <= until) => Ok(Some(basis)),
        Standing::InForce { .. } => Err(Reason::BasisNotInForce(basis.id.clone())),
    }
}

/// What is left out, in the catalogue's order. A container stands for its content where all of that is left out for one reason; technical
/// elements are not told of, since they say nothing of a person.
fn withheld(mask: &Mask, words: &[Result<Option<&LegalBasis>, Reason>]) -> Vec<Withheld> {
    let catalogue = mask.catalogue();
    let mut below: BTreeMap<ElementId, Below> = BTreeMap::new();
    let mut shared: BTreeMap<ElementId, Reason> = BTreeMap::new();
    for (id, element) in catalogue.iter().rev() {
        let reason = match (mask.keeps(id), below.remove(&id)) {
            (true, _) | (false, Some(Below::Several)) => None,
            (false, Some(Below::One(reason))) => Some(reason),
            (false, None) if element.scope == Scope::Technical => continue,
            (false, None) => match words.get(id.index()) {
                Some(Err(reason)) => Some(reason.clone()),
                Some(Ok(_)) | None => Some(Reason::DependsOnWithheld),
            },
        };
        if let Some(parent) = element.parent {
            let with_this = match (below.remove(&parent), &reason) {
                (None, Some(reason)) => Below::One(reason.clone()),
                (Some(Below::One(earlier)), Some(reason)) if earlier == *reason => Below::One(earlier),
                (_, _) => Below::Several,
            };
            below.insert(parent, with_this);
        }
        if let Some(reason) = reason {
            shared.insert(id, reason);
        }
    }
    let mut covered = BTreeSet::new();
    let mut list = Vec::new();
    for (id, element) in catalogue.iter() {
        if element.parent.is_some_and(|parent| covered.contains(&parent)) {
            covered.insert(id);
        } else if let Some(reason) = shared.remove(&id) {
            covered.insert(id);
            let withheld = Withheld { element: catalogue.path(id), reason };
            // An object and a list of one name have one path, and it is told once.
            if catalogue.namesake(id).is_none() || !list.contains(&withheld) {
                list.push(withheld);
            }
        }
    }
    list
}

/// Why what lies below an element is left out.
enum Below {
    /// All of it for this reason.
    One(Reason),
    /// For several reasons, or some of it is let through.
    Several,
}

fn wanted(mask: &Mask) -> Vec<DatasetId> {
    let catalogue = mask.catalogue();
    let open: BTreeSet<&DatasetId> = catalogue
        .iter()
        .filter(|(id, element)| mask.keeps(*id) && element.kind.holds_value())
        .filter_map(|(_, element)| match &element.scope {
            Scope::Dataset(dataset) => Some(dataset),
            Scope::Technical => None,
        })
        .collect();
    catalogue.datasets().iter().map(|dataset| &dataset.id).filter(|id| open.contains(id)).cloned().collect()
}

fn legal_text(mask: &Mask, words: &[Result<Option<&LegalBasis>, Reason>]) -> String {
    let mut references: Vec<String> = Vec::new();
    let mut unestablished: Vec<String> = Vec::new();
    for (id, _) in mask.catalogue().iter().filter(|(id, _)| mask.keeps(*id)) {
        let Some(Ok(Some(basis))) = words.get(id.index()) else { continue };
        match basis.standing {
            Standing::Pending => add(&mut unestablished, format!("utan fastställd grund: {}", basis.id)),
            Standing::InForce { .. } => {
                add(&mut references, basis.reference());
                if let Some(item) = &basis.item {
                    add(&mut references, item.clone());
                }
            }
        }
    }
    references.append(&mut unestablished);
    references.join("; ")
}

/// Adds a text that is not there yet.
fn add(texts: &mut Vec<String>, text: String) {
    if !texts.contains(&text) {
        texts.push(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accepted_pending::AcceptedScope;
    use crate::catalogue::{CatalogueSource, Encoding, Kind};
    use crate::specimens::{bilingual, catalogue, element, root, source};

    const DAY: Date = Date::constant(2026, 6, 1);

    fn basis(id: &str, standing: Standing) -> LegalBasis {
        LegalBasis {
            id: id.parse().unwrap(),
            act: format!("Act {id}"),
            provision: "1 §".to_owned(),
            item: Some("Regulation 5 § 1".to_owned()),
            standing,
            title: bilingual(id),
        }
    }

    fn in_force() -> LegalBasis {
        basis("law", Standing::InForce { from: Date::constant(2025, 7, 1), until: None })
    }

    /// Two scalars, of datasets `a` and `b`.
    fn specimen() -> Arc<Catalogue> {
        let of_b = Element { scope: Scope::Dataset("b".parse().unwrap()), ..element(0, "second", Kind::Scalar) };
        catalogue(vec![root(), element(0, "first", Kind::Scalar), of_b])
    }

    fn decide(verdicts: [Verdict; 3], bases: &[LegalBasis], accepted: &AcceptedPending) -> Decision {
        Decision::new(&specimen(), &verdicts, bases, accepted, DAY).unwrap()
    }

    const OPEN: [Verdict; 3] = [Verdict::Disclose(0); 3];

    fn reasons(decision: &Decision) -> Vec<(&str, &str)> {
        decision.withheld().iter().map(|withheld| (withheld.element.as_str(), withheld.reason.label())).collect()
    }

    #[test]
    fn a_basis_in_force_opens_and_is_told_to_the_agency() {
        let decision = decide(OPEN, &[in_force()], &AcceptedPending::default());
        assert!(decision.withheld().is_empty());
        assert_eq!(decision.wanted(), ["a".parse().unwrap(), "b".parse().unwrap()]);
        assert_eq!(decision.legal_text(), "Act law 1 §; Regulation 5 § 1");
    }

    #[test]
    fn a_basis_opens_from_its_first_day_to_its_last() {
        for (from, until, opens) in [
            (DAY, None, true),
            (DAY, Some(DAY), true),
            (Date::constant(2026, 6, 2), None, false),
            (Date::constant(2025, 1, 1), Some(Date::constant(2026, 5, 31)), false),
        ] {
            let decision =
                decide(OPEN, &[basis("law", Standing::InForce { from, until })], &AcceptedPending::default());
            assert_eq!(decision.mask().discloses_anything(), opens, "{from} {until:?}");
            assert_eq!(decision.withheld().is_empty(), opens);
        }
    }

    #[test]
    fn a_pending_basis_withholds_until_it_is_accepted_by_name() {
        let practice = [basis("practice", Standing::Pending)];
        let refused = decide(OPEN, &practice, &AcceptedPending::default());
        assert_eq!(reasons(&refused), [("", "basis-pending")]);
        assert_eq!(refused.withheld()[0].reason.basis(), Some(&"practice".parse().unwrap()));
        let of_another = AcceptedPending::default().with("other".parse().unwrap(), AcceptedScope::EveryDataset);
        assert!(!decide(OPEN, &practice, &of_another).mask().discloses_anything());
        let by_name = AcceptedPending::default().with("practice".parse().unwrap(), AcceptedScope::EveryDataset);
        let opened = decide(OPEN, &practice, &by_name);
        assert!(opened.withheld().is_empty());
        // No agency is told that a practice is law.
        assert_eq!(opened.legal_text(), "utan fastställd grund: practice");
    }

    #[test]
    fn a_pending_basis_accepted_for_one_dataset_opens_no_other() {
        let only_a = AcceptedScope::Datasets([(AgencyId::AF, "a".parse().unwrap())].into());
        let accepted = AcceptedPending::default().with("practice".parse().unwrap(), only_a);
        let decision = decide(OPEN, &[basis("practice", Standing::Pending)], &accepted);
        assert_eq!(reasons(&decision), [("second", "basis-pending")]);
        assert_eq!(decision.wanted(), ["a".parse().unwrap()]);
    }

    #[test]
    fn a_basis_that_the_policy_does_not_declare_opens_nothing() {
        let decision = decide([Verdict::Disclose(7); 3], &[in_force()], &AcceptedPending::default());
        assert_eq!(reasons(&decision), [("", "basis-unknown")]);
    }

    #[test]
    fn a_withheld_element_is_told_with_the_policys_reason() {
        let verdicts = [OPEN[0], OPEN[1], Verdict::Withhold(WithholdReason::NotNeeded)];
        assert_eq!(reasons(&decide(verdicts, &[in_force()], &AcceptedPending::default())), [("second", "not-needed")]);
    }

    #[test]
    fn a_container_stands_for_its_content_where_that_has_one_reason() {
        let tree = catalogue(vec![
            root(),
            element(0, "same", Kind::Object),
            element(1, "x", Kind::Scalar),
            element(1, "y", Kind::Scalar),
            element(0, "mixed", Kind::Object),
            element(4, "x", Kind::Scalar),
            element(4, "y", Kind::Scalar),
        ]);
        let mut verdicts = [Verdict::Withhold(WithholdReason::NoLegalBasis); 7];
        verdicts[6] = Verdict::Withhold(WithholdReason::NotNeeded);
        let decision = Decision::new(&tree, &verdicts, &[], &AcceptedPending::default(), DAY).unwrap();
        assert_eq!(
            reasons(&decision),
            [("same", "no-legal-basis"), ("mixed/x", "no-legal-basis"), ("mixed/y", "not-needed")]
        );
    }

    #[test]
    fn an_element_that_goes_with_a_withheld_one_is_told_to_depend_on_it() {
        let tree = catalogue(vec![
            root(),
            element(0, "object", Kind::Object),
            Element { required: true, ..element(1, "withheld", Kind::Scalar) },
            element(1, "open", Kind::Scalar),
        ]);
        let mut verdicts = [Verdict::Disclose(0); 4];
        verdicts[2] = Verdict::Withhold(WithholdReason::NotNeeded);
        let decision = Decision::new(&tree, &verdicts, &[in_force()], &AcceptedPending::default(), DAY).unwrap();
        assert_eq!(reasons(&decision), [("object/withheld", "not-needed"), ("object/open", "depends-on-withheld")]);
    }

    #[test]
    fn an_object_and_a_list_of_one_name_are_told_once() {
        let elements = vec![
            root(),
            element(0, "shown", Kind::Scalar),
            element(0, "avvikelser", Kind::Object),
            element(2, "kod", Kind::Scalar),
            element(0, "avvikelser", Kind::List),
            Element { repeats: true, ..element(4, "item", Kind::Scalar) },
        ];
        let tree =
            Arc::new(Catalogue::parse(CatalogueSource { encoding: Encoding::Json, ..source(elements) }).unwrap());
        let mut verdicts = [Verdict::Withhold(WithholdReason::NotNeeded); 6];
        verdicts[1] = Verdict::Disclose(0);
        let decision = Decision::new(&tree, &verdicts, &[in_force()], &AcceptedPending::default(), DAY).unwrap();
        assert_eq!(reasons(&decision), [("avvikelser", "not-needed")]);
    }

    #[test]
    fn a_policy_that_miscounts_gives_no_decision() {
        let error =
            Decision::new(&specimen(), &OPEN[..2], &[in_force()], &AcceptedPending::default(), DAY).unwrap_err();
        assert_eq!(error.to_string(), "policy gave 2 verdicts on 3 elements");
    }
}
