//! Why a question about the audit log has no answer: the one table.

use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use serde_json::json;
use ssbtx_audit::{InvalidMonth, NotAnswered, SearchFault};
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
            Self::Person(NotAnswered::Search(_)) | Self::Search(_) => (StatusCode::INTERNAL_SERVER_ERROR, "log"),
            Self::BrokenOff => (StatusCode::INTERNAL_SERVER_ERROR, "broken-off"),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let (status, name) = self.table();
        if status.is_server_error() {
            error!(error = %self, "question about the audit log has no answer");
        }
        let problem = json!({
            "type": format!("urn:ssbtx:problem:audit:{name}"),
            "title": self.to_string(),
            "status": status.as_u16(),
        });
        let body = format!("{problem}\n");
        (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response()
    }
}
