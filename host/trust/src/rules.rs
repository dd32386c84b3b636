//! What this host demands beyond a properly signed repository.

mod delegations;
mod listing;
mod names;
mod roots;

use tough::Repository;
use tough::schema::Metafile;

use crate::journal::Journal;
use crate::last_good::RootChain;
use crate::not_trusted::{NotTrusted, StructureFault};
use crate::settings::{RepositoryLimits, RepositorySettings};
use crate::target::TargetKind;

pub(crate) use listing::Listing;
pub(crate) use names::{escaped, may_list};

/// Everything that may be taken from a verified repository, in the order of names.
///
/// It looks at the roles one by one and never asks `tough` who lists a name: a search may find a name where it should not be.
pub(crate) fn listings(
    repository: &Repository,
    journal: &Journal,
    beginning: &RootChain,
    settings: &RepositorySettings,
) -> Result<Vec<Listing>, NotTrusted> {
    roots::count_persons(beginning, journal, settings)?;
    if !repository.root().signed.consistent_snapshot {
        return Err(StructureFault::NotConsistent.into());
    }
    every_file_is_pinned(repository)?;
    let targets = &repository.targets().signed;
    if let Some((name, _)) = names::listed(targets).first() {
        may_list(TARGETS, name, None)?;
    }
    let mut listings = Vec::new();
    if let Some(delegations) = &targets.delegations {
        for (delegation, role) in delegations::sound(delegations)? {
            listings.extend(listing::listed_by(delegation, role, settings)?);
        }
    }
    not_too_many(&listings, settings.limits)?;
    listings.sort_by(|a, b| a.name().cmp(b.name()));
    Ok(listings)
}

fn every_file_is_pinned(repository: &Repository) -> Result<(), StructureFault> {
    let pinned = repository.timestamp().signed.meta.iter().chain(&repository.snapshot().signed.meta);
    let loose: Option<&String> =
        pinned.filter(|(_, file): &(_, &Metafile)| file.hashes.is_none()).map(|(name, _)| name).min();
    loose.map_or(Ok(()), |file| Err(StructureFault::Unpinned { file: escaped(file) }))
}

fn not_too_many(listings: &[Listing], limits: RepositoryLimits) -> Result<(), NotTrusted> {
    let components =
        listings.iter().filter(|listing| matches!(listing.name().kind(), TargetKind::Component(_))).count();
    let grants = listings.iter().filter(|listing| matches!(listing.name().kind(), TargetKind::Grant { .. })).count();
    for (what, found, limit) in
        [("number of components", components, limits.max_components), ("number of grants", grants, limits.max_grants)]
    {
        if found > limit {
            return Err(NotTrusted::OverLimit { what: what.to_owned(), limit: limit as u64 });
        }
    }
    Ok(())
}

/// Refuses a threshold that one person, or fewer than the host asks for, can meet.
fn needs_enough_persons(role: &str, found: u64, settings: &RepositorySettings) -> Result<(), StructureFault> {
    let expected = settings.minimum_policy_signers.get();
    if found < expected {
        return Err(StructureFault::WeakRole { role: role.to_owned(), found, expected });
    }
    Ok(())
}

const TARGETS: &str = "targets";
