//! How a question ended, in words that a metric may hold.

use crate::unanswered::Unanswered;

/// How a question ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QuestionEnding {
    /// With an answer, whatever the states of its parts.
    Answered,
    /// No question is answered at present.
    Closed,
    /// No policy decides for the asker's role.
    RoleWithoutPolicy,
    /// The record could not be written.
    NotRecorded,
    /// Its asker went away, the host was stopping, or a fault of ours ended it.
    BrokenOff,
}

impl QuestionEnding {
    /// Every ending, for tables and metrics.
    pub const ALL: [Self; 5] =
        [Self::Answered, Self::Closed, Self::RoleWithoutPolicy, Self::NotRecorded, Self::BrokenOff];

    /// The stable name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Closed => "closed",
            Self::RoleWithoutPolicy => "role-without-policy",
            Self::NotRecorded => "not-recorded",
            Self::BrokenOff => "broken-off",
        }
    }

    /// By why there is no answer, where there is none.
    pub(crate) fn of(unanswered: Option<&Unanswered>) -> Self {
        match unanswered {
            None => Self::Answered,
            Some(Unanswered::Closed(_)) => Self::Closed,
            Some(Unanswered::RoleWithoutPolicy(_)) => Self::RoleWithoutPolicy,
            Some(Unanswered::NotRecorded(_)) => Self::NotRecorded,
            Some(Unanswered::BrokenOff) => Self::BrokenOff,
        }
    }
}
