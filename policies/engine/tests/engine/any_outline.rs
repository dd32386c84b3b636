//! What holds for every outline, also one that no host would admit.

use proptest::prelude::*;
use ssbtx_policy_engine::{
    AgencyRules, Basis, Branch, Consent, Context, DatasetRule, Kind, Opening, Outline, Policy, ProtectedIdentity,
    Relation, Rule, Scope, Segment, Standing, Text, Verdict, WithholdReason,
};

use crate::specimen::{self, dataset, element};

const fn open(basis: u16) -> Rule {
    Rule::Open(Opening {
        basis,
        relations: &[Relation::Subject],
        consent: Consent::NotRequired,
        protected_identity: ProtectedIdentity::Withhold,
    })
}

const fn basis(id: &'static str, standing: Standing) -> Basis {
    Basis { id, act: "Lag", provision: "1 §", item: None, standing, title: Text { sv: "a", en: "a" } }
}

static POLICY: Policy = Policy {
    role: "r",
    version: "1.0.0",
    title: Text { sv: "r", en: "r" },
    purposes: &["p"],
    bases: &[
        basis("zero", Standing::Pending),
        basis("one", Standing::InForce { from: "2025-07-01", until: None }),
        basis("two", Standing::Pending),
    ],
    agencies: &[AgencyRules {
        agency: "X",
        datasets: &[
            DatasetRule { dataset: "a", rule: open(0) },
            DatasetRule { dataset: "b", rule: Rule::Closed(WithholdReason::NotNeeded) },
        ],
        elements: &[
            Branch {
                segment: Segment::Element("a"),
                rule: Some(open(1)),
                branches: &[
                    Branch {
                        segment: Segment::Element("a"),
                        rule: None,
                        branches: &[Branch { segment: Segment::Element("b"), rule: Some(open(2)), branches: &[] }],
                    },
                    Branch {
                        segment: Segment::Element("b"),
                        rule: Some(Rule::Closed(WithholdReason::NoLegalBasis)),
                        branches: &[],
                    },
                ],
            },
            Branch { segment: Segment::Attribute("a"), rule: Some(open(2)), branches: &[] },
        ],
    }],
};

/// The rules above as written-out paths, for the plain reading that the engine must agree with.
const PATHS: [(&str, Rule); 4] =
    [("/a", open(1)), ("/a/a/b", open(2)), ("/a/b", Rule::Closed(WithholdReason::NoLegalBasis)), ("/@a", open(2))];

proptest! {
    #[test]
    fn there_is_one_verdict_per_element_and_the_same_every_time(
        outline in any_outline(any::<u16>()), protected in any::<bool>()
    ) {
        let verdicts = POLICY.decide(&context(protected), &outline);
        prop_assert_eq!(verdicts.as_ref().map(Vec::len), Ok(outline.elements.len()));
        prop_assert_eq!(POLICY.decide(&context(protected), &outline), verdicts);
    }

    #[test]
    fn a_value_is_decided_by_its_longest_path_and_then_by_its_dataset(
        outline in any_outline(0_u16..60), protected in any::<bool>()
    ) {
        let outline = parents_first(outline);
        let verdicts = POLICY.decide(&context(protected), &outline).unwrap();
        for (position, element) in outline.elements.iter().enumerate() {
            if matches!(element.kind, Kind::Scalar | Kind::Attribute) {
                prop_assert_eq!(verdicts[position], plainly(&outline, position, protected));
            }
        }
    }

    #[test]
    fn whatever_is_open_lies_in_open_containers(outline in any_outline(0_u16..60)) {
        let outline = parents_first(outline);
        let verdicts = POLICY.decide(&context(false), &outline).unwrap();
        for (element, verdict) in outline.elements.iter().zip(&verdicts) {
            let Some(parent) = element.parent.map(usize::from) else { continue };
            let counts = matches!(element.scope, Scope::Dataset(_)) && matches!(outline.elements[parent].kind, Kind::Object | Kind::List);
            if counts && matches!(verdict, Verdict::Disclose(_)) {
                prop_assert!(matches!(verdicts[parent], Verdict::Disclose(_)));
            }
        }
    }
}

#[test]
fn the_largest_catalogue_is_decided_however_deep_or_flat_it_is() {
    let deep = (0..8191_u16).map(|holder| element(Some(holder), "a", Kind::Object, dataset("a")));
    let flat = (0..8191_u16).map(|_| element(Some(0), "b", Kind::Scalar, dataset("b")));
    for elements in [deep.collect::<Vec<_>>(), flat.collect()] {
        let verdicts = POLICY.decide(&context(false), &specimen::outline("X", elements));
        assert_eq!(verdicts.map(|verdicts| verdicts.len()), Ok(8192));
    }
}

/// The verdict on a value as a person would read the rules.
fn plainly(outline: &Outline, position: usize, protected: bool) -> Verdict {
    let path = written(outline, position);
    let holds = |ruled: &str| path == ruled || path.starts_with(&format!("{ruled}/"));
    let longest = PATHS.iter().filter(|(ruled, _)| holds(ruled)).max_by_key(|(ruled, _)| ruled.len());
    let rule = longest.map(|(_, rule)| *rule).or(match &outline.elements[position].scope {
        Scope::Dataset(dataset) if dataset == "a" => Some(open(0)),
        Scope::Dataset(dataset) if dataset == "b" => Some(Rule::Closed(WithholdReason::NotNeeded)),
        Scope::Dataset(_) | Scope::Technical => None,
    });
    match rule {
        None => Verdict::Withhold(WithholdReason::NoLegalBasis),
        Some(Rule::Closed(reason)) => Verdict::Withhold(reason),
        Some(Rule::Open(_)) if protected => Verdict::Withhold(WithholdReason::ProtectedIdentity),
        Some(Rule::Open(opening)) => Verdict::Disclose(opening.basis),
    }
}

fn written(outline: &Outline, position: usize) -> String {
    let element = &outline.elements[position];
    let Some(parent) = element.parent else { return String::new() };
    let sign = if element.kind == Kind::Attribute { "@" } else { "" };
    format!("{}/{sign}{}", written(outline, usize::from(parent)), element.name)
}

fn any_outline(parents: impl Strategy<Value = u16> + Clone + 'static) -> impl Strategy<Value = Outline> {
    let parent = prop_oneof![3 => parents.prop_map(Some), 1 => Just(None)];
    let name = prop_oneof![Just("a"), Just("b"), Just("c")];
    let kind = prop_oneof![Just(Kind::Object), Just(Kind::List), Just(Kind::Scalar), Just(Kind::Attribute)];
    let scope = prop_oneof![Just(dataset("a")), Just(dataset("b")), Just(dataset("c")), Just(Scope::Technical)];
    let elements =
        (parent, name, kind, scope).prop_map(|(parent, name, kind, scope)| element(parent, name, kind, scope));
    prop::collection::vec(elements, 0..60).prop_map(|elements| specimen::outline("X", elements))
}

/// The same elements, each below one that comes before it.
fn parents_first(mut outline: Outline) -> Outline {
    for (position, element) in (0_u16..).zip(&mut outline.elements).skip(1) {
        element.parent = Some(element.parent.unwrap_or(0) % position);
    }
    outline
}

fn context(protected_identity: bool) -> Context {
    Context { protected_identity, ..specimen::context(&POLICY) }
}
