//! What the last good copy remembers, and what it therefore refuses.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use ssbtx_core::{Lifted, TightenedEntry, Tightening};
use tough::Repository;
use tough::schema::{Signed, Snapshot, Targets};

use super::kept_set::KeptSet;
use crate::not_trusted::KeptFault;

/// The metadata of the last good copy, with the lists that only grow or are lifted.
#[derive(Debug)]
pub(crate) struct Remembered {
    roots: BTreeMap<u64, Bytes>,
    timestamp: Bytes,
    snapshot_bytes: Bytes,
    snapshot: Signed<Snapshot>,
    /// Targets and the delegations, by name.
    roles: BTreeMap<String, Signed<Targets>>,
    tightening: Tightening,
    lifted: Lifted,
    loaded: Timestamp,
}

impl Remembered {
    /// Reads what a kept set says of others.
    pub(super) fn read(set: &KeptSet) -> Result<Self, KeptFault> {
        let (timestamp, newest) = set.timestamp()?;
        let (snapshot_bytes, snapshot) = set.metadata::<Snapshot>(SNAPSHOT, newest.signed.meta.get(SNAPSHOT))?;
        let role = |name: &str| {
            let file = format!("{name}.json");
            set.metadata::<Targets>(&file, snapshot.signed.meta.get(&file)).map(|(_, role)| role)
        };
        let targets = role(TARGETS)?;
        // The snapshot may list more: a role that nobody delegates to any longer, which nobody reads either.
        let delegations = targets.signed.delegations.iter().flat_map(|delegations| &delegations.roles);
        let named = delegations.map(|delegation| Ok((delegation.name.clone(), role(&delegation.name)?)));
        let mut roles = named.collect::<Result<BTreeMap<_, _>, _>>()?;
        roles.insert(TARGETS.to_owned(), targets);
        Ok(Self {
            roots: set.roots()?,
            tightening: set.target(roles.get("tightening"), WITHHELD, Tightening::parse)?.unwrap_or_default(),
            lifted: set.target(roles.get("governance"), LIFTED, Lifted::parse)?.unwrap_or_default(),
            loaded: set.loaded()?,
            timestamp,
            snapshot_bytes,
            snapshot,
            roles,
        })
    }

    /// Every root that is kept, by version.
    pub(crate) fn roots(&self) -> &BTreeMap<u64, Bytes> {
        &self.roots
    }

    /// Writes what `tough` compares with into a folder of this one load, so that a load that fails leaves nothing behind.
    pub(crate) fn seed(&self, datastore: &Path) -> io::Result<()> {
        fs::write(datastore.join("timestamp.json"), &self.timestamp)?;
        fs::write(datastore.join(SNAPSHOT), &self.snapshot_bytes)
    }

    /// Refuses a clock that stands far before the time of the last good load: by such a clock nothing ever expires.
    ///
    /// # Errors
    ///
    /// [`KeptFault::ClockWentBack`].
    pub(crate) fn allows_time(&self, now: Timestamp) -> Result<(), KeptFault> {
        let earliest = self.loaded.checked_sub(CLOCK_TOLERANCE).unwrap_or(Timestamp::MIN);
        if now < earliest { Err(KeptFault::ClockWentBack { now, seen: self.loaded }) } else { Ok(()) }
    }

    /// Refuses a verified repository in which the snapshot, targets or a delegation is older than here, or another under the same version.
    ///
    /// `tough` compares timestamp and snapshot, and the others as the old snapshot lists them, but forgets the old snapshot when its key was
    /// replaced. Who holds that key cannot have raised the other versions, so these are compared by themselves. A role whose own keys were
    /// replaced, so that its old metadata no longer verifies, may begin anew: that is how a role recovers from a stolen key.
    ///
    /// # Errors
    ///
    /// [`KeptFault::Older`] or [`KeptFault::Forked`].
    pub(crate) fn allows_versions(&self, repository: &Repository) -> Result<(), KeptFault> {
        let root = &repository.root().signed;
        if root.verify_role(&self.snapshot).is_ok() {
            let (kept, found) = (&self.snapshot.signed, &repository.snapshot().signed);
            not_older("snapshot", (kept.version.get(), kept), (found.version.get(), found))?;
        }
        let targets = &repository.targets().signed;
        if let Some(Signed { signed: kept, .. }) = self.roles.get(TARGETS).filter(|kept| root.verify_role(kept).is_ok())
        {
            not_older(TARGETS, (kept.version.get(), kept), (targets.version.get(), targets))?;
        }
        let Some(delegations) = &targets.delegations else { return Ok(()) };
        for delegation in &delegations.roles {
            let kept = self.roles.get(&delegation.name);
            let kept = kept.filter(|kept| delegations.verify_role(kept, &delegation.name).is_ok());
            if let Some((Signed { signed: kept, .. }, found)) = kept.zip(delegation.targets.as_ref()) {
                let found = &found.signed;
                not_older(&delegation.name, (kept.version.get(), kept), (found.version.get(), found))?;
            }
        }
        Ok(())
    }

    /// Refuses lists in which something that is withheld here is withheld no longer, or less of it, and was not lifted.
    ///
    /// One person may withhold; only governance's threshold may open again, and dropping an entry would be a way around that.
    ///
    /// # Errors
    ///
    /// [`KeptFault::Loosened`].
    pub(crate) fn allows_lists(
        &self,
        tightening: Option<&Tightening>,
        lifted: Option<&Lifted>,
    ) -> Result<(), KeptFault> {
        for entry in self.tightening.without(&self.lifted) {
            let is_lifted = lifted.is_some_and(|list| list.holds(&entry.id));
            let stands =
                |other: &TightenedEntry| other.id == entry.id && other.what == entry.what && other.roles == entry.roles;
            if !is_lifted && !tightening.is_some_and(|list| list.entries().iter().any(stands)) {
                return Err(KeptFault::Loosened { id: entry.id.clone() });
            }
        }
        Ok(())
    }
}

/// A version may be the same or a higher one, and the same version is the same content, whoever has signed it since.
fn not_older<T: Serialize>(role: &str, kept: (u64, &T), found: (u64, &T)) -> Result<(), KeptFault> {
    let ((kept_version, kept), (found_version, found)) = (kept, found);
    if found_version < kept_version {
        return Err(KeptFault::Older { role: role.to_owned(), found: found_version, kept: kept_version });
    }
    // Compared as written: what `tough` hangs onto a role when it loads is no part of it.
    if found_version == kept_version && serde_json::to_value(kept).ok() != serde_json::to_value(found).ok() {
        return Err(KeptFault::Forked { role: role.to_owned(), version: kept_version });
    }
    Ok(())
}

const SNAPSHOT: &str = "snapshot.json";
const TARGETS: &str = "targets";
const WITHHELD: &str = "tightening/withheld.json";
const LIFTED: &str = "policies/lifted.json";
/// Clocks are set right by seconds; somebody who wants expired metadata taken needs days.
const CLOCK_TOLERANCE: SignedDuration = SignedDuration::from_mins(5);
