//! What a span may say.

use std::borrow::Cow;

use ssbtx_core::{AgencyId, Front, QuestionId, Role};

/// One thing that a span says. This list is all that can leave the host in a trace: there is no variant for a text.
///
/// `&'static str` stands for a word of the host's own source, such as the `label` of a state; what came from outside has no such lifetime.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attribute {
    /// The front that a question came through.
    Front(Front),
    /// The role that it was asked in: a name that the operator has registered and governance has signed.
    Role(Role),
    /// The question's id, as in its audit record: random, and no one's name.
    Question(QuestionId),
    /// The base service.
    Agency(AgencyId),
    /// How it ended.
    State(&'static str),
    /// The HTTP status that the host answered with, or the base service.
    Status(u16),
}

/// The value of an attribute, for whoever writes it down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttributeValue {
    /// A name, an id or a word.
    Text(Cow<'static, str>),
    /// A number.
    Number(i64),
}

impl Attribute {
    /// The stable name. `http.response.status_code` is OpenTelemetry's own.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Front(_) => "ssbtx.front",
            Self::Role(_) => "ssbtx.role",
            Self::Question(_) => "ssbtx.question",
            Self::Agency(_) => "ssbtx.agency",
            Self::State(_) => "ssbtx.state",
            Self::Status(_) => "http.response.status_code",
        }
    }

    /// The value.
    pub fn value(&self) -> AttributeValue {
        AttributeValue::Text(match self {
            Self::Front(front) => front.label().into(),
            Self::Role(role) => role.as_str().to_owned().into(),
            Self::Question(id) => id.to_string().into(),
            Self::Agency(agency) => agency.as_str().to_owned().into(),
            Self::State(state) => (*state).into(),
            Self::Status(status) => return AttributeValue::Number(i64::from(*status)),
        })
    }
}
