//! Errors as problem details: the one table.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use ssbtx_broker::{Closed, Unanswered};
use ssbtx_core::Role;

use super::question::InvalidQuestion;
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
    /// A limit of the consumer's or the caseworker's.
    #[error(transparent)]
    Limit(LimitReached),
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

/// The body of a problem.
#[derive(Serialize)]
struct Body<'p> {
    r#type: &'static str,
    title: &'static str,
    status: u16,
    detail: String,
    #[serde(skip_serializing_if = "<[Fault]>::is_empty")]
    errors: &'p [Fault],
    #[serde(flatten)]
    limit: Option<LimitBody>,
}

/// What a problem with a limit says besides.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LimitBody {
    limit: &'static str,
    retry_after_seconds: u64,
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
            Self::NotYourOrganisation => (
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

    fn errors(&self) -> &[Fault] {
        if let Self::InvalidQuestion(faults) = self { faults } else { &[] }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, r#type, title) = self.told();
        let retry_after = self.limit().map(|reached| reached.retry_after.as_secs());
        let limit = self.limit().map(|reached| LimitBody {
            limit: reached.limit.label(),
            retry_after_seconds: reached.retry_after.as_secs(),
        });
        let (detail, errors) = (self.to_string(), self.errors());
        let body = Body { r#type, title, status: status.as_u16(), detail, errors, limit };
        let mut response = match serde_json::to_vec(&body) {
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
mod tests;
