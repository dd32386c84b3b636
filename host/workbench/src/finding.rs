//! What there is to say about an adapter.

use serde::Serialize;

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How much it weighs.
    pub level: Level,
    /// The rule's stable name, in kebab case.
    pub rule: &'static str,
    /// Where: an element's path, a dataset's name, or empty for the whole catalogue.
    pub place: String,
    /// What was found there.
    pub text: String,
}

impl Finding {
    /// Something that a reviewer would send the catalogue back for.
    pub(crate) fn fault(rule: &'static str, place: impl Into<String>, text: impl Into<String>) -> Self {
        Self { level: Level::Fault, rule, place: place.into(), text: text.into() }
    }

    /// Something that a reviewer would ask about.
    pub(crate) fn warning(rule: &'static str, place: impl Into<String>, text: impl Into<String>) -> Self {
        Self { level: Level::Warning, rule, place: place.into(), text: text.into() }
    }

    /// Something that a reviewer should know.
    pub(crate) fn note(rule: &'static str, place: impl Into<String>, text: impl Into<String>) -> Self {
        Self { level: Level::Note, rule, place: place.into(), text: text.into() }
    }
}

/// How much a finding weighs. The heaviest come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// It must be mended.
    Fault,
    /// It may be meant, and must be meant by somebody.
    Warning,
    /// It is as it should be, and worth knowing.
    Note,
}

impl Level {
    /// The stable name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Fault => "fault",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}
