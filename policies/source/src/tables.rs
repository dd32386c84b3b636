//! A checked policy as Rust source.

use crate::cases::{Case, Cases, Expected};
use crate::path::Step;
use crate::policy::{Basis, Policy, Standing, Text};
use crate::rules::{AgencyRules, Rule, Tree};
use crate::shape::{Agency, Name};
use crate::terms::{ProtectedIdentity, Reason, Relation};

/// The tables `POLICY` and `CASES`, in the types of `ssbtx_policy_engine`.
///
/// Texts are written as Rust's `Debug` writes them, which is a literal of the same text.
pub(crate) fn write(policy: &Policy, cases: &Cases) -> String {
    format!(
        "/// The policy, as `policy.toml` has it.\n\
         pub static POLICY: {ENGINE}::Policy = {};\n\n\
         /// The cases that must hold, as `cases.toml` has them.\n\
         pub static CASES: &[{ENGINE}::Case] = &{};\n",
        policy_literal(policy),
        list(cases.iter().map(case))
    )
}

fn policy_literal(policy: &Policy) -> String {
    format!(
        "{ENGINE}::Policy {{ role: {:?}, version: {:?}, title: {}, purposes: &{}, bases: &{}, agencies: &{} }}",
        policy.role.0,
        policy.version.0,
        text(&policy.title),
        list(policy.purposes.iter().map(name)),
        list(policy.bases.iter().map(basis)),
        list(policy.rules.agencies.iter().map(|(agency, rules)| agency_rules(agency, rules)))
    )
}

fn basis(basis: &Basis) -> String {
    let (provision, standing) = match &basis.standing {
        Standing::InForce { provision, from, until } => {
            let until = option(until.as_ref().map(|until| format!("{:?}", until.0.to_string())));
            let from = from.0.to_string();
            let standing = format!("{ENGINE}::Standing::InForce {{ from: {from:?}, until: {until} }}");
            (provision.0.as_str(), standing)
        }
        Standing::Pending => ("", format!("{ENGINE}::Standing::Pending")),
    };
    format!(
        "{ENGINE}::Basis {{ id: {:?}, act: {:?}, provision: {provision:?}, item: {}, standing: {standing}, title: {} }}",
        basis.id.0,
        basis.act.0,
        option(basis.item.as_ref().map(|item| format!("{:?}", item.0))),
        text(&basis.title)
    )
}

fn text(text: &Text) -> String {
    format!("{ENGINE}::Text {{ sv: {:?}, en: {:?} }}", text.sv.0, text.en.0)
}

fn agency_rules(agency: &Agency, rules: &AgencyRules) -> String {
    let datasets = rules.datasets.iter().map(|(dataset, placed)| {
        format!("{ENGINE}::DatasetRule {{ dataset: {:?}, rule: {} }}", dataset.0, rule(&placed.rule))
    });
    format!(
        "{ENGINE}::AgencyRules {{ agency: {:?}, datasets: &{}, elements: &{} }}",
        agency.0,
        list(datasets),
        branches(&rules.elements)
    )
}

/// The branches of a tree, in the order of their steps, which is the order in which the engine searches them.
fn branches(tree: &Tree) -> String {
    list(tree.branches.iter().map(|(step, tree)| {
        format!(
            "{ENGINE}::Branch {{ segment: {}, rule: {}, branches: &{} }}",
            segment(step),
            option(tree.rule.as_ref().map(|placed| rule(&placed.rule))),
            branches(tree)
        )
    }))
}

fn rule(written: &Rule) -> String {
    match written {
        Rule::Open { basis, relations, consent, protected_identity } => format!(
            "{ENGINE}::Rule::Open({ENGINE}::Opening {{ basis: {basis}, relations: &{}, consent: {}, protected_identity: {} }})",
            list(relations.iter().copied().map(relation)),
            match consent {
                None => format!("{ENGINE}::Consent::NotRequired"),
                Some(consent) => format!("{ENGINE}::Consent::Required({:?})", consent.0),
            },
            match protected_identity {
                ProtectedIdentity::NoChange => format!("{ENGINE}::ProtectedIdentity::NoChange"),
                ProtectedIdentity::Withhold => format!("{ENGINE}::ProtectedIdentity::Withhold"),
            }
        ),
        Rule::Closed(why) => format!("{ENGINE}::Rule::Closed({})", reason(*why)),
    }
}

fn case(case: &Case) -> String {
    format!(
        "{ENGINE}::Case {{ promise: {:?}, relation: {}, consents: &{}, protected_identity: {}, agency: {:?}, elements: &{}, expected: {} }}",
        case.promise.0,
        relation(case.relation),
        list(case.consents.iter().map(name)),
        case.protected_identity,
        case.agency.0,
        list(case.elements.iter().map(|path| format!("&{}", list(path.steps().iter().map(segment))))),
        match &case.expected {
            Expected::Disclose(basis) => format!("{ENGINE}::Expected::Disclose({:?})", basis.0),
            Expected::Withhold(why) => format!("{ENGINE}::Expected::Withhold({})", reason(*why)),
        }
    )
}

fn name(name: &Name) -> String {
    format!("{:?}", name.0)
}

fn segment(step: &Step) -> String {
    match step {
        Step::Element(name) => format!("{ENGINE}::Segment::Element({name:?})"),
        Step::Attribute(name) => format!("{ENGINE}::Segment::Attribute({name:?})"),
        Step::Any => format!("{ENGINE}::Segment::Any"),
    }
}

fn relation(relation: Relation) -> String {
    let variant = match relation {
        Relation::Subject => "Subject",
        Relation::HouseholdAdult => "HouseholdAdult",
        Relation::HouseholdChild => "HouseholdChild",
    };
    format!("{ENGINE}::Relation::{variant}")
}

fn reason(reason: Reason) -> String {
    let variant = match reason {
        Reason::NoLegalBasis => "NoLegalBasis",
        Reason::NotNeeded => "NotNeeded",
        Reason::ProtectedIdentity => "ProtectedIdentity",
        Reason::ConsentMissing => "ConsentMissing",
        Reason::WrongRelation => "WrongRelation",
    };
    format!("{ENGINE}::WithholdReason::{variant}")
}

fn option(literal: Option<String>) -> String {
    literal.map_or_else(|| "None".to_owned(), |literal| format!("Some({literal})"))
}

fn list(literals: impl Iterator<Item = String>) -> String {
    format!("[{}]", literals.collect::<Vec<String>>().join(", "))
}

const ENGINE: &str = "::ssbtx_policy_engine";
