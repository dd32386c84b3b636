//! From signatures to a repository that hosts read.

mod fault;
mod online;
mod plan;
mod staging;
mod switch;

use std::num::NonZeroU64;
use std::path::PathBuf;

use jiff::SignedDuration;
use ssbtx_trust::TrustedSet;

pub use fault::NotPublished;

use crate::change::Change;
use crate::signer::Signer;
use crate::terms::Terms;
use plan::Plan;
use staging::Staging;

/// The keys of snapshot and timestamp. They are on-line: a machine signs with them every day.
#[derive(Clone, Copy)]
pub struct OnlineKeys<'k> {
    /// Of snapshot; needed whenever anything but the timestamp changes, and when the snapshot nears its expiry.
    pub snapshot: Option<&'k dyn Signer>,
    /// Of timestamp.
    pub timestamp: &'k dyn Signer,
}

/// Where, by what keys and on what terms something is published.
#[derive(Clone)]
pub struct Publication<'k> {
    /// The repository's folder. The change that makes a repository makes the folder.
    pub repository: PathBuf,
    /// The on-line keys.
    pub keys: OnlineKeys<'k>,
    /// The time, and how long snapshot and timestamp are valid.
    pub terms: Terms,
    /// The snapshot is signed anew when it expires within this time. Default 3 days, so that a machine that fails over a week-end is noticed.
    pub renew_snapshot_within: SignedDuration,
    /// How many persons the hosts ask to stand behind policies: see [`ssbtx_trust::RepositorySettings::minimum_policy_signers`].
    pub minimum_policy_signers: NonZeroU64,
}

impl<'k> Publication<'k> {
    /// On these terms, with the default of everything else.
    pub fn new(repository: PathBuf, keys: OnlineKeys<'k>, terms: Terms) -> Self {
        Self {
            repository,
            keys,
            terms,
            renew_snapshot_within: SignedDuration::from_hours(72),
            minimum_policy_signers: NonZeroU64::MIN.saturating_add(1),
        }
    }

    /// Makes a copy of the repository with the change in it, beside the repository, and verifies it as a host does. Nobody sees it yet.
    ///
    /// # Errors
    ///
    /// [`NotPublished`]: the change is of another state of the repository, lacks signatures or holds one that does not count, or a host would
    /// refuse the result. The repository is as it was.
    ///
    /// # Cancel safety
    ///
    /// What a dropped call leaves is removed by the next.
    pub async fn stage(&self, change: &Change) -> Result<Staged, NotPublished> {
        self.staged(Some(change)).await
    }

    /// As [`Publication::stage`], without a change: a new timestamp, and a new snapshot where the old one nears its expiry.
    ///
    /// # Errors
    ///
    /// As [`Publication::stage`].
    pub async fn stage_renewal(&self) -> Result<Staged, NotPublished> {
        self.staged(None).await
    }

    async fn staged(&self, change: Option<&Change>) -> Result<Staged, NotPublished> {
        let staging = Staging::begin(&self.repository)?;
        let plan = Plan::of(self, change)?;
        staging.fill(&plan)?;
        let trusted = staging.verify(plan.first_root(), self.minimum_policy_signers).await?;
        Ok(Staged { staging, plan, trusted })
    }
}

/// A change that a host would take, one step from being seen.
///
/// Nobody else can publish to the repository while this is held. Dropped, it leaves the repository as it was.
#[derive(Debug)]
pub struct Staged {
    staging: Staging,
    plan: Plan,
    trusted: TrustedSet,
}

/// What was published.
#[derive(Debug, Clone)]
pub struct Published {
    /// The metadata files that are new, in the order of names.
    pub files: Vec<String>,
    /// The first root, which hosts are given to trust by another way than the repository.
    pub first_root: Vec<u8>,
}

impl Staged {
    /// The set as a host will have it, to be looked at before it is published.
    pub fn trusted(&self) -> &TrustedSet {
        &self.trusted
    }

    #[cfg(test)]
    pub(crate) fn steps(&self) -> Vec<switch::Step> {
        switch::steps(&self.staging, &self.plan)
    }

    #[cfg(test)]
    pub(crate) fn folder(&self) -> &std::path::Path {
        self.staging.folder()
    }

    /// Puts it in the repository's place. A host that reads meanwhile, and whoever comes after a power cut at any moment, meets the old
    /// repository or the new one.
    ///
    /// A change without a new root becomes visible with its timestamp, which is renamed into place after every other file. A new root comes
    /// together with what its keys signed: there the whole metadata folder is exchanged in one step, which the file system must be able to.
    ///
    /// # Errors
    ///
    /// [`NotPublished::File`] where a file cannot be put in place.
    pub fn publish(self) -> Result<Published, NotPublished> {
        for step in switch::steps(&self.staging, &self.plan) {
            step.take()?;
        }
        self.staging.end()?;
        let files = self.plan.new_files().map(str::to_owned).collect();
        Ok(Published { files, first_root: self.plan.first_root().to_vec() })
    }
}
