//! An attempt to answer with another set, and what became of it.

use std::error::Error;

use jiff::Timestamp;
use serde::Serialize;

use crate::course::Passed;
use crate::stage::Stage;
use crate::status::Origin;

/// An attempt to answer with a set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Attempt {
    /// When it ended; for one that was repeated with the same outcome, the first time.
    pub at: Timestamp,
    /// Where the set came from.
    pub origin: Origin,
    /// The version of the set, where it came so far that it is known.
    pub trust_version: Option<u64>,
    /// The stages that it passed, with how long each took.
    pub passed: Vec<Passed>,
    /// What became of it.
    #[serde(flatten)]
    pub outcome: Outcome,
    /// Which entries of its tightening were applied to the active edition before it was examined, and so stay in force if it is refused.
    pub tightening_applied: Vec<String>,
    /// How often it was tried with this outcome, one after the other.
    pub tries: u64,
    /// When it was tried last.
    pub last_tried: Timestamp,
}

/// What became of an attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "result", rename_all = "kebab-case")]
pub enum Outcome {
    /// Questions are answered with it.
    Active,
    /// It holds what the active set holds, signed anew: its expiry counts from now on.
    Renewed,
    /// Nothing of it is used, save what it withholds at once.
    Refused {
        /// The stage that it did not reach.
        stage: Stage,
        /// Why: what was wrong, then its causes.
        reasons: Vec<String>,
    },
}

/// How many attempts have ended in one way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Total {
    /// For a refusal, the stage that was not reached; else the last.
    pub stage: Stage,
    /// The name of the outcome: see [`Outcome::label`].
    pub result: &'static str,
    /// How many.
    pub count: u64,
}

impl Outcome {
    /// A refusal at a stage, for this reason.
    pub(crate) fn refused(stage: Stage, error: &(dyn Error + 'static)) -> Self {
        Self::Refused { stage, reasons: reasons(error) }
    }

    /// The stable name, as status and metrics show it.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Renewed => "renewed",
            Self::Refused { .. } => "refused",
        }
    }

    /// For a refusal, the stage that was not reached; else the last.
    pub fn stage(&self) -> Stage {
        match self {
            Self::Active | Self::Renewed => Stage::Active,
            Self::Refused { stage, .. } => *stage,
        }
    }
}

/// What an error says, then what each of its causes says that is not said yet.
pub(crate) fn reasons(error: &(dyn Error + 'static)) -> Vec<String> {
    let mut reasons: Vec<String> = Vec::new();
    let mut next = Some(error);
    while let Some(error) = next {
        let text = error.to_string();
        // Some errors repeat their cause in their own text.
        if !reasons.last().is_some_and(|said| said.ends_with(&text)) {
            reasons.push(text);
        }
        next = error.source();
    }
    reasons
}
