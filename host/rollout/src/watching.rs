//! The watch: it looks at the source again and again.

use std::convert::Infallible;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use futures::FutureExt;
use ssbtx_core::Sha256Digest;
use ssbtx_trust::TrustedSet;
use tokio::time::{Instant, sleep};
use tracing::{error, info, warn};

use crate::advance::Withheld;
use crate::agenda::Agenda;
use crate::announcement::Announcer;
use crate::attempt_failed::AttemptFailed;
use crate::beginning::{Begun, attempt, chain};
use crate::board::{News, StatusBoard};
use crate::course::Course;
use crate::examine::{Contents, Examined};
use crate::expiry::{Expiry, TrustState};
use crate::holding::Holding;
use crate::ledger::Told;
use crate::stage::Stage;
use crate::status::{EditionStatus, Origin, Outcome, TrustStatus, Watch};
use crate::supply::Supply;
use crate::telling::tell;

/// Watches, until it is dropped.
pub(crate) async fn watch(begun: Begun, holding: Arc<Holding>) -> Infallible {
    let Begun { supply, agenda, examined, board, .. } = begun;
    board.watching(Watch::Running);
    let (announcer, course) = (Announcer::new(), Course::begin());
    Watcher { supply, agenda, examined, board, holding, announcer, course }.watch().await
}

struct Watcher {
    supply: Supply,
    agenda: Agenda,
    examined: Examined,
    board: StatusBoard,
    holding: Arc<Holding>,
    announcer: Announcer,
    /// Of the attempt under way: it outlives a panic.
    course: Course,
}

impl Watcher {
    async fn watch(mut self) -> Infallible {
        loop {
            if AssertUnwindSafe(self.announce()).catch_unwind().await.is_err() {
                error!("announcements could not be made");
            }
            sleep(self.supply.settings().times.poll_interval).await;
            if AssertUnwindSafe(self.look()).catch_unwind().await.is_err() {
                self.panicked();
            }
        }
    }

    /// Tells which legal bases begin or end soon: of each edition, and once more on each day.
    async fn announce(&mut self) {
        let announced = self.announcer.announce(self.examined.edition(), self.supply.today()).await;
        self.board.announced(announced);
    }

    /// Looks at the source, and takes over what is new there.
    async fn look(&mut self) {
        self.course = Course::begin();
        self.board.looked(self.supply.now());
        let fingerprint = match self.supply.fingerprint(&mut self.course).await {
            Ok(fingerprint) => fingerprint,
            Err(failed) => return self.refused(&failed),
        };
        self.board.reached(self.supply.now());
        if !self.agenda.is_due(fingerprint, Instant::now()) {
            return;
        }
        self.agenda.begin(fingerprint, Instant::now());
        match self.attempt().await {
            Ok(found) => self.agenda.settled(found, Instant::now()),
            Err(failed) => self.refused(&failed),
        }
    }

    /// Loads, withholds what the set withholds, and only then examines, keeps and activates.
    ///
    /// A set is kept before it is activated: whatever a question was answered with, a host that is killed and started again knows of it, and
    /// never goes back behind it. Killed between the two, it comes back with the new set, which has passed every examination.
    async fn attempt(&mut self) -> Result<Sha256Digest, AttemptFailed> {
        let withheld = self.examined.edition().withholding();
        let trusted = self.supply.load(Some(withheld), &mut self.course).await?;
        let is_the_same = *self.examined.contents() == Contents::of(&trusted);
        if is_the_same && self.examined.advance().is_none() {
            self.renew(&trusted)?;
            return Ok(trusted.fingerprint());
        }
        self.withhold_in_advance(&trusted);
        let examined = self.supply.examine(&trusted, Some(&self.examined), &mut self.course).await?;
        self.supply.keep(&trusted, &mut self.course)?;
        self.supply.forget_advance();
        self.activate(&trusted, examined);
        Ok(trusted.fingerprint())
    }

    /// Withholds from the active edition what a verified set withholds: an emergency waits for no examination, and for no outcome of one.
    fn withhold_in_advance(&mut self, trusted: &TrustedSet) {
        let set = Withheld::of(trusted);
        let before = self.board.status().active;
        let tightened = set.ahead_of(&self.examined);
        let active = tightened.as_ref().unwrap_or(&self.examined);
        self.supply.keep_advance(active, before.fingerprint);
        self.course.withhold(set.applied_in(active));
        if let Some(tightened) = tightened {
            let active = EditionStatus::of(&tightened, before.origin, before.fingerprint, self.supply.now());
            self.holding.tighten(tightened.edition(), active.clone());
            self.examined = tightened;
            tell(&active, Some(&before), &self.supply.settings().roles);
        }
    }

    fn activate(&mut self, trusted: &TrustedSet, examined: Examined) {
        let (now, expiry) = (self.supply.now(), self.expiry(trusted));
        let active = EditionStatus::of(&examined, Origin::Source, trusted.fingerprint(), now);
        let before = self.board.status().active;
        self.course.pass(Stage::Active);
        let news = self.news(trusted, expiry, Outcome::Active);
        self.holding.swap(examined.edition(), expiry, active.clone(), news, now);
        self.examined = examined;
        info!(trust_version = active.trust_version, expires = %expiry.expires, "edition is active");
        tell(&active, Some(&before), &self.supply.settings().roles);
    }

    /// Takes over when a set expires that holds what the active one holds.
    fn renew(&mut self, trusted: &TrustedSet) -> Result<(), AttemptFailed> {
        let (now, expiry) = (self.supply.now(), self.expiry(trusted));
        let (known, found) = (self.board.status(), TrustStatus::of(trusted, expiry, TrustState::Valid));
        let is_known = (known.trust.root_version, &known.trust.roles) == (found.root_version, &found.roles);
        if is_known && known.active.origin == Origin::Source {
            return Ok(());
        }
        self.supply.keep(trusted, &mut self.course)?;
        self.course.pass(Stage::Active);
        let news = self.news(trusted, expiry, Outcome::Renewed);
        self.holding.renew(expiry, trusted.fingerprint(), news, now);
        info!(trust_version = trusted.version(), expires = %expiry.expires, "edition is renewed");
        Ok(())
    }

    fn news(&self, trusted: &TrustedSet, expiry: Expiry, outcome: Outcome) -> News {
        News {
            trust: TrustStatus::of(trusted, expiry, TrustState::Valid),
            attempt: attempt(&self.supply, &self.course, Origin::Source, outcome),
        }
    }

    fn expiry(&self, trusted: &TrustedSet) -> Expiry {
        Expiry::new(trusted.expires(), self.supply.settings().times.expiry_grace)
    }

    fn panicked(&self) {
        let failed = AttemptFailed::Panicked(self.course.next());
        if catch_unwind(AssertUnwindSafe(|| self.refused(&failed))).is_err() {
            error!(reason = chain(&failed), "look at the source ended by a fault of the host");
        }
    }

    fn refused(&self, failed: &AttemptFailed) {
        let (stage, trust_version) = (failed.stage(), self.course.trust_version());
        let attempt = attempt(&self.supply, &self.course, Origin::Source, Outcome::refused(stage, failed));
        if self.board.attempted(attempt) == Told::Again {
            return;
        }
        let reason = chain(failed);
        if let AttemptFailed::NotFetched(_) = failed {
            warn!(%stage, reason, "source cannot be reached: the active edition serves on");
        } else {
            error!(%stage, trust_version, reason, "set is refused: the active edition serves on");
        }
    }
}
