//! What the host answers with, and for how long it may.

use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use ssbtx_broker::{Broker, Closed, Edition};
use ssbtx_core::Sha256Digest;
use tokio::time::sleep;
use tracing::{error, info};

use crate::board::{News, StatusBoard};
use crate::expiry::{Expiry, TrustState};
use crate::status::EditionStatus;

/// What the host answers with, and for how long it may.
///
/// The clock is minded apart from the look at the source, on another thread: however long that look takes, and whatever comes of it, an edition
/// whose grace is over is closed.
pub(crate) struct Holding {
    broker: Broker,
    board: StatusBoard,
    held: Mutex<Held>,
}

struct Held {
    edition: Arc<Edition>,
    expiry: Expiry,
    state: TrustState,
    alarmed_at: Option<Timestamp>,
}

impl Holding {
    /// Holds what the broker answers with already.
    pub(crate) fn new(broker: Broker, board: StatusBoard, edition: Arc<Edition>, expiry: Expiry) -> Self {
        let held = Held { edition, expiry, state: TrustState::Valid, alarmed_at: None };
        Self { broker, board, held: Mutex::new(held) }
    }

    /// Lets questions be answered with another edition from now on, and tells so.
    pub(crate) fn swap(
        &self,
        edition: &Arc<Edition>,
        expiry: Expiry,
        active: EditionStatus,
        news: News,
        now: Timestamp,
    ) {
        let mut held = self.held();
        self.broker.activate(Arc::clone(edition));
        *held = Held { edition: Arc::clone(edition), expiry, state: TrustState::Valid, alarmed_at: None };
        self.board.activated(edition, active, news);
        self.mind_held(&mut held, now);
    }

    /// Lets questions be answered with the same edition from now on, from which more is withheld, and tells so. What was closed stays closed, and
    /// when it is opened, it is with this.
    pub(crate) fn tighten(&self, edition: &Arc<Edition>, active: EditionStatus) {
        let mut held = self.held();
        match held.state {
            TrustState::Valid | TrustState::Expired => self.broker.activate(Arc::clone(edition)),
            TrustState::Closed => {}
        }
        held.edition = Arc::clone(edition);
        self.board.tightened(edition, active);
    }

    /// Lets the same edition be used for longer, and tells so. One that was closed is opened.
    pub(crate) fn renew(&self, expiry: Expiry, fingerprint: Sha256Digest, news: News, now: Timestamp) {
        let mut held = self.held();
        held.expiry = expiry;
        self.board.renewed(fingerprint, news);
        self.mind_held(&mut held, now);
    }

    /// Does what time demands: alarms for an edition that has expired, closes one whose grace is over, and opens one that may be used again.
    pub(crate) fn mind(&self, now: Timestamp) {
        self.mind_held(&mut self.held(), now);
    }

    fn mind_held(&self, held: &mut Held, now: Timestamp) {
        let (before, state) = (held.state, held.expiry.state(now));
        if state != before {
            match state {
                TrustState::Closed => self.broker.close(Closed::TrustExpired),
                TrustState::Valid | TrustState::Expired if before == TrustState::Closed => {
                    self.broker.activate(Arc::clone(&held.edition));
                }
                TrustState::Valid | TrustState::Expired => {}
            }
            held.state = state;
            held.alarmed_at = None;
        }
        self.board.turned(state);
        held.alarm(now, before);
    }

    /// Minds the clock, until it is dropped.
    pub(crate) async fn mind_always(&self, now: fn() -> Timestamp) -> Infallible {
        loop {
            if catch_unwind(AssertUnwindSafe(|| self.mind(now()))).is_err() {
                error!("expiry could not be minded");
            }
            sleep(MIND_INTERVAL).await;
        }
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        // Whoever panicked here has changed nothing or one thing: the state follows from the expiry again at the next look.
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Held {
    /// Says how it stands, when that changes and then once an hour while somebody must act.
    fn alarm(&mut self, now: Timestamp, before: TrustState) {
        let Expiry { expires, closes } = self.expiry;
        let is_silent = self
            .alarmed_at
            .is_some_and(|alarmed_at| (SignedDuration::ZERO..ALARM_INTERVAL).contains(&now.duration_since(alarmed_at)));
        match self.state {
            TrustState::Valid if before != TrustState::Valid => info!(%expires, "signed metadata is valid again"),
            TrustState::Expired if !is_silent => {
                error!(%expires, %closes, "signed metadata has expired: renew it before the host closes");
            }
            TrustState::Closed if !is_silent => {
                error!(%expires, %closes, "signed metadata and its grace have expired: every question is refused until a valid set comes");
            }
            TrustState::Valid | TrustState::Expired | TrustState::Closed => return,
        }
        self.alarmed_at = Some(now);
    }
}

const ALARM_INTERVAL: SignedDuration = SignedDuration::from_hours(1);

/// A poll interval may be as long as an hour: the clock is looked at more often.
const MIND_INTERVAL: Duration = Duration::from_secs(1);
