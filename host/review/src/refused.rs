//! Why a policy is not reviewed.

use jiff::civil::Date;
use ssbtx_core::{AgencyId, InvalidName, Role, VerdictCount};
use ssbtx_runtime::CallFailed;

/// What a policy did that its own description rules out, or that leaves nothing to review. Such a policy is not to be signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The two are of different roles, and there is nothing to compare.
    #[error("new policy is of role `{found}`, the old one of `{expected}`")]
    OtherRole {
        /// The new policy's role.
        found: Role,
        /// The old one's.
        expected: Role,
    },
    /// It refuses to decide for the role that it describes.
    #[error("policy describes itself as of role `{0}` and refuses to decide for it")]
    ItsOwnRole(Role),
    /// It refuses the one purpose that a host has.
    #[error("policy refuses the purpose `{0}`, the only one that a question has")]
    ThePurpose(String),
    /// It opened something on a basis that it does not declare.
    #[error("verdict on `{agency}/{element}` names basis {found}, policy declares {declared}")]
    UndeclaredBasis {
        /// The base service.
        agency: AgencyId,
        /// The element's path.
        element: String,
        /// The position that it named, from 0.
        found: u16,
        /// How many it declares.
        declared: usize,
    },
    /// It decides otherwise on a day on which none of the legal bases begins or ends, so that a review of days says nothing.
    #[error(
        "verdict on `{agency}/{element}` is another on {on} than on {since}, and no legal basis begins or ends between them"
    )]
    HiddenDay {
        /// The base service.
        agency: AgencyId,
        /// The element's path.
        element: String,
        /// The day of the other verdict.
        on: Date,
        /// The day that it was compared with.
        since: Date,
    },
    /// It was stopped, or broke its contract.
    #[error("policy could not decide about `{agency}`")]
    Failed {
        /// The base service.
        agency: AgencyId,
        /// What happened.
        #[source]
        source: CallFailed,
    },
    /// It did not give one verdict per element.
    #[error("policy could not decide about `{agency}`")]
    Miscounted {
        /// The base service.
        agency: AgencyId,
        /// How many it gave.
        #[source]
        source: VerdictCount,
    },
    /// The host's purpose is no name: a fault of this program.
    #[error(transparent)]
    Purpose(#[from] InvalidName),
}
