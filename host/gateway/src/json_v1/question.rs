//! `POST /v1/questions`: from JSON to a question about one person or a household, with everything that is wrong reported at once.

mod persons;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::Value;
use ssbtx_core::{
    AgencyId, BASE_SERVICES, CaseId, Caseworker, CorrelationId, Inclusion, Organisation, Period, Purpose, Question,
    Requester,
};

use super::distinct::Distinct;
use crate::outside::Admission;
use crate::reading::{Fault, Faults, Object, join};
use persons::Persons;

pub(super) use persons::{Member, household_of};

/// What a body asks.
#[derive(Debug)]
pub(crate) enum Asked {
    /// About one person.
    Person(Box<Question>),
    /// About the persons of a household, each in a question of its own. All of these have the id of the request.
    Household(Vec<Member>),
}

/// Why a body is no question.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum InvalidQuestion {
    /// It is no JSON.
    #[error("body is no JSON, at line {line}, column {column}")]
    Json {
        /// Line, from 1.
        line: usize,
        /// Column, from 1; 0 at the start of a line.
        column: usize,
    },
    /// An object in it has a key twice.
    #[error("body has a key twice in one object, at line {line}, column {column}")]
    KeyTwice {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// It is JSON of another shape.
    #[error("question is not as it should be")]
    Faults(Vec<Fault>),
}

/// Reads a body.
pub(crate) fn parse(body: &[u8], admission: &Admission) -> Result<Asked, InvalidQuestion> {
    let Distinct(value) = serde_json::from_slice(body).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        if error.is_data() {
            InvalidQuestion::KeyTwice { line, column }
        } else {
            InvalidQuestion::Json { line, column }
        }
    })?;
    let mut faults = Faults::default();
    let asked = read(&value, admission, &mut faults);
    faults.settle(asked).map_err(InvalidQuestion::Faults)
}

fn read(value: &Value, admission: &Admission, faults: &mut Faults) -> Option<Asked> {
    const KEYS: [&str; 8] =
        ["person", "persons", "period", "requester", "caseId", "purpose", "correlationId", "include"];
    let body = Object::open(value, String::new(), &KEYS, faults)?;
    // Each is read before any is missed, so that all faults are found.
    let persons = persons::read(&body, admission.identity_check, faults);
    let period = nested(&body, "period", faults, period);
    let requester = nested(&body, "requester", faults, requester);
    let case = body.required("caseId", faults, CaseId::parse);
    let purpose = body.required("purpose", faults, Purpose::parse);
    let correlation_id = body.optional("correlationId", faults, CorrelationId::parse);
    let include = include(&body, faults);
    let (period, requester, case, purpose) = (period?, requester?, case?, purpose?);
    let (correlation_id, include) = (correlation_id?, include?);
    let about = |person| Question {
        id: admission.id,
        asked_on: admission.asked_on,
        person,
        period,
        requester: requester.clone(),
        case: case.clone(),
        purpose: purpose.clone(),
        correlation_id: correlation_id.clone(),
        include: include.clone(),
    };
    Some(match persons? {
        Persons::One(person) => Asked::Person(Box::new(about(person))),
        Persons::Household(persons) => {
            let member = |(relation, person)| Member { relation, question: about(person) };
            Asked::Household(persons.into_iter().map(member).collect())
        }
    })
}

/// Reads an object that must be there.
fn nested<T>(
    body: &Object<'_>,
    key: &str,
    faults: &mut Faults,
    read: fn(&Value, String, &mut Faults) -> Option<T>,
) -> Option<T> {
    let Some(value) = body.value(key) else {
        faults.push(body.at(key), "missing");
        return None;
    };
    read(value, body.at(key), faults)
}

fn period(value: &Value, pointer: String, faults: &mut Faults) -> Option<Period> {
    let period = Object::open(value, pointer, &["from", "to"], faults)?;
    let from = period.required("from", faults, date);
    let to = period.required("to", faults, date);
    let read = Period::new(from?, to?).ok();
    if read.is_none() {
        faults.push(period.at("to"), "expected a day that is not before `from`");
    }
    read
}

/// A full date of RFC 3339.
fn date(text: &str) -> Result<Date, &'static str> {
    let shaped = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() });
    shaped.then(|| text.parse().ok()).flatten().ok_or("expected a date `yyyy-MM-dd`")
}

fn requester(value: &Value, pointer: String, faults: &mut Faults) -> Option<Requester> {
    let requester = Object::open(value, pointer, &["organisationNumber", "name", "caseworker"], faults)?;
    let number = requester.required("organisationNumber", faults, str::parse);
    // A name is held to the same bounds as a caseworker's.
    let name = requester.required("name", faults, |name| match Caseworker::parse(name) {
        Ok(name) => Ok(name.as_str().to_owned()),
        Err(_) => Err("expected 1 to 256 bytes that are not all white space, without control characters"),
    });
    let caseworker = requester.required("caseworker", faults, Caseworker::parse);
    let organisation = Organisation { number: number?, name: name? };
    Some(Requester { organisation, caseworker: caseworker?, processors: Vec::new() })
}

/// The base services that are included: all of them where nothing is said.
fn include(body: &Object<'_>, faults: &mut Faults) -> Option<BTreeMap<AgencyId, Inclusion>> {
    let named = match body.value("include") {
        None => return Some(BASE_SERVICES.map(|agency| (agency, Inclusion::default())).into()),
        Some(Value::Array(named)) if !named.is_empty() => named,
        Some(_) => {
            faults.push(body.at("include"), "expected a list of at least one base service, or nothing for all");
            return None;
        }
    };
    let mut include = BTreeMap::new();
    for (position, name) in named.iter().enumerate() {
        let agency = name.as_str().and_then(|name| BASE_SERVICES.into_iter().find(|agency| agency.as_str() == name));
        let at = join(&body.at("include"), &position.to_string());
        match agency {
            None => faults.push(
                at,
                format_args!("expected one of `{}`", BASE_SERVICES.map(|agency| agency.to_string()).join("`, `")),
            ),
            Some(agency) => {
                if include.insert(agency, Inclusion::default()).is_some() {
                    faults.push(at, "named twice");
                }
            }
        }
    }
    Some(include)
}

#[cfg(test)]
mod tests;
