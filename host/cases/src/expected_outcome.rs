//! What must come of a question.

use std::fmt;

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::difference::difference;

/// What must come of a question and its replies: the part of an answer that follows from the adapter.
///
/// # Shape
///
/// JSON, as `ssbtx adapter try` prints an outcome: `state`, `marksProtection`, and, where they are there, `document`, `unknownElements`, `failures`,
/// `reason`, `failure`. `agency` and every `message` may stand in it and are passed over: an adapter says whose it is by itself, and a message is
/// for people, so that it may be worded anew without breaking a case.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ExpectedOutcome {
    #[serde(default, skip_serializing)]
    #[expect(dead_code, reason = "read, so that it may stand in the form, and passed over")]
    agency: Option<IgnoredAny>,
    state: OutcomeState,
    marks_protection: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    document: Option<Box<RawValue>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unknown_elements: Option<u32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    failures: Vec<CodeFile>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<CodeFile>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    failure: Option<CodeFile>,
}

/// A text that is no expected outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidOutcome {
    /// An unknown, missing or misshapen key.
    #[error("expected outcome is not in its form at line {line}, column {column}")]
    Shape {
        /// The line, from 1.
        line: usize,
        /// The column, from 1; 0 where the line as a whole is meant.
        column: usize,
    },
    /// Something that this state does not have: a document of a failure, a failure of an answer.
    #[error("expected outcome is `{0}` and has what no such outcome has")]
    Combination(&'static str),
}

/// How an outcome is not the expected one. It holds no value of a document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Difference {
    /// Another state.
    #[error("state is `{found}`, expected `{expected}`")]
    State {
        /// The state.
        found: &'static str,
        /// The expected one.
        expected: &'static str,
    },
    /// Other codes: of a failure, of the reason why nothing was found, of datasets that failed.
    #[error("{what} is `{found}`, expected `{expected}`")]
    Code {
        /// Of what.
        what: &'static str,
        /// The codes; empty where there is none.
        found: String,
        /// The expected ones; empty where none is.
        expected: String,
    },
    /// Another word on whether the person's identity is protected.
    #[error("document marks a protected identity: `{found}`, expected `{expected}`")]
    MarksProtection {
        /// Whether it does.
        found: bool,
        /// Whether it should.
        expected: bool,
    },
    /// More or fewer elements that the catalogue does not know.
    #[error("document has {found} unknown elements, expected {expected}")]
    UnknownElements {
        /// How many.
        found: u32,
        /// How many it should have.
        expected: u32,
    },
    /// Another document.
    #[error("document is not the expected one at `{0}`")]
    Document(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum OutcomeState {
    Answered,
    NothingFound,
    Failed,
    TimedOut,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CodeFile {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    dataset: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    code: String,
    #[serde(default, skip_serializing)]
    #[expect(dead_code, reason = "read, so that it may stand in the form, and passed over")]
    message: Option<IgnoredAny>,
}

impl ExpectedOutcome {
    /// Reads an expected outcome.
    ///
    /// # Errors
    ///
    /// [`InvalidOutcome`], which says where it is wrong and quotes nothing.
    pub fn parse(text: &str) -> Result<Self, InvalidOutcome> {
        let outcome: Self = serde_json::from_str(text)
            .map_err(|error| InvalidOutcome::Shape { line: error.line(), column: error.column() })?;
        outcome.check()?;
        Ok(outcome)
    }

    /// Holds what was read to what its state can have.
    pub(crate) fn check(&self) -> Result<(), InvalidOutcome> {
        let fits = match self.state {
            OutcomeState::Answered => self.document.is_some() && self.reason.is_none() && self.failure.is_none(),
            OutcomeState::NothingFound => self.failures.is_empty() && self.failure.is_none(),
            OutcomeState::Failed => self.has_no_document() && self.reason.is_none() && self.failure.is_some(),
            OutcomeState::TimedOut => self.has_no_document() && self.reason.is_none() && self.failure.is_none(),
        };
        if fits { Ok(()) } else { Err(InvalidOutcome::Combination(self.state.label())) }
    }

    fn has_no_document(&self) -> bool {
        self.document.is_none() && self.failures.is_empty() && !self.marks_protection
    }

    /// The first way in which what was found is not this.
    pub fn difference_from(&self, found: &Self) -> Option<Difference> {
        if found.state != self.state {
            return Some(Difference::State { found: found.state.label(), expected: self.state.label() });
        }
        let codes = [
            ("failure", CodeFile::written(found.failure.as_slice()), CodeFile::written(self.failure.as_slice())),
            ("reason", CodeFile::written(found.reason.as_slice()), CodeFile::written(self.reason.as_slice())),
            ("failures of datasets", CodeFile::written(&found.failures), CodeFile::written(&self.failures)),
        ];
        if let Some((what, found, expected)) = codes.into_iter().find(|(_, found, expected)| found != expected) {
            return Some(Difference::Code { what, found, expected });
        }
        if found.marks_protection != self.marks_protection {
            let (found, expected) = (found.marks_protection, self.marks_protection);
            return Some(Difference::MarksProtection { found, expected });
        }
        let unknown = |outcome: &Self| outcome.unknown_elements.unwrap_or_default();
        if unknown(found) != unknown(self) {
            return Some(Difference::UnknownElements { found: unknown(found), expected: unknown(self) });
        }
        match (&found.document, &self.document) {
            (None, None) => None,
            (Some(found), Some(expected)) => difference(found, expected).map(Difference::Document),
            (Some(_), None) | (None, Some(_)) => Some(Difference::Document("/".to_owned())),
        }
    }
}

impl OutcomeState {
    fn label(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::NothingFound => "nothing-found",
            Self::Failed => "failed",
            Self::TimedOut => "timed-out",
        }
    }
}

impl CodeFile {
    /// Codes in one line, such as `BT 9071003`.
    fn written(codes: &[Self]) -> String {
        let one = |code: &Self| {
            let before = code.dataset.iter().chain(&code.source).map(|word| format!("{word} "));
            before.collect::<String>() + &code.code
        };
        codes.iter().map(one).collect::<Vec<String>>().join(", ")
    }
}

impl fmt::Debug for ExpectedOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExpectedOutcome").field("state", &self.state).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
