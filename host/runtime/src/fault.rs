//! How a call can fail.

use ssbtx_core::{InvalidDocument, InvalidNotice, InvalidRequest};
use wasmtime::Trap;

/// Why a call gave nothing. It quotes no value: what a component says is told to nobody before it is parsed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallFailed {
    /// The component was stopped, by a limit or by itself.
    #[error(transparent)]
    Stopped(#[from] Stop),
    /// It came to its end and gave something that its contract does not allow.
    #[error(transparent)]
    OutOfContract(#[from] Breach),
}

/// What stopped a call. Neither a trap's message nor where in the component it happened is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Stop {
    /// It ran longer than [`Limit::CallTime`](crate::Limit::CallTime).
    #[error("component was stopped: it ran longer than it may")]
    Time,
    /// It wanted more memory than it is granted and could not go on without.
    #[error("component was stopped: it wanted more memory than it may have")]
    Memory,
    /// It called itself deeper than its stack.
    #[error("component was stopped: it used up its stack")]
    Stack,
    /// It gave back more than [`Limit::Output`](crate::Limit::Output), or more nodes than [`Limit::Nodes`](crate::Limit::Nodes).
    #[error("component was stopped: it gave back more than it may")]
    Output,
    /// It gave up: a panic, a division by zero, an access outside its memory.
    #[error("component was stopped: it trapped")]
    Trap,
    /// What it gave back is no value of the contract's types, such as a text that is not UTF-8.
    #[error("component was stopped: what it gave back cannot be read")]
    Malformed,
    /// The host could not make an instance of it.
    #[error("component was not started: the host could not make an instance of it")]
    NotStarted,
}

impl Stop {
    /// Every reason, for tables and metrics.
    pub const ALL: [Self; 7] =
        [Self::Time, Self::Memory, Self::Stack, Self::Output, Self::Trap, Self::Malformed, Self::NotStarted];

    /// The stable name, as metrics and logs show it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Memory => "memory",
            Self::Stack => "stack",
            Self::Output => "output",
            Self::Trap => "trap",
            Self::Malformed => "malformed",
            Self::NotStarted => "not-started",
        }
    }

    /// Sorts an error of the engine. A component that is denied memory mostly traps a moment later, and the denial is the reason.
    pub(crate) fn of(error: &wasmtime::Error, memory_denied: bool) -> Self {
        match error.downcast_ref::<Trap>() {
            Some(Trap::Interrupt) => Self::Time,
            Some(Trap::StackOverflow) => Self::Stack,
            _ if memory_denied => Self::Memory,
            Some(_) => Self::Trap,
            // The engine has no public type for this one; a hostile guest in the behaviour tests holds its text.
            None if error.root_cause().to_string().contains("fuel allocated for hostcalls") => Self::Output,
            None => Self::Malformed,
        }
    }
}

/// What a component gave that its contract does not allow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Breach {
    /// A document that does not follow the catalogue.
    #[error(transparent)]
    Document(#[from] InvalidDocument),
    /// A request that may not be sent.
    #[error(transparent)]
    Request(#[from] InvalidRequest),
    /// No request at all, or too many.
    #[error("step has {0} requests, expected 1 to 16")]
    Requests(usize),
    /// More to remember than it may.
    #[error("state is {0} bytes, expected at most 65536")]
    State(usize),
    /// Another round of requests after the last step that a question has.
    #[error("question is not at its end after 8 steps")]
    Steps,
    /// A code or message out of shape.
    #[error(transparent)]
    Notice(#[from] InvalidNotice),
    /// A failure of a dataset that the catalogue does not list, or that failed already.
    #[error("failure {0} names a dataset that the catalogue does not list or that an earlier failure names")]
    Failure(usize),
    /// Not one verdict per element.
    #[error("policy gave {verdicts} verdicts on {elements} elements")]
    Verdicts {
        /// How many verdicts there are.
        verdicts: usize,
        /// How many elements the catalogue has.
        elements: usize,
    },
}
