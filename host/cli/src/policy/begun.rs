//! A change that is begun from a repository, and what that lists of what is withheld.

use std::fs;
use std::path::Path;

use anyhow::{Context, anyhow};
use jiff::Timestamp;
use serde_json::Value;
use ssbtx_core::{Lifted, Sha256Digest, Tightening};
use ssbtx_review::Archive;
use ssbtx_signing::{Change, Repository, Terms};
use ssbtx_trust::{TargetKind, TargetName};

use super::proposal::signed_bytes;
use super::targets::Targets;
use super::{Failed, listing};

/// A change that is begun, and the repository that it is begun from. Unless it is finished its folder goes away: half a change is none.
pub(super) struct Begun {
    pub(super) change: Change,
    targets: Targets,
    is_finished: bool,
}

impl Begun {
    /// Begins a change in a folder that is not there yet.
    pub(super) fn new(repository: &Path, out: &Path) -> Result<Self, Failed> {
        let in_force = Repository::open(repository).context("read the repository").map_err(Failed::NotDone)?;
        let targets = Targets::open(repository).map_err(Failed::NotDone)?;
        let change = Change::create(out, &in_force).context("begin the change").map_err(Failed::NotDone)?;
        Ok(Self { change, targets, is_finished: false })
    }

    /// Keeps the change.
    pub(super) fn finish(&mut self) {
        self.is_finished = true;
    }

    /// The bytes of whatever the repository has under this digest.
    pub(super) fn by_digest(&self, digest: Sha256Digest) -> Option<Vec<u8>> {
        self.targets.bytes(digest)
    }

    /// The bytes of a target that the repository lists.
    pub(super) fn bytes_of(&self, name: &TargetName) -> Result<Option<Vec<u8>>, Failed> {
        let Some(digest) = listing::digest(&self.change, name)? else { return Ok(None) };
        signed_bytes(name, digest, &|_, digest| self.by_digest(digest)).map(Some)
    }

    /// What is withheld now.
    pub(super) fn tightening(&self) -> Result<Tightening, Failed> {
        self.list(TargetKind::Tightening, Tightening::parse)
    }

    /// What of it is lifted now.
    pub(super) fn lifted(&self) -> Result<Lifted, Failed> {
        self.list(TargetKind::Lifted, Lifted::parse)
    }

    /// Lists a target anew.
    pub(super) fn put(&mut self, name: &TargetName, bytes: &[u8], custom: &Value) -> Result<(), Failed> {
        self.change
            .put_target(name, bytes, custom, &Terms::at(Timestamp::now()))
            .with_context(|| format!("list `{name}` in the change"))
            .map_err(Failed::NotDone)
    }

    fn list<T: Default, E: std::error::Error + Send + Sync + 'static>(
        &self,
        kind: TargetKind,
        parse: impl FnOnce(&[u8]) -> Result<T, E>,
    ) -> Result<T, Failed> {
        let name = TargetName::from(kind);
        let Some(bytes) = self.bytes_of(&name)? else { return Ok(T::default()) };
        parse(&bytes).map_err(|error| Failed::NotDone(anyhow!(error).context(format!("read `{name}`"))))
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        if !self.is_finished {
            // It was empty or not there when the change was begun; what cannot be removed is in the way of the next attempt, which says so.
            let _ = fs::remove_dir_all(self.change.folder());
        }
    }
}
