//! The first edition of a host: from the source, or from the last good copy.

use std::error::Error;
use std::io;
use std::sync::Arc;

use ssbtx_trust::TrustedSet;
use tokio::time::Instant;
use tracing::{error, warn};

use crate::advance::Withheld;
use crate::agenda::Agenda;
use crate::attempt_failed::AttemptFailed;
use crate::board::{Shown, StatusBoard};
use crate::course::Course;
use crate::examine::Examined;
use crate::expiry::Expiry;
use crate::ledger::Ledger;
use crate::settings::RolloutSettings;
use crate::stage::Stage;
use crate::status::{Attempt, EditionStatus, Origin, Outcome, SourceStatus, TrustStatus, Watch};
use crate::supply::Supply;
use crate::telling::tell;

/// Why a host has nothing to answer with.
#[derive(Debug, thiserror::Error)]
pub enum NotBegun {
    /// The folder of the last good copy cannot be used.
    #[error("folder of the last good copy cannot be used")]
    State(#[source] io::Error),
    /// Neither the source nor the last good copy gave a set that may be used.
    #[error(
        "there is nothing to answer with\n  the source: {}\n  the last good copy: {}",
        chain(source_failed),
        chain(copy_failed)
    )]
    Nothing {
        /// Why not the source's.
        source_failed: Box<AttemptFailed>,
        /// Why not the last good copy.
        copy_failed: Box<AttemptFailed>,
    },
    /// The operating system gives no thread, or no runtime for it.
    #[error("rollout has no thread")]
    Thread(#[source] io::Error),
    /// A fault of the host ended it.
    #[error("a fault of the host ended the rollout before it had begun")]
    Panicked,
}

/// A rollout with its first edition.
pub(crate) struct Begun {
    pub(crate) supply: Supply,
    pub(crate) agenda: Agenda,
    pub(crate) examined: Examined,
    pub(crate) expiry: Expiry,
    pub(crate) board: StatusBoard,
}

/// A set that the host begins with.
struct First {
    trusted: TrustedSet,
    examined: Examined,
    origin: Origin,
}

/// Finds the first edition.
pub(crate) async fn begin(settings: RolloutSettings) -> Result<Begun, NotBegun> {
    let mut supply = Supply::open(settings).map_err(NotBegun::State)?;
    let remembered = supply.recall_advance().await.map_err(NotBegun::State)?;
    let mut agenda = Agenda::new(supply.settings().times.poll_interval);
    let mut ledger = Ledger::default();
    let mut course = Course::begin();
    let first = match from_source(&mut supply, remembered.as_ref(), &mut agenda, &mut course).await {
        Ok(first) => first,
        Err(NotTaken { failed: source_failed, withheld }) => {
            error!(reason = chain(&source_failed), "source gives no set to begin with");
            let refused = Outcome::refused(source_failed.stage(), &source_failed);
            let mut of_copy = Course::begin();
            let mut first = from_last_good_copy(&supply, &mut of_copy).await.map_err(|copy_failed| {
                NotBegun::Nothing { source_failed: Box::new(source_failed), copy_failed: Box::new(copy_failed) }
            })?;
            // Before anything is answered: what held when the host ended, and what the refused set adds to it.
            for set in remembered.iter().chain(&withheld) {
                first.examined = set.ahead_of(&first.examined).unwrap_or(first.examined);
            }
            supply.keep_advance(&first.examined, first.trusted.fingerprint());
            course.withhold(withheld.map(|set| set.applied_in(&first.examined)).unwrap_or_default());
            ledger.enter(attempt(&supply, &course, Origin::Source, refused));
            course = of_copy;
            first
        }
    };
    course.pass(Stage::Active);
    ledger.enter(attempt(&supply, &course, first.origin, Outcome::Active));
    let now = supply.now();
    let First { trusted, examined, origin } = first;
    let expiry = Expiry::new(trusted.expires(), supply.settings().times.expiry_grace);
    let active = EditionStatus::of(&examined, origin, trusted.fingerprint(), now);
    tell(&active, None, &supply.settings().roles);
    let board = StatusBoard::new(Shown {
        trust: TrustStatus::of(&trusted, expiry, expiry.state(now)),
        active,
        source: SourceStatus {
            place: supply.settings().repository.source.to_string(),
            watch: Watch::Beginning,
            last_look: now,
            last_reached: (origin == Origin::Source).then_some(now),
        },
        ledger,
        announcements: Arc::default(),
        editions: vec![Arc::downgrade(examined.edition())],
    });
    Ok(Begun { supply, agenda, examined, expiry, board })
}

/// Why the source's set is not begun with, and what it withholds where it came so far that it was verified.
struct NotTaken {
    failed: AttemptFailed,
    withheld: Option<Withheld>,
}

impl From<AttemptFailed> for NotTaken {
    fn from(failed: AttemptFailed) -> Self {
        Self { failed, withheld: None }
    }
}

async fn from_source(
    supply: &mut Supply,
    remembered: Option<&Withheld>,
    agenda: &mut Agenda,
    course: &mut Course,
) -> Result<First, NotTaken> {
    let fingerprint = supply.fingerprint(course).await?;
    agenda.begin(fingerprint, Instant::now());
    let trusted = supply.load(remembered.map(|set| &set.withholding), course).await?;
    let not_taken = |failed| NotTaken { failed, withheld: Some(Withheld::of(&trusted)) };
    let examined = supply.examine(&trusted, None, course).await.map_err(not_taken)?;
    supply.keep(&trusted, course).map_err(not_taken)?;
    supply.forget_advance();
    agenda.settled(trusted.fingerprint(), Instant::now());
    Ok(First { trusted, examined, origin: Origin::Source })
}

/// It has been examined before, by this host or an earlier version of it, perhaps with another configuration: it is examined again.
async fn from_last_good_copy(supply: &Supply, course: &mut Course) -> Result<First, AttemptFailed> {
    let trusted = supply.recall(course).await?;
    let examined = supply.examine(&trusted, None, course).await?;
    warn!(trust_version = trusted.version(), "host begins with its last good copy");
    Ok(First { trusted, examined, origin: Origin::LastGoodCopy })
}

/// An attempt that ends now.
pub(crate) fn attempt(supply: &Supply, course: &Course, origin: Origin, outcome: Outcome) -> Attempt {
    let at = supply.now();
    let (trust_version, passed) = (course.trust_version(), course.passed().to_vec());
    let tightening_applied = course.withheld().iter().map(ToString::to_string).collect();
    Attempt { at, origin, trust_version, passed, outcome, tightening_applied, tries: 1, last_tried: at }
}

/// An error with its causes, in one line.
pub(crate) fn chain(error: &(dyn Error + 'static)) -> String {
    crate::status::reasons(error).join(": ")
}
