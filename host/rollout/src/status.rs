//! What the operator is told of the rollout. Nothing in it is of a person, a consumer or a question.

mod attempt;
mod edition;
mod tightening;

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Serialize, Serializer};
use ssbtx_trust::{TrustedSet, Versions};

pub(crate) use attempt::reasons;
pub use attempt::{Attempt, Outcome, Total};
pub use edition::{
    Acceptance, AdvanceStatus, ComponentRole, ComponentStatus, EditionStatus, GrantStatus, LeftOutStatus, Origin,
    ReviewStatus,
};
pub use tightening::{TightenedStatus, TighteningStatus};

use crate::announcement::Announcement;
use crate::expiry::{Expiry, TrustState};

/// Everything that the host tells of what it answers with, and of its attempts to answer with something newer.
///
/// # Shape
///
/// In JSON, as `GET /admin/editions` shows it: camel case, digests in hexadecimal digits, times in RFC 3339 and UTC.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    /// Whether what it answers with may still be used, and until when.
    pub trust: TrustStatus,
    /// What questions are answered with.
    pub active: EditionStatus,
    /// How many editions are in memory: the active one, those that questions still use, and those that something else holds.
    pub editions_alive: usize,
    /// Which legal bases of the active policies begin or end soon.
    #[serde(serialize_with = "announcements")]
    pub announcements: Arc<[Announcement]>,
    /// Where new sets come from, and whether they could.
    pub source: SourceStatus,
    /// The newest attempts, the latest first, at most [`Self::ATTEMPTS`].
    pub attempts: Vec<Attempt>,
    /// How many attempts have ended how since the host was started.
    pub totals: Vec<Total>,
}

/// Whether the active set may still be used.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TrustStatus {
    /// Whether it may.
    pub state: TrustState,
    /// When the first of its roles expires.
    pub expires: Timestamp,
    /// When no question is answered any more, unless a valid set comes before.
    pub closes: Timestamp,
    /// The version of root, which says who may sign for the other roles.
    pub root_version: u64,
    /// Every role with its version and expiry.
    pub roles: Vec<RoleStatus>,
}

/// A role of the repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RoleStatus {
    /// Its name, such as `timestamp`, `governance` or `af`.
    pub name: String,
    /// The version of its metadata.
    pub version: u64,
    /// When that expires.
    pub expires: Timestamp,
}

/// Where new sets come from.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SourceStatus {
    /// The folder, or the address.
    pub place: String,
    /// Whether it is watched.
    pub watch: Watch,
    /// When it was last looked at, whether or not that succeeded. A time that does not move means that the watch hangs.
    pub last_look: Timestamp,
    /// When it last told which set is the current one.
    pub last_reached: Option<Timestamp>,
}

/// Whether the source is watched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Watch {
    /// It is about to be.
    Beginning,
    /// It is.
    Running,
    /// It is not any more: the host is stopping, or a fault of the host has ended the watch.
    Ended,
}

impl Status {
    /// How many attempts are told of.
    pub const ATTEMPTS: usize = 20;
}

impl TrustStatus {
    pub(crate) fn of(trusted: &TrustedSet, expiry: Expiry, state: TrustState) -> Self {
        let Versions { root, .. } = trusted.versions();
        let roles = trusted.roles().iter();
        Self {
            state,
            expires: expiry.expires,
            closes: expiry.closes,
            root_version: root,
            roles: roles
                .map(|role| RoleStatus { name: role.name.clone(), version: role.version, expires: role.expires })
                .collect(),
        }
    }
}

fn announcements<S: Serializer>(announcements: &Arc<[Announcement]>, serializer: S) -> Result<S::Ok, S::Error> {
    announcements.iter().as_slice().serialize(serializer)
}
