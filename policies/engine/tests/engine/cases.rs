//! That a case which does not hold is seen.

use ssbtx_policy_engine::{
    AgencyRules, Basis, BrokenCase, Case, Consent, DatasetRule, Expected, Kind, Opening, Outline, Policy,
    ProtectedIdentity, Refusal, Relation, Rule, Segment, Standing, Text, Verdict, WithholdReason,
};

use crate::specimen::{self, DAY, dataset, element};

static POLICY: Policy = Policy {
    role: "arbetsmarknad",
    version: "1.0.0",
    title: Text { sv: "Arbetsmarknad", en: "Labour market" },
    purposes: &["arendehandlaggning"],
    bases: &[Basis {
        id: "law",
        act: "Lag",
        provision: "1 §",
        item: None,
        standing: Standing::InForce { from: "2025-07-01", until: None },
        title: Text { sv: "Lag", en: "Law" },
    }],
    agencies: &[AgencyRules {
        agency: "AF",
        datasets: &[DatasetRule {
            dataset: "identitet",
            rule: Rule::Open(Opening {
                basis: 0,
                relations: &[Relation::Subject],
                consent: Consent::NotRequired,
                protected_identity: ProtectedIdentity::Withhold,
            }),
        }],
        elements: &[],
    }],
};

static CASE: Case = Case {
    promise: "the name is seen",
    relation: Relation::Subject,
    consents: &[],
    protected_identity: false,
    agency: "AF",
    elements: &[&[Segment::Element("Namn")]],
    expected: Expected::Disclose("law"),
};

#[test]
fn a_case_that_holds_says_nothing() {
    assert_eq!(CASE.hold(&POLICY, &outline("AF"), DAY), Ok(()));
}

#[test]
fn a_case_is_tried_in_its_own_context() {
    let case = Case { protected_identity: true, ..case() };
    let found = Verdict::Withhold(WithholdReason::ProtectedIdentity);
    assert_eq!(case.hold(&POLICY, &outline("AF"), DAY), Err(BrokenCase::Decided { element: 0, found }));
    let case = Case { expected: Expected::Withhold(WithholdReason::ProtectedIdentity), ..case };
    assert_eq!(case.hold(&POLICY, &outline("AF"), DAY), Ok(()));
}

#[test]
fn another_basis_or_reason_breaks_a_case() {
    for expected in [Expected::Disclose("practice"), Expected::Withhold(WithholdReason::NotNeeded)] {
        let broken = Case { expected, ..case() }.hold(&POLICY, &outline("AF"), DAY);
        assert_eq!(broken, Err(BrokenCase::Decided { element: 0, found: Verdict::Disclose(0) }));
    }
}

#[test]
fn an_element_that_the_catalogue_lacks_breaks_a_case() {
    let case = Case { elements: &[&[Segment::Element("Namn")], &[Segment::Attribute("Namn")]], ..case() };
    assert_eq!(case.hold(&POLICY, &outline("AF"), DAY), Err(BrokenCase::NoElement { element: 1 }));
}

#[test]
fn a_refusal_breaks_a_case() {
    assert_eq!(CASE.hold(&POLICY, &outline("CSN"), DAY), Err(BrokenCase::Refused(Refusal::UnknownAgency)));
}

fn case() -> Case {
    CASE.clone()
}

fn outline(agency: &str) -> Outline {
    specimen::outline(agency, [element(Some(0), "Namn", Kind::Scalar, dataset("identitet"))])
}
