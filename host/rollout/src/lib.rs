//! From a signed repository to what the host answers with.
//!
//! A set is fetched, verified, admitted, tested, kept as the last good copy and made active, in this order, on a thread that answers no
//! questions. Whatever fails on the way, the active set serves on, and [`Status`] says why; what a verified set withholds at once is withheld before it is
//! examined, and also when it is refused. What has expired is used for a time of grace, loudly,
//! and then no question is answered until a valid set comes.
//!
//! What this crate does not answer for: signatures (`ssbtx-trust`), what a component may do (`ssbtx-runtime`), and that a question uses one edition from
//! beginning to end (`ssbtx-broker`).

mod advance;
mod agenda;
mod announcement;
mod attempt_failed;
mod beginning;
mod board;
mod course;
mod demands;
mod examine;
mod expiry;
mod holding;
mod ledger;
mod priority;
mod reachable;
mod rehearsal;
mod rollout;
mod settings;
mod shadow;
mod stage;
mod status;
mod supply;
mod telling;
mod text;
mod verdicts;
mod watching;

pub use announcement::{AffectedDataset, Announcement, Announcer, Event};
pub use attempt_failed::AttemptFailed;
pub use beginning::NotBegun;
pub use board::StatusBoard;
pub use course::Passed;
pub use examine::{BeyondGrants, ExamineFailed, Examined, examine};
pub use expiry::TrustState;
pub use reachable::{MissingUpstreams, Reachable};
pub use rehearsal::rehearse;
pub use rollout::{Rollout, Watching};
pub use settings::{RolloutSettings, RolloutTimes};
pub use shadow::{DatasetFigures, ShadowFigures, Shadowing};
pub use stage::Stage;
pub use status::{
    Acceptance, AdvanceStatus, Attempt, ComponentRole, ComponentStatus, EditionStatus, GrantStatus, LeftOutStatus,
    Origin, Outcome, ReviewStatus, RoleStatus, SourceStatus, Status, TightenedStatus, TighteningStatus, Total,
    TrustStatus, Watch,
};
