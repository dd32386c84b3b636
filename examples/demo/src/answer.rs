//! What the demo reads of an answer of the JSON front.

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::value::RawValue;

/// The whole answer, borrowed from its text: a document keeps the digits that the agency wrote.
#[derive(Deserialize)]
pub struct AnswerBody<'a> {
    /// One part per base service.
    #[serde(borrow)]
    pub parts: Vec<PartBody<'a>>,
}

/// One base service's part.
#[derive(Deserialize)]
pub struct PartBody<'a> {
    /// The base service.
    pub agency: String,
    /// How it went.
    pub state: State,
    /// Whose data it is.
    pub disclosers: Vec<DiscloserBody>,
    /// What the role may see.
    #[serde(borrow)]
    pub document: Option<&'a RawValue>,
    /// What the role may not see.
    #[serde(default)]
    pub withheld: Vec<WithheldBody>,
    /// Datasets that the base service could not give this time.
    #[serde(default)]
    pub failures: Vec<DatasetFailureBody>,
    /// Why nothing was found.
    pub reason: Option<NoticeBody>,
    /// Why there is no answer.
    pub failure: Option<NoticeBody>,
}

/// An agency whose data a part holds.
#[derive(Deserialize)]
pub struct DiscloserBody {
    /// The agency.
    pub agency: String,
    /// How it went for this agency.
    pub state: State,
}

/// The six states of a part.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// The agency has given data.
    Answered,
    /// The agency has nothing.
    NothingFound,
    /// The asker did not want this agency.
    NotAsked,
    /// The role may see nothing of it.
    NotPermitted,
    /// It could not answer.
    Failed,
    /// It did not answer in time.
    TimedOut,
}

/// An element that is left out.
#[derive(Deserialize)]
pub struct WithheldBody {
    /// The path below the root; empty for the whole document.
    pub element: String,
    /// The reason's stable name.
    pub reason: String,
    /// The legal basis that it is about.
    pub basis: Option<String>,
}

/// A dataset that could not be given.
#[derive(Deserialize)]
pub struct DatasetFailureBody {
    /// The dataset.
    pub dataset: String,
    /// Why, in Swedish.
    pub message: String,
}

/// A code and what it means.
#[derive(Deserialize)]
pub struct NoticeBody {
    /// The code.
    pub code: String,
    /// What it means, in Swedish.
    pub message: String,
}

impl<'a> AnswerBody<'a> {
    /// Reads an answer's text.
    pub fn read(json: &'a str) -> Result<Self> {
        serde_json::from_str(json).context("read the JSON answer")
    }
}

impl State {
    /// The stable name, as the answer writes it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::NothingFound => "nothing-found",
            Self::NotAsked => "not-asked",
            Self::NotPermitted => "not-permitted",
            Self::Failed => "failed",
            Self::TimedOut => "timed-out",
        }
    }
}
