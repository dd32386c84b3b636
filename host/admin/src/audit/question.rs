//! What is asked, from the outside to typed.

use std::ops::Range;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use http::header;
use jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use ssbtx_audit::{LookUpRequest, Month, Months};
use ssbtx_core::{IdentityCheck, OrganisationNumber, PersonId};
use zeroize::Zeroizing;

use super::problem::Problem;

/// The body of `POST /admin/audit/caseworker`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CaseworkerQuestion {
    organisation: String,
    caseworker: String,
    from: Timestamp,
    before: Timestamp,
}

impl CaseworkerQuestion {
    /// The authority, the name and the time.
    pub(super) fn parsed(self) -> Result<(OrganisationNumber, String, Range<Timestamp>), Problem> {
        let organisation = self.organisation.parse().map_err(|_| Problem::Member("organisation"))?;
        if self.caseworker.trim().is_empty() {
            return Err(Problem::Member("caseworker"));
        }
        if self.from >= self.before {
            return Err(Problem::Member("before"));
        }
        Ok((organisation, self.caseworker, self.from..self.before))
    }
}

/// The body of `POST /admin/audit/person`: the request as the officers signed it, and the number that it is about.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PersonQuestion {
    request: Box<RawValue>,
    person: Number,
}

impl PersonQuestion {
    /// The request, and the person.
    pub(super) fn parsed(self) -> Result<(LookUpRequest, PersonId), Problem> {
        let request = self.request.get().parse().map_err(|_| Problem::Member("request"))?;
        // As strictly as the loosest question: a person may be in the log under a number without a check digit.
        let person = PersonId::parse(&self.person.0, IdentityCheck::TwelveDigits);
        Ok((request, person.map_err(|_| Problem::Member("person"))?))
    }
}

/// An identity number on its way in, wiped from memory.
struct Number(Zeroizing<String>);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|number| Self(Zeroizing::new(number)))
    }
}

/// Reads the months of a query, `from=2026-10&to=2026-11`; without `to`, one month.
pub(super) fn months(query: Option<&str>, now: Timestamp) -> Result<Months, Problem> {
    let (mut from, mut to): (Option<Month>, Option<Month>) = (None, None);
    for pair in query.unwrap_or_default().split('&').filter(|pair| !pair.is_empty()) {
        let into = match pair.split_once('=') {
            Some(("from", _)) => &mut from,
            Some(("to", _)) => &mut to,
            Some(_) | None => return Err(Problem::Query),
        };
        let month = pair.split_once('=').map_or("", |(_, value)| value).parse().map_err(Problem::Months)?;
        if into.replace(month).is_some() {
            return Err(Problem::Query);
        }
    }
    let from = from.ok_or(Problem::Query)?;
    Months::new(from, to.unwrap_or(from), now).map_err(Problem::Months)
}

/// Reads a body of JSON.
pub(super) async fn body<T: DeserializeOwned>(request: Request<Body>) -> Result<T, Problem> {
    let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let media_type = content_type.and_then(|it| it.split(';').next()).map(str::trim);
    if media_type != Some("application/json") {
        return Err(Problem::ContentType);
    }
    let bytes = to_bytes(request.into_body(), BODY_BYTES).await.map_err(|_| Problem::TooLarge)?;
    let bytes = Zeroizing::new(Vec::from(bytes));
    serde_json::from_slice(&bytes).map_err(|_| Problem::Body)
}

/// Ten times what a request with twenty signatures takes.
const BODY_BYTES: usize = 64 * 1024;
