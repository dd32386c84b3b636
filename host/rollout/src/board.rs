//! Where the rollout tells how it stands.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use jiff::Timestamp;
use ssbtx_broker::Edition;
use ssbtx_core::Sha256Digest;

use crate::announcement::Announcement;
use crate::expiry::TrustState;
use crate::ledger::{Ledger, Told};
use crate::status::{Attempt, EditionStatus, Origin, SourceStatus, Status, TrustStatus, Watch};

/// Where the rollout tells how it stands; whoever wants to know reads it at any time. Cheap to clone: all clones are one board.
#[derive(Clone)]
pub struct StatusBoard(Arc<Mutex<Shown>>);

/// What stands on the board.
pub(crate) struct Shown {
    pub(crate) trust: TrustStatus,
    pub(crate) active: EditionStatus,
    pub(crate) source: SourceStatus,
    pub(crate) ledger: Ledger,
    pub(crate) announcements: Arc<[Announcement]>,
    /// Every edition that was ever active and is still in memory.
    pub(crate) editions: Vec<Weak<Edition>>,
}

/// What a set that is taken over changes, whether or not another edition comes of it.
pub(crate) struct News {
    pub(crate) trust: TrustStatus,
    pub(crate) attempt: Attempt,
}

impl StatusBoard {
    pub(crate) fn new(shown: Shown) -> Self {
        Self(Arc::new(Mutex::new(shown)))
    }

    /// How the rollout stands now.
    pub fn status(&self) -> Status {
        let shown = self.shown();
        Status {
            trust: shown.trust.clone(),
            active: shown.active.clone(),
            editions_alive: shown.editions.iter().filter(|edition| edition.strong_count() > 0).count(),
            announcements: Arc::clone(&shown.announcements),
            source: shown.source.clone(),
            attempts: shown.ledger.attempts(),
            totals: shown.ledger.totals(),
        }
    }

    /// Takes down that the source was looked at.
    pub(crate) fn looked(&self, now: Timestamp) {
        self.shown().source.last_look = now;
    }

    /// Takes down that the source has told which set is the current one.
    pub(crate) fn reached(&self, now: Timestamp) {
        self.shown().source.last_reached = Some(now);
    }

    /// Takes down whether the source is watched.
    pub(crate) fn watching(&self, watch: Watch) {
        self.shown().source.watch = watch;
    }

    /// Takes down an attempt.
    pub(crate) fn attempted(&self, attempt: Attempt) -> Told {
        self.shown().ledger.enter(attempt)
    }

    /// Takes down which legal bases begin or end soon.
    pub(crate) fn announced(&self, announcements: Arc<[Announcement]>) {
        self.shown().announcements = announcements;
    }

    /// Takes down that other metadata of the source says how long the active set may be used. Whether it may be is told by [`turned`](Self::turned).
    pub(crate) fn renewed(&self, fingerprint: Sha256Digest, news: News) {
        let mut shown = self.shown();
        shown.active.origin = Origin::Source;
        shown.active.fingerprint = fingerprint;
        shown.trust = TrustStatus { state: shown.trust.state, ..news.trust };
        shown.ledger.enter(news.attempt);
    }

    /// Takes down that questions are answered with an edition from now on.
    pub(crate) fn activated(&self, edition: &Arc<Edition>, active: EditionStatus, news: News) {
        let mut shown = self.shown();
        shown.follow(edition);
        shown.active = active;
        shown.trust = news.trust;
        shown.ledger.enter(news.attempt);
    }

    /// Takes down that questions are answered with the same edition from now on, from which more is withheld.
    pub(crate) fn tightened(&self, edition: &Arc<Edition>, active: EditionStatus) {
        let mut shown = self.shown();
        shown.follow(edition);
        shown.active = active;
    }

    /// Takes down that time has made another state of the trust in the active set.
    pub(crate) fn turned(&self, state: TrustState) {
        self.shown().trust.state = state;
    }

    fn shown(&self) -> MutexGuard<'_, Shown> {
        // What a panicking thread leaves can be shown: the next change makes it whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shown {
    /// Counts an edition for as long as it is in memory.
    fn follow(&mut self, edition: &Arc<Edition>) {
        self.editions.retain(|edition| edition.strong_count() > 0);
        self.editions.push(Arc::downgrade(edition));
    }
}
