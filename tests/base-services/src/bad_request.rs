//! Why a base service refuses a question.

use http::StatusCode;

/// What is wrong with a request, without any value from it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadRequest {
    /// Another method than the base service has.
    #[error("method is `{found}`, expected `{expected}`")]
    Method {
        /// The method.
        found: String,
        /// What the base service has at that path.
        expected: &'static str,
    },
    /// Another path than the base service's.
    #[error("path is not `{expected}`")]
    Path {
        /// The base service's path.
        expected: &'static str,
    },
    /// A header that is absent or says something else.
    #[error("header `{name}` is not `{expected}`")]
    Header {
        /// Its name.
        name: &'static str,
        /// What it should say.
        expected: &'static str,
    },
    /// A body that ended early or has more than a mebibyte.
    #[error("body is broken off or too large")]
    Body,
    /// A body that is no well-formed XML in UTF-8, or has a DOCTYPE.
    #[error("body is not well-formed XML in UTF-8 without DOCTYPE")]
    NotXml,
    /// A body that is no well-formed JSON in UTF-8.
    #[error("body is not well-formed JSON in UTF-8")]
    NotJson,
    /// A JSON member that the schema does not have, or that stands there twice.
    #[error("member `{name}` of `{parent}` is not in the schema or stands there twice")]
    Member {
        /// The object.
        parent: String,
        /// The member.
        name: String,
    },
    /// A mandatory JSON member that is absent.
    #[error("member `{name}` of `{parent}` is absent")]
    Missing {
        /// The object.
        parent: String,
        /// The member.
        name: String,
    },
    /// Another element, or none, where the schema has a mandatory one.
    #[error("found `{found}` in `{parent}`, expected `{expected}`")]
    Element {
        /// The element whose content is wrong.
        parent: String,
        /// The element found in its place: its name, after its namespace in braces where that is the wrong one; `nothing` or `text`.
        found: String,
        /// What the schema has there.
        expected: String,
    },
    /// An attribute that the schema does not have.
    #[error("attribute `{name}` on `{element}` is not in the schema")]
    Attribute {
        /// The element.
        element: String,
        /// The attribute.
        name: String,
    },
    /// A value that its type does not allow.
    #[error("value of `{element}` is not {expected}")]
    Value {
        /// The element or attribute.
        element: String,
        /// What its type allows.
        expected: &'static str,
    },
}

impl BadRequest {
    /// The HTTP status of the refusal. From a SOAP service 500 comes with a SOAP fault, the others with a line of text.
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Method { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Self::Path { .. } => StatusCode::NOT_FOUND,
            Self::Header { .. } => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Body | Self::NotJson | Self::Member { .. } | Self::Missing { .. } => StatusCode::BAD_REQUEST,
            Self::NotXml | Self::Element { .. } | Self::Attribute { .. } | Self::Value { .. } => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
        }
    }
}
