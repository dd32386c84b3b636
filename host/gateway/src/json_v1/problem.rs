//! Errors as problem details: the one table.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use ssbtx_broker::{Closed, Unanswered};
use ssbtx_core::Role;
use utoipa::ToSchema;

use super::openapi::words;
use super::question::InvalidQuestion;
use crate::case_gate::NotPassed;
use crate::limited::NotAnswered;
use crate::limits::LimitReached;
use crate::reading::Fault;

/// Why a call is refused. None of it quotes a value.
///
/// The types are published: one never changes its meaning and none is used again.
///
/// # Source
///
/// RFC 9457.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Problem {
    /// A body that is no JSON.
    #[error("body is no JSON, at line {line}, column {column}")]
    MalformedJson {
        /// Line, from 1.
        line: usize,
        /// Column, from 1; 0 at the start of a line.
        column: usize,
    },
    /// JSON with a key twice in one object.
    #[error("body has a key twice in one object, at line {line}, column {column}")]
    KeyTwice {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// JSON that is no question.
    #[error("question is not as it should be, `errors` says where")]
    InvalidQuestion(Vec<Fault>),
    /// A certificate that no consumer is registered with.
    #[error("certificate belongs to no registered consumer")]
    NotRegistered,
    /// An organisation that the consumer does not act for.
    #[error("`requester/organisationNumber` is neither the certificate's nor one that it is registered to act for")]
    NotYourOrganisation,
    /// An organisation whose cases the consumer does not keep.
    #[error("`organisationNumber` is neither the certificate's nor one that it is registered to act for")]
    NotYourCase,
    /// No policy decides for the certificate's role.
    #[error("no policy is loaded for role `{0}`")]
    RoleWithoutPolicy(Role),
    /// No such path.
    #[error("there is nothing at this path")]
    NotFound,
    /// A path without this method.
    #[error("this path has another method")]
    MethodNotAllowed,
    /// A body that did not arrive in time, or not whole.
    #[error("body did not arrive whole and in time")]
    NotWhole,
    /// A body over the limit.
    #[error("body is larger than {0} bytes")]
    TooLarge(usize),
    /// A content type that is not `application/json`.
    #[error("content type is another, expected `application/json`")]
    ContentType,
    /// Only media types are accepted that the answer does not come in.
    #[error("what the path gives comes in no media type that `accept` names")]
    NotAcceptable,
    /// A limit of the consumer's or the caseworker's.
    #[error(transparent)]
    Limit(LimitReached),
    /// A person outside of the open cases that the consumer is held to.
    #[error(
        "person is not registered in an open case with this `caseId` and organisation: register it with `PUT /v1/cases/{{id}}`, or ask in another"
    )]
    CaseNotOpen,
    /// Open cases that cannot be read or written.
    #[error("open cases cannot be read or written at present")]
    CasesUnavailable,
    /// JSON that registers no case, or a case id that is none.
    #[error("case is not as it should be, `errors` says where")]
    InvalidCase(Vec<Fault>),
    /// A case that is not open, or never was.
    #[error("no case of this id is open for the organisation")]
    UnknownCase,
    /// More cases than a consumer may have open.
    #[error("consumer has `{0}` open cases, which is as many as it may have: close those that have ended")]
    TooManyCases(u64),
    /// No question is answered at present.
    #[error(transparent)]
    Closed(#[from] Closed),
    /// A fault of ours.
    #[error("question was broken off by a fault of the service")]
    BrokenOff,
    /// The record could not be written.
    #[error("question could not be recorded, so it has no answer")]
    NotRecorded,
}

/// Why a call is refused (RFC 9457). None of it quotes a value.
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
#[serde(rename_all = "camelCase")]
pub(super) struct Body<'p> {
    /// What kind of problem it is: it keeps its meaning for ever.
    #[schema(format = "uri-reference")]
    r#type: &'static str,
    /// The same for every problem of its type.
    title: &'static str,
    /// The status of the response.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// What is wrong this time.
    detail: String,
    /// Everything that is wrong with a question that is not as it should be.
    #[serde(skip_serializing_if = "<[Fault]>::is_empty")]
    #[schema(required = false, min_items = 1, max_items = 100)]
    errors: &'p [Fault],
    /// Which limit is reached, where one is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = words::limit)]
    limit: Option<&'static str>,
    /// After how many seconds there may be room again, where a limit is reached: as `retry-after`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1)]
    retry_after_seconds: Option<u64>,
}

impl Problem {
    /// Status, type and title.
    fn told(&self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::MalformedJson { .. } => (StatusCode::BAD_REQUEST, "/problems/malformed-json", "The body is no JSON"),
            Self::KeyTwice { .. } | Self::InvalidQuestion(_) => {
                (StatusCode::BAD_REQUEST, "/problems/invalid-question", "The question is not as it should be")
            }
            Self::NotRegistered => {
                (StatusCode::FORBIDDEN, "/problems/not-registered", "The certificate is not registered")
            }
            Self::NotYourOrganisation | Self::NotYourCase => (
                StatusCode::FORBIDDEN,
                "/problems/not-your-organisation",
                "The consumer does not act for this organisation",
            ),
            Self::RoleWithoutPolicy(_) => {
                (StatusCode::FORBIDDEN, "/problems/role-without-policy", "The role has no policy")
            }
            Self::NotFound => (StatusCode::NOT_FOUND, "/problems/not-found", "There is nothing here"),
            Self::MethodNotAllowed => {
                (StatusCode::METHOD_NOT_ALLOWED, "/problems/method-not-allowed", "The method is another")
            }
            Self::NotWhole => (StatusCode::REQUEST_TIMEOUT, "/problems/body-not-whole", "The body did not arrive"),
            Self::TooLarge(_) => (StatusCode::PAYLOAD_TOO_LARGE, "/problems/body-too-large", "The body is too large"),
            Self::ContentType => {
                (StatusCode::UNSUPPORTED_MEDIA_TYPE, "/problems/unsupported-media-type", "The content type is another")
            }
            Self::NotAcceptable => {
                (StatusCode::NOT_ACCEPTABLE, "/problems/not-acceptable", "The accepted media types are others")
            }
            Self::CaseNotOpen => (StatusCode::FORBIDDEN, "/problems/case-not-open", "The person is in no open case"),
            Self::CasesUnavailable => (
                StatusCode::SERVICE_UNAVAILABLE,
                "/problems/cases-unavailable",
                "The open cases cannot be read or written",
            ),
            Self::InvalidCase(_) => {
                (StatusCode::BAD_REQUEST, "/problems/invalid-case", "The case is not as it should be")
            }
            Self::UnknownCase => (StatusCode::NOT_FOUND, "/problems/unknown-case", "There is no such open case"),
            Self::TooManyCases(_) => {
                (StatusCode::CONFLICT, "/problems/too-many-cases", "The consumer has too many open cases")
            }
            Self::Limit(_) => (StatusCode::TOO_MANY_REQUESTS, "/problems/limit-reached", "A limit is reached"),
            Self::Closed(Closed::TrustExpired) => {
                (StatusCode::SERVICE_UNAVAILABLE, "/problems/trust-expired", "The rules of the service have expired")
            }
            Self::BrokenOff => {
                (StatusCode::INTERNAL_SERVER_ERROR, "/problems/broken-off", "The question was broken off")
            }
            Self::NotRecorded => {
                (StatusCode::SERVICE_UNAVAILABLE, "/problems/not-recorded", "The question could not be recorded")
            }
        }
    }

    /// Its type, which is stable.
    pub(crate) fn code(&self) -> &'static str {
        self.told().1
    }

    /// The limit that it is about, if it is about one.
    pub(crate) fn limit(&self) -> Option<&LimitReached> {
        if let Self::Limit(reached) = self { Some(reached) } else { None }
    }

    /// Its status.
    pub(super) fn status(&self) -> StatusCode {
        self.told().0
    }

    /// What is told of it.
    pub(super) fn body(&self) -> Body<'_> {
        let (status, r#type, title) = self.told();
        Body {
            r#type,
            title,
            status: status.as_u16(),
            detail: self.to_string(),
            errors: self.errors(),
            limit: self.limit().map(|reached| reached.limit.label()),
            retry_after_seconds: self.limit().map(|reached| reached.retry_after.as_secs()),
        }
    }

    fn errors(&self) -> &[Fault] {
        if let Self::InvalidQuestion(faults) | Self::InvalidCase(faults) = self { faults } else { &[] }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status();
        let retry_after = self.limit().map(|reached| reached.retry_after.as_secs());
        let mut response = match serde_json::to_vec(&self.body()) {
            Ok(body) => (status, [(header::CONTENT_TYPE, PROBLEM_JSON)], body).into_response(),
            Err(_) => status.into_response(),
        };
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<InvalidQuestion> for Problem {
    fn from(invalid: InvalidQuestion) -> Self {
        match invalid {
            InvalidQuestion::Json { line, column } => Self::MalformedJson { line, column },
            InvalidQuestion::KeyTwice { line, column } => Self::KeyTwice { line, column },
            InvalidQuestion::Faults(faults) => Self::InvalidQuestion(faults),
        }
    }
}

impl From<NotAnswered> for Problem {
    fn from(refusal: NotAnswered) -> Self {
        match refusal {
            NotAnswered::Limit(reached) => Self::Limit(reached),
            NotAnswered::Gate(NotPassed::CaseNotOpen) => Self::CaseNotOpen,
            NotAnswered::Gate(NotPassed::Unreadable) => Self::CasesUnavailable,
            NotAnswered::Unanswered(unanswered) => unanswered.into(),
        }
    }
}

impl From<Unanswered> for Problem {
    fn from(unanswered: Unanswered) -> Self {
        match unanswered {
            Unanswered::Closed(closed) => Self::Closed(closed),
            Unanswered::RoleWithoutPolicy(role) => Self::RoleWithoutPolicy(role),
            Unanswered::NotRecorded(_) => Self::NotRecorded,
            Unanswered::BrokenOff => Self::BrokenOff,
        }
    }
}

const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");

#[cfg(test)]
pub(super) use tests::every_problem;

#[cfg(test)]
mod tests;
