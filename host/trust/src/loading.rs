//! Loading a repository.

use std::io;
use std::time::Duration;

use tough::{ExpirationEnforcement, Limits, Repository, RepositoryLoader};
use url::{ParseError, Url};

use crate::contents::Contents;
use crate::diagnosis::diagnose;
use crate::files::Files;
use crate::journal::Journal;
use crate::last_good::{Remembered, RootChain};
use crate::not_trusted::NotTrusted;
use crate::rules::listings;
use crate::settings::{Memory, RepositoryLimits, RepositorySettings};
use crate::shelf::{METADATA, Shelf, metadata_url, targets_url};
use crate::trusted_set::TrustedSet;
use crate::verified::ReadFailure;

/// Loads a repository: verifies every role, applies the host's own rules, reads every signed file into memory.
///
/// With [`Memory::LastGood`] it begins at the newest root that is known, and whatever is older than the last good copy is refused, as is a set
/// in which something that was withheld is withheld no longer without having been lifted.
///
/// # Errors
///
/// [`NotTrusted`], which names the file, role, key or component that is wrong. Nothing of the repository may be used then.
///
/// # Cancel safety
///
/// Nothing remains of a load that fails or is dropped: only [`LastGood::keep`](crate::LastGood::keep) changes what is remembered.
pub async fn load(settings: &RepositorySettings) -> Result<TrustedSet, NotTrusted> {
    let now = (settings.now)();
    let remembered = match &settings.memory {
        Memory::ThisLoadOnly => None,
        Memory::LastGood(copy) => copy.remembered()?,
    };
    let beginning = match &remembered {
        None => RootChain::of(&settings.trusted_root),
        Some(remembered) => {
            remembered.allows_time(now)?;
            RootChain::reaching(&settings.trusted_root, remembered.roots())?
        }
    };
    let limit = settings.limits.max_load_time;
    let reading = read(settings, &beginning, remembered.as_ref(), Expiry::Enforced);
    let set = tokio::time::timeout(limit, reading).await.map_err(|_elapsed| too_slow(limit))??;
    // The framework asked the system's clock; the host's own has a word too.
    match set.roles().iter().find(|role| role.expires <= now) {
        Some(role) => Err(NotTrusted::Expired { role: role.name.clone(), at: role.expires }),
        None => Ok(set),
    }
}

/// Who looks at when metadata expires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expiry {
    /// The framework, which refuses what has expired.
    Enforced,
    /// The caller, who grants a grace.
    LeftToCaller,
}

/// Reads a whole set from the source, beginning at the newest root of a chain.
pub(crate) async fn read(
    settings: &RepositorySettings,
    beginning: &RootChain,
    remembered: Option<&Remembered>,
    expiry: Expiry,
) -> Result<TrustedSet, NotTrusted> {
    let settings = &RepositorySettings { trusted_root: beginning.newest().to_vec(), ..settings.clone() };
    let (journal, files) = (Journal::default(), Files::default());
    for (version, root) in beginning.roots() {
        files.add(format!("{METADATA}{version}.root.json"), root.clone());
    }
    let diagnosed = |error| diagnose(error, &journal, &settings.trusted_root);
    let shelf = Shelf::new(settings.source.clone(), settings.limits, journal.clone(), files.clone());
    // `tough` writes there what it reads, so it is for this load alone.
    let datastore = tempfile::tempdir().map_err(unprepared)?;
    if let Some(remembered) = remembered {
        remembered.seed(datastore.path()).map_err(unprepared)?;
    }
    let loader = RepositoryLoader::new(&settings.trusted_root, url(metadata_url())?, url(targets_url())?)
        .transport(shelf)
        .limits(limits(settings.limits))
        .datastore(datastore.path())
        .expiration_enforcement(match expiry {
            Expiry::Enforced => ExpirationEnforcement::Safe,
            Expiry::LeftToCaller => ExpirationEnforcement::Unsafe,
        });
    let repository = loader.load().await.map_err(diagnosed)?;
    if let Some(remembered) = remembered {
        remembered.allows_versions(&repository)?;
    }
    let contents = contents(&repository, &journal, beginning, settings).await.map_err(|failure| match failure {
        ReadFailure::Refused(refusal) => refusal,
        ReadFailure::Tough(error) => diagnosed(*error),
    })?;
    if let Some(remembered) = remembered {
        let lists = (contents.tightening.as_ref(), contents.lifted.as_ref());
        remembered.allows_lists(lists.0.map(|file| file.list()), lists.1.map(|file| file.list()))?;
    }
    Ok(TrustedSet::new(&repository, contents, files.all(), (settings.now)()))
}

async fn contents(
    repository: &Repository,
    journal: &Journal,
    beginning: &RootChain,
    settings: &RepositorySettings,
) -> Result<Contents, ReadFailure> {
    let listings = listings(repository, journal, beginning, settings).map_err(ReadFailure::Refused)?;
    Contents::read(repository, listings).await
}

fn too_slow(limit: Duration) -> NotTrusted {
    NotTrusted::OverLimit { what: "seconds of one load".to_owned(), limit: limit.as_secs() }
}

fn url(url: Result<Url, ParseError>) -> Result<Url, NotTrusted> {
    url.map_err(|error| NotTrusted::Unverified { source: Box::new(error) })
}

fn unprepared(error: io::Error) -> NotTrusted {
    NotTrusted::Unverified { source: Box::new(error) }
}

fn limits(limits: RepositoryLimits) -> Limits {
    Limits {
        max_root_size: limits.max_metadata_bytes,
        max_targets_size: limits.max_metadata_bytes,
        max_timestamp_size: limits.max_metadata_bytes,
        max_snapshot_size: limits.max_metadata_bytes,
        max_root_updates: limits.max_metadata_files as u64,
    }
}
