//! Rules whose paths hold `*`, any one element.

use ssbtx_policy_engine::{
    AgencyRules, Basis, Branch, Consent, Kind, Opening, OutlinedElement, Policy, ProtectedIdentity, Relation, Rule,
    Scope, Segment, Standing, Text, Verdict, WithholdReason,
};

use crate::specimen::{self, dataset, element};

const LAW: Rule = open(0);
const PRACTICE: Rule = open(1);
const CLOSED: Rule = Rule::Closed(WithholdReason::NotNeeded);

const fn open(basis: u16) -> Rule {
    Rule::Open(Opening {
        basis,
        relations: &[Relation::Subject],
        consent: Consent::NotRequired,
        protected_identity: ProtectedIdentity::NoChange,
    })
}

const fn basis(id: &'static str) -> Basis {
    Basis {
        id,
        act: "SoL (2025:400)",
        provision: "15 kap. 10 §",
        item: None,
        standing: Standing::InForce { from: "2025-07-01", until: None },
        title: Text { sv: "Lag", en: "Law" },
    }
}

/// The paths `svar/beslut`, `*/beslut`, `*/beslut/*/period`, `*/period` and `*/*`.
static POLICY: Policy = Policy {
    role: "arbetsmarknad",
    version: "1.0.0",
    title: Text { sv: "Arbetsmarknad", en: "Labour market" },
    purposes: &["arendehandlaggning"],
    bases: &[basis("law"), basis("practice")],
    agencies: &[AgencyRules {
        agency: "FK",
        datasets: &[],
        elements: &[
            Branch {
                segment: Segment::Element("svar"),
                rule: None,
                branches: &[Branch { segment: Segment::Element("beslut"), rule: Some(LAW), branches: &[] }],
            },
            Branch {
                segment: Segment::Any,
                rule: None,
                branches: &[
                    Branch {
                        segment: Segment::Element("beslut"),
                        rule: Some(PRACTICE),
                        branches: &[Branch { segment: Segment::Any, rule: None, branches: PERIOD }],
                    },
                    Branch { segment: Segment::Element("period"), rule: Some(LAW), branches: &[] },
                    Branch { segment: Segment::Any, rule: Some(CLOSED), branches: &[] },
                ],
            },
        ],
    }],
};

const PERIOD: &[Branch] = &[Branch { segment: Segment::Element("period"), rule: Some(LAW), branches: &[] }];

const ON_LAW: Verdict = Verdict::Disclose(0);
const ON_PRACTICE: Verdict = Verdict::Disclose(1);
const NOT_NEEDED: Verdict = Verdict::Withhold(WithholdReason::NotNeeded);
const NO_BASIS: Verdict = Verdict::Withhold(WithholdReason::NoLegalBasis);

#[test]
fn a_star_leads_to_any_one_element_and_to_no_attribute() {
    let attribute = OutlinedElement { kind: Kind::Attribute, ..scalar(1, "typ") };
    let elements = [object(0, "arende"), attribute, scalar(1, "typ"), scalar(0, "typ")];
    assert_eq!(decided(&elements)[2..], [NO_BASIS, NOT_NEEDED, NO_BASIS]);
}

#[test]
fn a_name_beats_a_star_and_the_first_name_decides() {
    let elements =
        [object(0, "svar"), scalar(1, "beslut"), object(0, "arende"), scalar(3, "beslut"), scalar(3, "period")];
    let verdicts = decided(&elements);
    assert_eq!((verdicts[2], verdicts[4], verdicts[5]), (ON_LAW, ON_PRACTICE, ON_LAW));
}

#[test]
fn a_longer_path_with_stars_beats_a_shorter_one_of_names() {
    let elements = [
        object(0, "svar"),
        object(1, "beslut"),
        object(2, "del"),
        scalar(3, "typ"),
        object(0, "arende"),
        object(5, "beslut"),
        object(6, "del"),
        scalar(7, "period"),
        scalar(7, "typ"),
    ];
    let verdicts = decided(&elements);
    assert_eq!((verdicts[4], verdicts[8], verdicts[9]), (ON_LAW, ON_LAW, ON_PRACTICE));
}

#[test]
fn steps_with_stars_lead_to_every_element_that_fits() {
    let elements = [object(0, "svar"), scalar(1, "beslut"), object(0, "arende"), scalar(3, "beslut")];
    let catalogue = specimen::outline("FK", elements);
    let found = |steps: &[Segment<'_>]| ssbtx_policy_engine::positions(steps, &catalogue.elements);
    assert_eq!(found(&[Segment::Any, Segment::Element("beslut")]), [2, 4]);
    assert_eq!(found(&[Segment::Element("arende"), Segment::Any]), [4]);
    assert_eq!(found(&[Segment::Any, Segment::Any, Segment::Any]), [0_usize; 0]);
}

fn decided(below_root: &[OutlinedElement]) -> Vec<Verdict> {
    let catalogue = specimen::outline("FK", below_root.iter().cloned());
    POLICY.decide(&specimen::context(&POLICY), &catalogue).unwrap()
}

fn scalar(parent: u16, name: &str) -> OutlinedElement {
    element(Some(parent), name, Kind::Scalar, dataset("a"))
}

fn object(parent: u16, name: &str) -> OutlinedElement {
    element(Some(parent), name, Kind::Object, Scope::Technical)
}
