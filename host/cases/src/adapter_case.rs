//! A case of an adapter.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use crate::expected_outcome::ExpectedOutcome;
use crate::file::{AdapterCaseFile, ReplyFile};
use crate::invalid::InvalidCase;
use crate::promise::Promise;
use crate::question::TrialQuestion;
use crate::recording::{InvalidRecording, Recording};

/// To this question and these replies, this is the outcome.
#[derive(Debug)]
pub struct AdapterCase {
    promise: Promise,
    question: TrialQuestion,
    replies: Vec<Recording>,
    expected: ExpectedOutcome,
}

impl AdapterCase {
    /// Takes a case as it is written.
    pub(crate) fn parse(file: AdapterCaseFile) -> Result<Self, InvalidCase> {
        let reply =
            |(reply, number): (ReplyFile, usize)| reply.parse().map_err(|cause| InvalidCase::Reply { number, cause });
        file.expected.check()?;
        Ok(Self {
            promise: file.promise.parse()?,
            question: TrialQuestion::parse_dated(file.question.get()).map_err(InvalidCase::Question)?,
            replies: file.replies.into_iter().zip(1..).map(reply).collect::<Result<_, _>>()?,
            expected: file.expected,
        })
    }

    /// What it promises.
    pub fn promise(&self) -> &Promise {
        &self.promise
    }

    /// What is asked.
    pub fn question(&self) -> &TrialQuestion {
        &self.question
    }

    /// What the base service replies to the requests, in their order.
    pub fn replies(&self) -> &[Recording] {
        &self.replies
    }

    /// What comes of it.
    pub fn expected(&self) -> &ExpectedOutcome {
        &self.expected
    }
}

impl ReplyFile {
    /// Writes down a recording: as text where it is one.
    pub(crate) fn of(bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            Ok(text) => Self::Text(text),
            Err(error) => Self::Base64(BASE64_STANDARD.encode(error.as_bytes())),
        }
    }

    fn parse(self) -> Result<Recording, InvalidRecording> {
        match self {
            Self::Text(text) => Recording::parse(text.as_bytes()),
            Self::Base64(text) => {
                let bytes = BASE64_STANDARD.decode(text).map_err(|_| InvalidRecording::Base64)?;
                Recording::parse(&bytes)
            }
        }
    }
}
