//! Where sets come from, and what is demanded of them.

use std::io;

use jiff::Timestamp;
use jiff::civil::Date;
use ssbtx_broker::Withholding;
use ssbtx_core::{Sha256Digest, day_in_sweden};
use ssbtx_trust::{KeptFault, LastGood, Memory, RepositorySettings, Source, TrustedSet};
use tracing::{error, warn};

use crate::advance::{AdvanceFile, Remembered, Withheld};
use crate::attempt_failed::AttemptFailed;
use crate::course::Course;
use crate::demands::Demands;
use crate::examine::Examined;
use crate::settings::RolloutSettings;
use crate::stage::Stage;

/// The source and the last good copy, with what is demanded of the sets in them.
pub(crate) struct Supply {
    settings: RolloutSettings,
    last_good: LastGood,
    advance: AdvanceFile,
}

impl Supply {
    /// Opens the folder of the last good copy, which is the memory of every load from now on.
    pub(crate) fn open(mut settings: RolloutSettings) -> io::Result<Self> {
        let last_good = LastGood::open(settings.state.clone())?;
        settings.repository.memory = Memory::LastGood(last_good.clone());
        let advance = AdvanceFile::of(&settings.state);
        Ok(Self { settings, last_good, advance })
    }

    pub(crate) fn settings(&self) -> &RolloutSettings {
        &self.settings
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.settings.repository.now)()
    }

    /// The day in Sweden, by which the law counts.
    pub(crate) fn today(&self) -> Date {
        day_in_sweden(self.now())
    }

    /// Asks the source which set is the current one.
    pub(crate) async fn fingerprint(&self, course: &mut Course) -> Result<Sha256Digest, AttemptFailed> {
        let fingerprint =
            ssbtx_trust::fingerprint(&self.settings.repository).await.map_err(AttemptFailed::NotFetched)?;
        course.pass(Stage::Fetched);
        Ok(fingerprint)
    }

    /// Loads the source's set, which must stand by what the host withholds already, as it must by what the last good copy does.
    pub(crate) async fn load(
        &self,
        withheld: Option<&Withholding>,
        course: &mut Course,
    ) -> Result<TrustedSet, AttemptFailed> {
        let loaded = ssbtx_trust::load(&self.settings.repository).await.map_err(AttemptFailed::NotTrusted)?;
        if let Some(id) = withheld.and_then(|withheld| withheld.loosened_by(&Withholding::of(&loaded))) {
            return Err(AttemptFailed::NotTrusted(KeptFault::Loosened { id: id.clone() }.into()));
        }
        Ok(verified(loaded, course))
    }

    /// Loads the last good copy, which may have expired as long as its grace is not over.
    pub(crate) async fn recall(&self, course: &mut Course) -> Result<TrustedSet, AttemptFailed> {
        let grace = self.settings.times.expiry_grace;
        let recalled = self.last_good.recall(&self.settings.repository, grace).await;
        Ok(verified(recalled.map_err(AttemptFailed::NotTrusted)?, course))
    }

    /// Examines a set, for this host as it is configured.
    pub(crate) async fn examine(
        &self,
        trusted: &TrustedSet,
        earlier: Option<&Examined>,
        course: &mut Course,
    ) -> Result<Examined, AttemptFailed> {
        Demands::of(&self.settings).examine(trusted, earlier, self.now(), course).await
    }

    /// Writes a set down as the last good copy. It must have been examined.
    pub(crate) fn keep(&self, trusted: &TrustedSet, course: &mut Course) -> Result<(), AttemptFailed> {
        self.last_good.keep(trusted).map_err(AttemptFailed::NotKept)?;
        course.pass(Stage::Kept);
        Ok(())
    }

    /// What the host withheld in advance when it ended. Beside another last good copy than it was written for it says nothing: that set lists or lifts
    /// all of it, and the host ended before it could remove it.
    pub(crate) async fn recall_advance(&mut self) -> io::Result<Option<Withheld>> {
        let Some(Remembered { beside, withheld }) = self.advance.read()? else { return Ok(None) };
        let copy = Source::Directory(self.settings.state.join("current"));
        let copy = RepositorySettings { source: copy, ..self.settings.repository.clone() };
        if ssbtx_trust::fingerprint(&copy).await.is_ok_and(|fingerprint| fingerprint != beside) {
            self.forget_advance();
            return Ok(None);
        }
        Ok(Some(withheld))
    }

    /// Writes down what the active edition withholds in advance, beside the last good copy with this fingerprint, unless it stands there already. Where
    /// that fails it is withheld all the same: an emergency does not wait for a disk.
    pub(crate) fn keep_advance(&mut self, active: &Examined, beside: Sha256Digest) {
        let Some(advance) = active.advance() else { return };
        let withholding = active.edition().withholding().clone();
        let withheld = Withheld { trust_version: advance.trust_version, withholding };
        if let Err(failed) = self.advance.write(&Remembered { beside, withheld }) {
            let reason = failed.to_string();
            error!(
                reason,
                "tightening applied in advance cannot be written down: a restart without the source would forget it"
            );
        }
    }

    /// Removes what was written, once the last good copy says it all.
    pub(crate) fn forget_advance(&mut self) {
        if let Err(failed) = self.advance.remove() {
            warn!(
                reason = failed.to_string(),
                "what was withheld in advance cannot be removed: it says nothing any more"
            );
        }
    }
}

fn verified(trusted: TrustedSet, course: &mut Course) -> TrustedSet {
    course.of(trusted.version());
    course.pass(Stage::Verified);
    trusted
}
