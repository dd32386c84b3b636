//! Why a question about the audit log has no answer: the one table.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use serde_json::json;
use ssbtx_audit::{InvalidMonth, NotAnswered, NotListed, SearchFault};
use tracing::error;

/// Why there is no answer. None of it quotes a value.
#[derive(Debug, thiserror::Error)]
pub(super) enum Problem {
    /// The host has no log that it could ask.
    #[error("this host answers no questions about its audit log")]
    NotAsked,
    /// Months that are asked for in another form.
    #[error("query is not `from=2026-10`, with or without `&to=2026-11`")]
    Query,
    /// Months that cannot be reported on.
    #[error(transparent)]
    Months(InvalidMonth),
    /// A content type that is not JSON.
    #[error("content type is another, expected `application/json`")]
    ContentType,
    /// A body over the limit, or one that did not arrive.
    #[error("body is larger than 65536 bytes, or did not arrive whole")]
    TooLarge,
    /// A body that is no question.
    #[error("body is not the JSON of this question")]
    Body,
    /// A member that is not as it should be.
    #[error("`{0}` is not as it should be")]
    Member(&'static str),
    /// Another question is being answered.
    #[error("another question about the audit log is being answered")]
    Busy,
    /// What a caseworker asked is too much.
    #[error(transparent)]
    Caseworker(#[from] NotListed),
    /// A look-up that may not be.
    #[error(transparent)]
    Person(#[from] NotAnswered),
    /// The log cannot be searched.
    #[error(transparent)]
    Search(#[from] SearchFault),
    /// A fault of ours.
    #[error("question was broken off by a fault of the host")]
    BrokenOff,
}

impl Problem {
    fn table(&self) -> (StatusCode, &'static str) {
        match self {
            Self::NotAsked => (StatusCode::NOT_FOUND, "not-asked"),
            Self::Query => (StatusCode::BAD_REQUEST, "query"),
            Self::Months(InvalidMonth::Form) => (StatusCode::BAD_REQUEST, "month"),
            Self::Months(InvalidMonth::Span | InvalidMonth::NotBegun) => (StatusCode::BAD_REQUEST, "months"),
            Self::ContentType => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "content-type"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
            Self::Body => (StatusCode::BAD_REQUEST, "body"),
            Self::Member(_) => (StatusCode::BAD_REQUEST, "member"),
            Self::Person(NotAnswered::NoOfficers | NotAnswered::NoKey) => (StatusCode::FORBIDDEN, "no-officers"),
            Self::Person(NotAnswered::Refused(refused)) => (StatusCode::FORBIDDEN, refused.label()),
            Self::Person(NotAnswered::NotRecorded(_)) => (StatusCode::SERVICE_UNAVAILABLE, "not-recorded"),
            Self::Person(NotAnswered::Gone) => (StatusCode::REQUEST_TIMEOUT, "gone"),
            Self::Caseworker(NotListed::TooLong) => (StatusCode::BAD_REQUEST, "too-long"),
            Self::Caseworker(NotListed::TooMany { .. }) => (StatusCode::BAD_REQUEST, "too-many"),
            Self::Busy => (StatusCode::SERVICE_UNAVAILABLE, "busy"),
            Self::Person(NotAnswered::Search(_)) | Self::Caseworker(NotListed::Search(_)) | Self::Search(_) => {
                (StatusCode::INTERNAL_SERVER_ERROR, "log")
            }
            Self::BrokenOff => (StatusCode::INTERNAL_SERVER_ERROR, "broken-off"),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, name) = self.table();
        let is_busy = matches!(self, Self::Busy);
        if status.is_server_error() && !is_busy {
            error!(error = %self, "question about the audit log has no answer");
        }
        let problem = json!({
            "type": format!("urn:ssbtx:problem:audit:{name}"),
            "title": self.to_string(),
            "status": status.as_u16(),
        });
        let body = format!("{problem}\n");
        let mut response = (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response();
        if is_busy {
            response.headers_mut().insert(header::RETRY_AFTER, AGAIN);
        }
        response
    }
}

/// Seconds. Most questions are answered in less; the first of a long log may take minutes.
const AGAIN: HeaderValue = HeaderValue::from_static("5");
