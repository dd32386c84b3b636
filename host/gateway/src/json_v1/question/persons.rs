//! Whom a question is about.

use std::collections::HashSet;

use serde_json::Value;
use ssbtx_core::{IdentityCheck, PersonId, Question, Relation};

use crate::reading::{Faults, Object, join};
use crate::settings::GatewayLimits;

/// One person of a household, with the question about that person.
#[derive(Debug)]
pub(crate) struct Member {
    /// How the person stands to the person of the case.
    pub(crate) relation: Relation,
    /// The question.
    pub(crate) question: Question,
}

/// Whom a body asks about.
pub(super) enum Persons {
    /// One person, of whom the case is.
    One(PersonId),
    /// A household, in the asker's order.
    Household(Vec<(Relation, PersonId)>),
}

/// Reads `person` or `persons`, of which there is exactly one.
pub(super) fn read(body: &Object<'_>, check: IdentityCheck, faults: &mut Faults) -> Option<Persons> {
    let Some(household) = body.value("persons") else {
        return body.required("person", faults, |text| PersonId::parse(text, check)).map(Persons::One);
    };
    if body.value("person").is_some() {
        faults.push(body.at("persons"), "expected one of `person` and `persons`, and not both");
    }
    household_of(household, &body.at("persons"), GatewayLimits::LARGEST_HOUSEHOLD, check, faults)
        .map(Persons::Household)
}

/// Reads the persons of a household or a case, in the order given, at most so many. One of them is the person of the case.
pub(in crate::json_v1) fn household_of(
    value: &Value,
    at: &str,
    most: usize,
    check: IdentityCheck,
    faults: &mut Faults,
) -> Option<Vec<(Relation, PersonId)>> {
    let persons = match value {
        Value::Array(persons) if (1..=most).contains(&persons.len()) => persons,
        _ => {
            faults.push(at, format_args!("expected a list of 1 to {most} persons"));
            return None;
        }
    };
    let mut seen = HashSet::new();
    let mut household = Vec::new();
    for (position, value) in persons.iter().enumerate() {
        let at = join(at, &position.to_string());
        let Some(entry) = Object::open(value, at, &["person", "relation"], faults) else { continue };
        let person = entry.required("person", faults, |text| PersonId::parse(text, check));
        let relation = entry.required("relation", faults, relation);
        if person.as_ref().is_some_and(|person| !seen.insert(person.clone())) {
            faults.push(entry.at("person"), "named twice");
        }
        household.extend(relation.zip(person));
    }
    let is_whole = household.len() == persons.len();
    let subjects = household.iter().filter(|(relation, _)| *relation == Relation::Subject).count();
    if is_whole && subjects != 1 {
        faults.push(at, "expected exactly one person whose relation is `subject`");
    }
    is_whole.then_some(household)
}

fn relation(text: &str) -> Result<Relation, String> {
    let known = Relation::ALL.into_iter().find(|relation| relation.label() == text);
    known.ok_or_else(|| format!("expected one of `{}`", Relation::ALL.map(Relation::label).join("`, `")))
}
