use jiff::civil::Date;
use proptest::prelude::*;

use super::*;
use crate::accepted_pending::AcceptedPending;
use crate::catalogue::{CatalogueSource, Dataset, Encoding, Kind};
use crate::decision::Decision;
use crate::grant::{GrantEntry, GrantedBasis};
use crate::legal_basis::Standing;
use crate::specimens::{bilingual, catalogue, catalogues, element, root, source};
use crate::verdict::{Relation, Verdict, WithholdReason};

const OPEN: Verdict = Verdict::Disclose(0);
const CLOSED: Verdict = Verdict::Withhold(WithholdReason::NotNeeded);
const DAY: Date = Date::constant(2026, 6, 1);

#[test]
fn an_element_that_its_agency_has_not_granted_is_vetoed() {
    let granted = [grant(AgencyId::AF, &["AF/object/x"])];
    let decision = decide(&specimen(), [OPEN; 5], &restricted(granted, Vec::new()));
    assert_eq!(told(&decision), [("object/y", "agency-veto", None), ("b", "agency-veto", None)]);
}

#[test]
fn without_any_grant_everything_is_vetoed() {
    let decision = decide(&specimen(), [OPEN; 5], &restricted([], Vec::new()));
    assert_eq!(told(&decision), [("", "agency-veto", None)]);
    assert!(!decision.mask().discloses_anything());
}

#[test]
fn a_tool_that_judges_a_policy_by_itself_is_bounded_by_nothing() {
    let decision = decide(&specimen(), [OPEN; 5], &Restrictions::none());
    assert!(decision.withheld().is_empty());
}

#[test]
fn what_the_policy_closes_is_told_as_the_policys_whatever_is_granted() {
    let decision = decide(&specimen(), [OPEN, CLOSED, CLOSED, CLOSED, CLOSED], &restricted([], Vec::new()));
    assert_eq!(told(&decision), [("", "not-needed", None)]);
}

#[test]
fn a_veto_is_told_before_a_basis_that_opens_nothing_today() {
    let pending = LegalBasis { standing: Standing::Pending, provision: String::new(), ..law() };
    let restrictions = restricted([], Vec::new());
    let decision = decide_on(&specimen(), [OPEN; 5], &pending, &context(), &restrictions);
    assert_eq!(told(&decision), [("", "agency-veto", None)]);
}

#[test]
fn each_agency_of_one_base_service_grants_its_own_elements_and_no_others() {
    let mut source = source(vec![root(), element(0, "of-fk", Kind::Scalar), element(0, "of-pm", Kind::Scalar)]);
    let pm: DatasetId = "b".parse().unwrap();
    source.elements[2].scope = Scope::Dataset(pm.clone());
    let dataset = |dataset: Dataset| {
        let discloser = if dataset.id == pm { AgencyId::PM } else { AgencyId::FK };
        Dataset { discloser, ..dataset }
    };
    let datasets = source.datasets.into_iter().map(dataset).collect();
    let catalogue = Arc::new(Catalogue::parse(CatalogueSource { agency: AgencyId::FK, datasets, ..source }).unwrap());
    let both = ["FK/of-fk", "FK/of-pm"];
    // Försäkringskassan's word on Pensionsmyndigheten's element counts for nothing.
    let decision = decide(&catalogue, [OPEN; 3], &restricted([grant(AgencyId::FK, &both)], Vec::new()));
    assert_eq!(told(&decision), [("of-pm", "agency-veto", None)]);
    let grants = [grant(AgencyId::FK, &both), grant(AgencyId::PM, &["FK/of-pm"])];
    assert!(decide(&catalogue, [OPEN; 3], &restricted(grants, Vec::new())).withheld().is_empty());
}

#[test]
fn an_object_and_a_list_of_one_name_are_granted_and_withheld_together() {
    let elements = vec![
        root(),
        element(0, "shown", Kind::Scalar),
        element(0, "avvikelser", Kind::Object),
        element(2, "kod", Kind::Scalar),
        element(0, "avvikelser", Kind::List),
        Element { repeats: true, ..element(4, "item", Kind::Scalar) },
    ];
    let catalogue =
        Arc::new(Catalogue::parse(CatalogueSource { encoding: Encoding::Json, ..source(elements) }).unwrap());
    let all = ["AF/shown", "AF/avvikelser", "AF/avvikelser/kod", "AF/avvikelser/item"];
    let granted = restricted([grant(AgencyId::AF, &all)], Vec::new());
    assert!(decide(&catalogue, [OPEN; 6], &granted).withheld().is_empty());
    let avvikelser = Tightened::Element(AgencyId::AF, "avvikelser".to_owned());
    let tightened = restricted([grant(AgencyId::AF, &all)], vec![entry("id", avvikelser)]);
    assert_eq!(told(&decide(&catalogue, [OPEN; 6], &tightened)), [("avvikelser", "tightened", Some("id"))]);
}

#[test]
fn a_consent_that_the_agency_asks_for_must_be_given() {
    let entry = GrantEntry { consents: vec!["consent".parse().unwrap()], ..granted(&["AF/b"]) };
    let restrictions = restricted([grant_of(AgencyId::AF, entry)], Vec::new());
    let verdicts = [OPEN, CLOSED, CLOSED, CLOSED, OPEN];
    let asked = |consents: Vec<crate::identifier::BasisId>| {
        decide_on(&specimen(), verdicts, &law(), &Context { consents, ..context() }, &restrictions)
    };
    assert!(!asked(Vec::new()).mask().discloses_anything());
    assert!(asked(vec!["consent".parse().unwrap()]).mask().discloses_anything());
}

#[test]
fn every_kind_of_tightening_withholds_what_it_names_and_no_more() {
    let path = |path: &str| Tightened::Element(AgencyId::AF, path.to_owned());
    for (what, expected) in [
        (Tightened::Agency(AgencyId::AF), vec![""]),
        (Tightened::Agency(AgencyId::FK), vec![]),
        (Tightened::Dataset(AgencyId::AF, "a".parse().unwrap()), vec!["object"]),
        (Tightened::Dataset(AgencyId::FK, "a".parse().unwrap()), vec![]),
        (path("object/x"), vec!["object/x"]),
        (path("object"), vec!["object"]),
        (path("obj"), vec![]),
        (Tightened::Adapter(adapter()), vec![""]),
        (Tightened::Adapter(Sha256Digest::of(b"another")), vec![]),
    ] {
        let restrictions = restricted([everything()], vec![entry("id", what.clone())]);
        let decision = decide(&specimen(), [OPEN; 5], &restrictions);
        let expected: Vec<_> = expected.into_iter().map(|path| (path, "tightened", Some("id"))).collect();
        assert_eq!(told(&decision), expected, "{what:?}");
    }
}

#[test]
fn what_is_withheld_at_once_is_told_so_whatever_the_policy_says_of_it() {
    let restrictions = restricted([], vec![entry("id", Tightened::Dataset(AgencyId::AF, "a".parse().unwrap()))]);
    let decision = decide(&specimen(), [OPEN, CLOSED, CLOSED, OPEN, CLOSED], &restrictions);
    assert_eq!(told(&decision), [("object", "tightened", Some("id")), ("b", "not-needed", None)]);
}

#[test]
fn the_entry_that_withholds_most_is_the_one_that_is_told() {
    let entries = vec![
        entry("1-element", Tightened::Element(AgencyId::AF, "b".to_owned())),
        entry("2-dataset", Tightened::Dataset(AgencyId::AF, "a".parse().unwrap())),
        entry("3-agency", Tightened::Agency(AgencyId::AF)),
    ];
    let decision = decide(&specimen(), [OPEN; 5], &restricted([everything()], entries));
    assert_eq!(told(&decision), [("", "tightened", Some("3-agency"))]);
}

#[test]
fn a_technical_element_is_withheld_by_its_path_and_takes_with_it_what_it_holds() {
    let technical = |element: Element| Element { scope: Scope::Technical, ..element };
    let catalogue = catalogue(vec![
        root(),
        technical(element(0, "status", Kind::Scalar)),
        technical(element(0, "wrap", Kind::Object)),
        element(2, "x", Kind::Scalar),
        element(0, "shown", Kind::Scalar),
    ]);
    let path = |id: &str, path: &str| entry(id, Tightened::Element(AgencyId::AF, path.to_owned()));
    let grants = [grant(AgencyId::AF, &["AF/wrap/x", "AF/shown"])];
    let restrictions = restricted(grants.clone(), vec![path("1", "status"), path("2", "wrap")]);
    let decision = decide(&catalogue, [OPEN; 5], &restrictions);
    assert_eq!(told(&decision), [("status", "tightened", Some("1")), ("wrap", "tightened", Some("2"))]);
    let whole = restricted(grants, vec![entry("id", Tightened::Agency(AgencyId::AF))]);
    let decision = decide(&catalogue, [OPEN; 5], &whole);
    assert!(decision.mask().keeps(ElementId(1)), "an agency is withheld, not its status");
}

#[test]
fn a_tightening_of_some_roles_leaves_the_others_alone() {
    let only = |role: &str| TightenedEntry {
        roles: Some([role.parse().unwrap()].into()),
        ..entry("id", Tightened::Agency(AgencyId::AF))
    };
    let asked = |role| decide(&specimen(), [OPEN; 5], &restricted([everything()], vec![only(role)]));
    assert!(!asked("arbetsmarknad").mask().discloses_anything());
    assert!(asked("ekonomiskt-bistand").withheld().is_empty());
}

#[test]
fn what_is_lifted_withholds_nothing() {
    let list = Tightening::new(vec![entry("id", Tightened::Agency(AgencyId::AF))]).unwrap();
    let lifted = Lifted::new(["id".parse().unwrap()].into()).unwrap();
    let restrictions = Restrictions::new([Arc::new(everything())], &list, &lifted);
    assert!(decide(&specimen(), [OPEN; 5], &restrictions).withheld().is_empty());
    assert!(restrictions.tightened().is_empty());
}

#[test]
fn an_adapter_that_is_withheld_from_any_role_is_named() {
    let only = TightenedEntry {
        roles: Some(["arbetsmarknad".parse().unwrap()].into()),
        ..entry("id", Tightened::Adapter(adapter()))
    };
    let restrictions = restricted([], vec![only]);
    assert_eq!(restrictions.withheld_adapter(adapter()).map(TighteningId::as_str), Some("id"));
    assert_eq!(restrictions.withheld_adapter(Sha256Digest::of(b"another")), None);
}

#[test]
fn without_the_veto_what_is_withheld_at_once_still_is() {
    let restrictions = restricted([], vec![entry("id", Tightened::Element(AgencyId::AF, "b".to_owned()))]);
    let decision = decide(&specimen(), [OPEN; 5], &restrictions.without_veto());
    assert_eq!(told(&decision), [("b", "tightened", Some("id"))]);
}

/// What one random case says of each element (whether the policy opens it, whether it is granted), and what it withholds: the element of this number by
/// its path or not, and dataset `a` or not.
type Draw = (Vec<(bool, bool)>, prop::sample::Index, bool, bool);

fn cases() -> impl Strategy<Value = (Arc<Catalogue>, Draw)> {
    catalogues().prop_flat_map(|catalogue| {
        let of_each = prop::collection::vec(any::<(bool, bool)>(), catalogue.elements().len());
        (Just(catalogue), (of_each, any::<prop::sample::Index>(), any::<bool>(), any::<bool>()))
    })
}

proptest! {
    #[test]
    fn restrictions_never_open_anything((catalogue, (of_each, number, by_path, by_dataset)) in cases()) {
        let verdicts: Vec<_> = of_each.iter().map(|(is_open, _)| if *is_open { OPEN } else { CLOSED }).collect();
        let paths: Vec<String> = catalogue.iter().map(|(id, _)| catalogue.path(id)).collect();
        let granted = paths.iter().zip(&of_each).filter(|(_, (_, is_granted))| *is_granted);
        let granted: Vec<String> = granted.map(|(path, _)| Grant::element(AgencyId::AF, path)).collect();
        let grants = [grant(AgencyId::AF, &granted.iter().map(String::as_str).collect::<Vec<_>>())];
        let path = paths[number.index(paths.len())].clone();
        let mut entries = Vec::new();
        if by_path && !path.is_empty() {
            entries.push(entry("path", Tightened::Element(AgencyId::AF, path)));
        }
        if by_dataset {
            entries.push(entry("dataset", Tightened::Dataset(AgencyId::AF, "a".parse().unwrap())));
        }
        let within = decide(&catalogue, &verdicts, &restricted(grants, entries));
        let without = Decision::new(&catalogue, &verdicts, &[law()], &AcceptedPending::default(), DAY).unwrap();
        for (id, _) in catalogue.iter() {
            prop_assert!(!within.mask().keeps(id) || without.mask().keeps(id));
        }
        let unrestricted = decide(&catalogue, &verdicts, &Restrictions::none());
        prop_assert_eq!(unrestricted.mask(), without.mask());
        prop_assert_eq!(unrestricted.withheld(), without.withheld());
        prop_assert_eq!(unrestricted.legal_text(), without.legal_text());
    }
}

/// `object` with `x` and `y` of dataset `a`, and `b` of dataset `b`.
fn specimen() -> Arc<Catalogue> {
    let of_b = Element { scope: Scope::Dataset("b".parse().unwrap()), ..element(0, "b", Kind::Scalar) };
    catalogue(vec![
        root(),
        element(0, "object", Kind::Object),
        element(1, "x", Kind::Scalar),
        element(1, "y", Kind::Scalar),
        of_b,
    ])
}

fn everything() -> Grant {
    grant(AgencyId::AF, &["AF/object", "AF/object/x", "AF/object/y", "AF/b"])
}

fn adapter() -> Sha256Digest {
    Sha256Digest::of(b"adapter")
}

fn law() -> LegalBasis {
    LegalBasis {
        id: "law".parse().unwrap(),
        act: "Act".to_owned(),
        provision: "1 §".to_owned(),
        item: None,
        standing: Standing::InForce { from: Date::constant(2025, 7, 1), until: None },
        title: bilingual("law"),
    }
}

fn granted(elements: &[&str]) -> GrantEntry {
    GrantEntry {
        basis: "law".parse().unwrap(),
        relations: vec![Relation::Subject],
        protected_identity: vec![false],
        consents: Vec::new(),
        elements: elements.iter().map(|element| (*element).to_owned()).collect(),
    }
}

fn grant(agency: AgencyId, elements: &[&str]) -> Grant {
    // The container goes with its content: a grant names what a policy opens, and a policy opens both.
    let mut entry = granted(elements);
    entry.elements.insert("AF/object".to_owned());
    grant_of(agency, entry)
}

fn grant_of(agency: AgencyId, entry: GrantEntry) -> Grant {
    Grant::new(agency, "arbetsmarknad".parse().unwrap(), vec![GrantedBasis::from(&law())], vec![entry]).unwrap()
}

fn entry(id: &str, what: Tightened) -> TightenedEntry {
    TightenedEntry { id: id.parse().unwrap(), since: DAY, reason: bilingual("reason"), what, roles: None }
}

fn restricted(grants: impl IntoIterator<Item = Grant>, entries: Vec<TightenedEntry>) -> Restrictions {
    let tightening = Tightening::new(entries).unwrap();
    Restrictions::new(grants.into_iter().map(Arc::new), &tightening, &Lifted::default())
}

fn context() -> Context {
    Context {
        role: "arbetsmarknad".parse().unwrap(),
        purpose: "arendehandlaggning".parse().unwrap(),
        relation: Relation::Subject,
        consents: Vec::new(),
        protected_identity: false,
        asked_on: DAY,
    }
}

fn decide(catalogue: &Arc<Catalogue>, verdicts: impl AsRef<[Verdict]>, restrictions: &Restrictions) -> Decision {
    decide_on(catalogue, verdicts, &law(), &context(), restrictions)
}

fn decide_on(
    catalogue: &Arc<Catalogue>,
    verdicts: impl AsRef<[Verdict]>,
    basis: &LegalBasis,
    context: &Context,
    restrictions: &Restrictions,
) -> Decision {
    let (bases, accepted) = ([basis.clone()], AcceptedPending::default());
    Decision::within(catalogue, verdicts.as_ref(), &bases, &accepted, context, adapter(), restrictions).unwrap()
}

/// Each element that is left out, the reason's name, and the tightening it is about.
fn told(decision: &Decision) -> Vec<(&str, &str, Option<&str>)> {
    let told = decision.withheld().iter();
    told.map(|one| (one.element.as_str(), one.reason.label(), one.reason.tightening().map(TighteningId::as_str)))
        .collect()
}
