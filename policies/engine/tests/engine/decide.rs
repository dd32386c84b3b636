//! What a policy decides, rule by rule.

use ssbtx_policy_engine::{
    AgencyRules, Basis, Branch, Consent, Context, DatasetRule, Kind, Opening, Outline, OutlinedElement, Policy,
    ProtectedIdentity, Refusal, Relation, Rule, Scope, Segment, Standing, Text, Verdict, WithholdReason,
};

use crate::specimen::{self, dataset, element};

const LAW: u16 = 0;
const PRACTICE: u16 = 1;
const REPEALED: u16 = 2;

const OPEN: Rule = Rule::Open(OPENING);
const OPENING: Opening = Opening {
    basis: LAW,
    relations: &[Relation::Subject, Relation::HouseholdAdult, Relation::HouseholdChild],
    consent: Consent::NotRequired,
    protected_identity: ProtectedIdentity::NoChange,
};

static POLICY: Policy = Policy {
    role: "arbetsmarknad",
    version: "1.0.0",
    title: Text { sv: "Arbetsmarknad", en: "Labour market" },
    purposes: &["arendehandlaggning", "uppfoljning"],
    bases: &[
        Basis {
            id: "law",
            act: "SoL (2025:400)",
            provision: "15 kap. 11 §",
            item: Some("SFS 2008:975 5 § 1"),
            standing: Standing::InForce { from: "2025-07-01", until: None },
            title: Text { sv: "Lag", en: "Law" },
        },
        Basis {
            id: "practice",
            act: "Praxis",
            provision: "",
            item: None,
            standing: Standing::Pending,
            title: Text { sv: "Praxis", en: "Practice" },
        },
        Basis {
            id: "repealed",
            act: "SoL (2001:453)",
            provision: "11 kap. 11 a §",
            item: None,
            standing: Standing::InForce { from: "2008-12-01", until: Some("2025-06-30") },
            title: Text { sv: "Upphävd", en: "Repealed" },
        },
    ],
    agencies: &[AgencyRules {
        agency: "AF",
        datasets: &[
            DatasetRule {
                dataset: "adult",
                rule: Rule::Open(Opening { relations: &[Relation::HouseholdAdult], ..OPENING }),
            },
            DatasetRule { dataset: "closed", rule: Rule::Closed(WithholdReason::NotNeeded) },
            DatasetRule {
                dataset: "consented",
                rule: Rule::Open(Opening { consent: Consent::Required("hyresvard"), ..OPENING }),
            },
            DatasetRule {
                dataset: "guarded",
                rule: Rule::Open(Opening { protected_identity: ProtectedIdentity::Withhold, ..OPENING }),
            },
            DatasetRule { dataset: "open", rule: OPEN },
            DatasetRule { dataset: "practised", rule: Rule::Open(Opening { basis: PRACTICE, ..OPENING }) },
            DatasetRule { dataset: "repealed", rule: Rule::Open(Opening { basis: REPEALED, ..OPENING }) },
        ],
        elements: &[Branch {
            segment: Segment::Element("svar"),
            rule: None,
            branches: &[
                Branch {
                    segment: Segment::Element("beslut"),
                    rule: Some(Rule::Closed(WithholdReason::NotNeeded)),
                    branches: &[Branch { segment: Segment::Element("datum"), rule: Some(OPEN), branches: &[] }],
                },
                Branch { segment: Segment::Attribute("datum"), rule: Some(OPEN), branches: &[] },
            ],
        }],
    }],
};

const NO_BASIS: Verdict = Verdict::Withhold(WithholdReason::NoLegalBasis);
const NOT_NEEDED: Verdict = Verdict::Withhold(WithholdReason::NotNeeded);
const ON_LAW: Verdict = Verdict::Disclose(LAW);
const ON_PRACTICE: Verdict = Verdict::Disclose(PRACTICE);

#[test]
fn what_no_rule_names_is_withheld_since_no_law_is_named() {
    assert_eq!(decided(&[scalar("okand", "unheard-of")]), [NO_BASIS, NO_BASIS]);
}

#[test]
fn a_dataset_opens_its_elements() {
    assert_eq!(decided(&[scalar("a", "open"), scalar("b", "closed")]), [ON_LAW, ON_LAW, NOT_NEEDED]);
}

#[test]
fn a_path_beats_a_dataset_and_covers_what_is_below_it() {
    let elements = [
        object(0, "svar", Scope::Technical),
        object(1, "beslut", dataset("open")),
        child(2, "typ", "open"),
        child(1, "namn", "open"),
    ];
    assert_eq!(decided(&elements), [ON_LAW, ON_LAW, NOT_NEEDED, NOT_NEEDED, ON_LAW]);
}

#[test]
fn a_longer_path_beats_a_shorter_one() {
    let elements = [
        object(0, "svar", Scope::Technical),
        object(1, "beslut", dataset("open")),
        child(2, "datum", "closed"),
        child(2, "typ", "open"),
    ];
    assert_eq!(decided(&elements)[3..], [ON_LAW, NOT_NEEDED]);
}

#[test]
fn a_path_leads_only_from_the_root() {
    let elements =
        [object(0, "annat", Scope::Technical), object(1, "svar", Scope::Technical), child(2, "beslut", "open")];
    assert_eq!(decided(&elements)[3], ON_LAW);
}

#[test]
fn an_attribute_and_an_element_of_one_name_have_rules_of_their_own() {
    let attribute = OutlinedElement { kind: Kind::Attribute, ..child(1, "datum", "closed") };
    let elements = [object(0, "svar", Scope::Technical), attribute, child(1, "datum", "closed")];
    assert_eq!(decided(&elements)[2..], [ON_LAW, NOT_NEEDED]);
}

#[test]
fn a_container_is_open_where_something_in_it_is() {
    let elements = [object(0, "lista", dataset("closed")), child(1, "a", "closed"), child(1, "b", "open")];
    assert_eq!(decided(&elements), [ON_LAW, ON_LAW, NOT_NEEDED, ON_LAW]);
}

#[test]
fn a_container_is_closed_where_everything_in_it_is() {
    let elements = [object(0, "lista", dataset("open")), child(1, "a", "closed"), child(1, "b", "closed")];
    assert_eq!(decided(&elements), [NOT_NEEDED, NOT_NEEDED, NOT_NEEDED, NOT_NEEDED]);
}

#[test]
fn a_container_rests_on_law_rather_than_on_practice() {
    let elements = [object(0, "lista", dataset("practised")), child(1, "a", "practised"), child(1, "b", "open")];
    assert_eq!(decided(&elements), [ON_LAW, ON_LAW, ON_PRACTICE, ON_LAW]);
}

#[test]
fn a_container_rests_on_practice_rather_than_on_a_law_that_is_not_in_force() {
    let elements = [object(0, "lista", dataset("open")), child(1, "a", "repealed"), child(1, "b", "practised")];
    let on_repealed = Verdict::Disclose(REPEALED);
    assert_eq!(decided(&elements), [ON_PRACTICE, ON_PRACTICE, on_repealed, ON_PRACTICE]);
    let before = Context { asked_on: "2025-06-30".to_owned(), ..context() };
    let verdicts = POLICY.decide(&before, &outline(&elements)).unwrap();
    assert_eq!(verdicts, [on_repealed, on_repealed, on_repealed, ON_PRACTICE]);
}

#[test]
fn a_technical_element_says_nothing_of_what_holds_it() {
    let technical = OutlinedElement { scope: Scope::Technical, ..child(1, "status", "") };
    let elements = [object(0, "lista", dataset("practised")), technical];
    assert_eq!(decided(&elements)[1], ON_PRACTICE);
}

#[test]
fn a_protected_identity_closes_what_is_guarded_and_nothing_else() {
    let outline = outline(&[scalar("a", "guarded"), scalar("b", "open")]);
    let context = Context { protected_identity: true, ..context() };
    let verdicts = POLICY.decide(&context, &outline).unwrap();
    assert_eq!(verdicts[1..], [Verdict::Withhold(WithholdReason::ProtectedIdentity), ON_LAW]);
    assert_eq!(decided(&[scalar("a", "guarded")])[1], ON_LAW);
}

#[test]
fn an_opening_for_another_relation_is_closed() {
    let outline = outline(&[scalar("a", "adult")]);
    for (relation, verdict) in [
        (Relation::Subject, Verdict::Withhold(WithholdReason::WrongRelation)),
        (Relation::HouseholdAdult, ON_LAW),
        (Relation::HouseholdChild, Verdict::Withhold(WithholdReason::WrongRelation)),
    ] {
        let verdicts = POLICY.decide(&Context { relation, ..context() }, &outline).unwrap();
        assert_eq!(verdicts[1], verdict, "{relation:?}");
    }
}

#[test]
fn an_opening_by_consent_takes_that_consent() {
    let outline = outline(&[scalar("a", "consented")]);
    for (consents, verdict) in [
        (vec![], Verdict::Withhold(WithholdReason::ConsentMissing)),
        (vec!["arbetsgivare".to_owned()], Verdict::Withhold(WithholdReason::ConsentMissing)),
        (vec!["arbetsgivare".to_owned(), "hyresvard".to_owned()], ON_LAW),
    ] {
        let verdicts = POLICY.decide(&Context { consents, ..context() }, &outline).unwrap();
        assert_eq!(verdicts[1], verdict);
    }
}

#[test]
fn another_role_a_strange_purpose_and_an_agency_without_rules_are_refused() {
    let outline = outline(&[scalar("a", "open")]);
    let role = Context { role: "ekonomiskt-bistand".to_owned(), ..context() };
    assert_eq!(POLICY.decide(&role, &outline), Err(Refusal::WrongRole));
    let purpose = Context { purpose: "nyfikenhet".to_owned(), ..context() };
    assert_eq!(POLICY.decide(&purpose, &outline), Err(Refusal::WrongPurpose));
    let agency = Outline { agency: "CSN".to_owned(), ..outline };
    assert_eq!(POLICY.decide(&context(), &agency), Err(Refusal::UnknownAgency));
}

#[test]
fn every_purpose_of_the_role_is_served() {
    let purpose = Context { purpose: "uppfoljning".to_owned(), ..context() };
    assert_eq!(POLICY.decide(&purpose, &outline(&[scalar("a", "open")])), Ok(vec![ON_LAW, ON_LAW]));
}

#[test]
fn an_element_whose_parent_does_not_come_before_it_has_no_path() {
    let elements = [child(2, "svar", "closed"), child(9, "beslut", "open"), scalar("a", "open")];
    assert_eq!(decided(&elements), [ON_LAW, NOT_NEEDED, ON_LAW, ON_LAW]);
}

fn decided(below_root: &[OutlinedElement]) -> Vec<Verdict> {
    POLICY.decide(&context(), &outline(below_root)).unwrap()
}

fn context() -> Context {
    specimen::context(&POLICY)
}

fn outline(below_root: &[OutlinedElement]) -> Outline {
    specimen::outline("AF", below_root.iter().cloned())
}

fn scalar(name: &str, of: &str) -> OutlinedElement {
    child(0, name, of)
}

fn child(parent: u16, name: &str, of: &str) -> OutlinedElement {
    element(Some(parent), name, Kind::Scalar, dataset(of))
}

fn object(parent: u16, name: &str, scope: Scope) -> OutlinedElement {
    element(Some(parent), name, Kind::Object, scope)
}
