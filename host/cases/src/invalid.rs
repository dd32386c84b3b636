//! Why cases are none.

use ssbtx_core::{InvalidAgencyId, InvalidName};

use crate::element_pattern::InvalidPattern;
use crate::expected_outcome::InvalidOutcome;
use crate::promise::InvalidPromise;
use crate::question::InvalidTrialQuestion;
use crate::recording::InvalidRecording;
use crate::test_persons::NotATestPerson;

/// Why a component's cases cannot be used. It holds no identity number: those are looked for before anything else.
#[derive(Debug, thiserror::Error)]
pub enum InvalidCases {
    /// What should carry them is no component.
    #[error("bytes are no WebAssembly component")]
    NotAComponent,
    /// Two sections with cases: one could be shown to a reviewer and the other run.
    #[error("component has more than one section `ssbtx:cases`")]
    Twice,
    /// More of something than there may be.
    #[error("cases have {found} {what}, expected at most {most}")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many there may be.
        most: usize,
    },
    /// No JSON, nested too deep, or an unknown, missing or misshapen key.
    #[error("cases are not in their form at line {line}, column {column}")]
    Shape {
        /// The line, from 1.
        line: usize,
        /// The column, from 1; 0 where the line as a whole is meant.
        column: usize,
    },
    /// Another form than this host reads.
    #[error("cases are not of the form `ssbtx-cases`, version 1, with either `policy` or `adapter`")]
    Form,
    /// About somebody who may not be tried with.
    #[error("cases may not be tried with")]
    Person(#[from] NotATestPerson),
    /// One of them is none.
    #[error("case {number} is none")]
    Case {
        /// Its number, from 1.
        number: usize,
        /// Why.
        #[source]
        cause: InvalidCase,
    },
}

impl From<serde_json::Error> for InvalidCases {
    /// Keeps the place alone: the text of such an error quotes what was found.
    fn from(error: serde_json::Error) -> Self {
        Self::Shape { line: error.line(), column: error.column() }
    }
}

/// Why a case is none.
#[derive(Debug, thiserror::Error)]
pub enum InvalidCase {
    /// Its promise.
    #[error(transparent)]
    Promise(#[from] InvalidPromise),
    /// Its agency.
    #[error(transparent)]
    Agency(#[from] InvalidAgencyId),
    /// A purpose, consent or basis.
    #[error("purpose, consent or basis is misnamed")]
    Name(#[source] InvalidName),
    /// It is about nothing.
    #[error("it names no element")]
    NoElement,
    /// A path of an element.
    #[error(transparent)]
    Pattern(#[from] InvalidPattern),
    /// Its question.
    #[error("its question is none")]
    Question(#[source] InvalidTrialQuestion),
    /// A reply.
    #[error("its reply {number} is none")]
    Reply {
        /// Its number, from 1.
        number: usize,
        /// Why.
        #[source]
        cause: InvalidRecording,
    },
    /// Its outcome.
    #[error(transparent)]
    Outcome(#[from] InvalidOutcome),
}
