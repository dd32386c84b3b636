use super::*;
use crate::accepted_pending::AcceptedScope;
use crate::catalogue::{CatalogueSource, Encoding, Kind};
use crate::specimens::{bilingual, catalogue, element, root, source};
use crate::verdict::WithholdReason;

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
        let decision = decide(OPEN, &[basis("law", Standing::InForce { from, until })], &AcceptedPending::default());
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
    let tree = Arc::new(Catalogue::parse(CatalogueSource { encoding: Encoding::Json, ..source(elements) }).unwrap());
    let mut verdicts = [Verdict::Withhold(WithholdReason::NotNeeded); 6];
    verdicts[1] = Verdict::Disclose(0);
    let decision = Decision::new(&tree, &verdicts, &[in_force()], &AcceptedPending::default(), DAY).unwrap();
    assert_eq!(reasons(&decision), [("avvikelser", "not-needed")]);
}

#[test]
fn a_policy_that_miscounts_gives_no_decision() {
    let error = Decision::new(&specimen(), &OPEN[..2], &[in_force()], &AcceptedPending::default(), DAY).unwrap_err();
    assert_eq!(error.to_string(), "policy gave 2 verdicts on 3 elements");
}
