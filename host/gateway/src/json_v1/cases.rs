//! `/v1/cases/{id}`: a consumer's open cases, from request to response.

use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use ssbtx_core::{CaseId, IdentityCheck, OrganisationNumber, PersonId, Relation, without_identity_numbers};
use ssbtx_open_cases::{CaseLimits, KnownCase, NotRegistered, Registered};
use utoipa::ToSchema;

use super::distinct::Distinct;
use super::problem::Problem;
use super::question::household_of;
use super::questions::is_json;
use super::resources::json;
use crate::consumers::Caller;
use crate::limited::{CaseRefused, Limited};
use crate::reading::{Fault, Faults, Object};

/// A call about one case.
pub(crate) struct CaseCall {
    pub(crate) broker: Limited,
    pub(crate) caller: Caller,
    /// The id in the path, decoded; nothing where it is no UTF-8.
    pub(crate) id: Option<String>,
    pub(crate) identity_check: IdentityCheck,
}

/// A case that is open. Who is in it is told to nobody.
#[derive(Serialize, ToSchema)]
#[schema(as = OpenCase)]
pub(super) struct CaseBody {
    /// How many persons are in it.
    #[schema(minimum = 1, maximum = 20)]
    persons: u64,
    /// From when it is open no longer, unless it is registered again.
    #[schema(format = "date-time")]
    until: String,
}

/// What a body registers.
struct Registration {
    organisation: OrganisationNumber,
    persons: Vec<(PersonId, Relation)>,
    until: Option<Timestamp>,
}

/// `PUT /v1/cases/{id}`
pub(crate) async fn register(call: &CaseCall, headers: &HeaderMap, body: &[u8]) -> Result<Response, Problem> {
    if !is_json(headers) {
        return Err(Problem::ContentType);
    }
    let case = call.case()?;
    let Registration { organisation, persons, until } = call.registration(body)?;
    call.may_speak_for(&organisation)?;
    let kept = call.broker.register_case(&call.caller, (&organisation, &case), &persons, until).await?;
    let mut response = json(&CaseBody::of(&kept.known))?;
    if kept.registered == Registered::New {
        *response.status_mut() = StatusCode::CREATED;
    }
    Ok(response)
}

/// `DELETE /v1/cases/{id}`
pub(crate) async fn close(call: &CaseCall, query: Option<&str>) -> Result<Response, Problem> {
    let (case, organisation) = (call.case()?, call.organisation(query)?);
    call.broker.close_case(&call.caller, (&organisation, &case)).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `GET /v1/cases/{id}`
pub(crate) async fn known(call: &CaseCall, query: Option<&str>) -> Result<Response, Problem> {
    let (case, organisation) = (call.case()?, call.organisation(query)?);
    json(&CaseBody::of(&call.broker.known_case(&call.caller, (&organisation, &case)).await?))
}

impl CaseCall {
    /// The id, by the rules of a question's case; a path is seen by more eyes than a body, so an identity number does not belong there.
    fn case(&self) -> Result<CaseId, Problem> {
        let invalid = |detail: String| Problem::InvalidCase(vec![Fault { pointer: String::new(), detail }]);
        let id = self.id.as_deref().ok_or_else(|| invalid("expected a case id in UTF-8 in the path".to_owned()))?;
        let case = CaseId::parse(id).map_err(|error| invalid(format!("case id in the path: {error}")))?;
        if without_identity_numbers(id) == id {
            Ok(case)
        } else {
            Err(invalid("expected a case id in the path that is not, and does not hold, an identity number".to_owned()))
        }
    }

    fn registration(&self, body: &[u8]) -> Result<Registration, Problem> {
        let Distinct(value) = serde_json::from_slice(body).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            if !error.is_data() {
                return Problem::MalformedJson { line, column };
            }
            let detail = format!("a key stands twice in one object, at line {line}, column {column}");
            Problem::InvalidCase(vec![Fault { pointer: String::new(), detail }])
        })?;
        let mut faults = Faults::default();
        let registration = read(&value, self.identity_check, &mut faults);
        faults.settle(registration).map_err(Problem::InvalidCase)
    }

    /// The organisation of a path's query, which is the consumer's own where nothing is said.
    fn organisation(&self, query: Option<&str>) -> Result<OrganisationNumber, Problem> {
        let organisation = match query {
            None | Some("") => self.caller.organisation().clone(),
            Some(query) => {
                let number = query.strip_prefix("organisationNumber=").and_then(|number| number.parse().ok());
                let detail = "expected no query, or `organisationNumber` with one organisation number".to_owned();
                number.ok_or_else(|| Problem::InvalidCase(vec![Fault { pointer: String::new(), detail }]))?
            }
        };
        self.may_speak_for(&organisation)?;
        Ok(organisation)
    }

    fn may_speak_for(&self, organisation: &OrganisationNumber) -> Result<(), Problem> {
        if self.caller.speaks_for(organisation) { Ok(()) } else { Err(Problem::NotYourCase) }
    }
}

fn read(value: &Value, check: IdentityCheck, faults: &mut Faults) -> Option<Registration> {
    let body = Object::open(value, String::new(), &["organisationNumber", "persons", "until"], faults)?;
    let organisation = body.required("organisationNumber", faults, str::parse);
    let persons = if let Some(persons) = body.value("persons") {
        household_of(persons, &body.at("persons"), CaseLimits::MOST_PERSONS, check, faults)
    } else {
        faults.push(body.at("persons"), "missing");
        None
    };
    let until = body.optional("until", faults, time);
    let persons = persons?.into_iter().map(|(relation, person)| (person, relation)).collect();
    Some(Registration { organisation: organisation?, persons, until: until? })
}

/// A time of RFC 3339, in whole seconds.
fn time(text: &str) -> Result<Timestamp, &'static str> {
    const EXPECTED: &str = "expected a time such as `2026-12-31T23:00:00Z`";
    let time: Timestamp = text.parse().map_err(|_| EXPECTED)?;
    if time.subsec_nanosecond() == 0 { Ok(time) } else { Err(EXPECTED) }
}

impl CaseBody {
    fn of(known: &KnownCase) -> Self {
        Self { persons: known.persons, until: known.until.to_string() }
    }
}

impl From<CaseRefused> for Problem {
    fn from(refused: CaseRefused) -> Self {
        match refused {
            CaseRefused::NotKept => Self::NotFound,
            CaseRefused::Limit(reached) => Self::Limit(reached),
            CaseRefused::Unknown => Self::UnknownCase,
            CaseRefused::NotRecorded(_) => Self::NotRecorded,
            CaseRefused::NotRegistered(NotRegistered::NoRoom { most }) => Self::TooManyCases(most),
            CaseRefused::NotRegistered(NotRegistered::Store(_)) => Self::CasesUnavailable,
            CaseRefused::NotRegistered(NotRegistered::Persons { .. }) => {
                fault_at("/persons", format!("expected a list of 1 to {} persons", CaseLimits::MOST_PERSONS))
            }
            CaseRefused::NotRegistered(NotRegistered::Until { last, .. }) => {
                fault_at("/until", format!("expected a time after now and not after `{last}`"))
            }
        }
    }
}

fn fault_at(pointer: &str, detail: String) -> Problem {
    Problem::InvalidCase(vec![Fault { pointer: pointer.to_owned(), detail }])
}

#[cfg(test)]
mod tests;
