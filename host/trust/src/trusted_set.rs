//! Loading a repository.

use jiff::Timestamp;
use ssbtx_core::{AgencyId, Role};
use tough::{ExpirationEnforcement, Limits, Repository, RepositoryLoader};
use url::{ParseError, Url};

use crate::component::Component;
use crate::diagnosis::diagnose;
use crate::journal::Journal;
use crate::not_trusted::NotTrusted;
use crate::rules::listings;
use crate::settings::{Memory, RepositoryLimits, RepositorySettings};
use crate::shelf::{Shelf, metadata_url, targets_url};
use crate::target::ComponentKind;
use crate::verified::{ReadFailure, Verified};

/// Everything that a repository says may run, all of it read and verified.
///
/// It is loaded whole or not at all, so that no set is half of one version and half of another.
#[derive(Debug, Clone)]
pub struct TrustedSet {
    components: Vec<Verified<Component>>,
    versions: Versions,
    expires: Timestamp,
}

/// The versions of a repository's own roles, each counted up by those who sign it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Versions {
    /// Who may sign for the roles.
    pub root: u64,
    /// Which agencies and persons sign what.
    pub targets: u64,
    /// The whole set: see [`TrustedSet::version`].
    pub snapshot: u64,
    /// That the set is the current one.
    pub timestamp: u64,
}

/// Loads a repository: verifies every role, applies the host's own rules, reads every component into memory.
///
/// # Errors
///
/// [`NotTrusted`], which names the file, role, key or component that is wrong. Nothing of the repository may be used then.
///
/// # Cancel safety
///
/// Nothing remains of a load that is dropped, save what [`Memory::Directory`] has been told of metadata that was verified.
pub async fn load(settings: &RepositorySettings) -> Result<TrustedSet, NotTrusted> {
    let journal = Journal::default();
    let diagnosed = |error| diagnose(error, &journal, &settings.trusted_root);
    let repository = verify(settings, &journal).await?.map_err(diagnosed)?;
    let mut components = Vec::new();
    for listing in listings(&repository, &journal, settings)? {
        let component = Verified::read(&repository, listing).await.map_err(|failure| match failure {
            ReadFailure::Refused(refusal) => refusal,
            ReadFailure::Tough(error) => diagnosed(*error),
        })?;
        components.push(component);
    }
    Ok(TrustedSet { components, versions: versions(&repository), expires: expires(&repository) })
}

impl TrustedSet {
    /// The version of the whole set: that of the snapshot.
    ///
    /// The snapshot pins every other signed file by its digest, save root and timestamp, which list no component; so two sets of one repository
    /// with equal versions hold the same components, and any change of a component raises it.
    pub fn version(&self) -> u64 {
        self.versions.snapshot
    }

    /// The versions of the repository's own roles.
    pub fn versions(&self) -> Versions {
        self.versions
    }

    /// When the first of the signed roles expires: loading after that is refused.
    pub fn expires(&self) -> Timestamp {
        self.expires
    }

    /// Every component, in the order of names.
    pub fn components(&self) -> impl Iterator<Item = &Verified<Component>> {
        self.components.iter()
    }

    /// Every adapter with its agency, in the order of agencies.
    pub fn adapters(&self) -> impl Iterator<Item = (AgencyId, &Verified<Component>)> {
        self.components.iter().filter_map(|component| match component.kind() {
            ComponentKind::Adapter(agency) => Some((*agency, component)),
            ComponentKind::Policy(_) => None,
        })
    }

    /// Every policy with its role, in the order of roles.
    pub fn policies(&self) -> impl Iterator<Item = (&Role, &Verified<Component>)> {
        self.components.iter().filter_map(|component| match component.kind() {
            ComponentKind::Policy(role) => Some((role, component)),
            ComponentKind::Adapter(_) => None,
        })
    }
}

/// The framework's part; its refusal is still to be diagnosed.
async fn verify(
    settings: &RepositorySettings,
    journal: &Journal,
) -> Result<tough::error::Result<Repository>, NotTrusted> {
    let url = |url: Result<Url, ParseError>| url.map_err(|error| NotTrusted::Unverified { source: Box::new(error) });
    let shelf = Shelf::new(settings.directory.clone(), settings.limits, journal.clone());
    let loader = RepositoryLoader::new(&settings.trusted_root, url(metadata_url())?, url(targets_url())?)
        .transport(shelf)
        .limits(limits(settings.limits))
        .expiration_enforcement(ExpirationEnforcement::Safe);
    Ok(match &settings.memory {
        Memory::ThisLoadOnly => loader.load().await,
        Memory::Directory(directory) => loader.datastore(directory).load().await,
    })
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

fn versions(repository: &Repository) -> Versions {
    Versions {
        root: repository.root().signed.version.get(),
        targets: repository.targets().signed.version.get(),
        snapshot: repository.snapshot().signed.version.get(),
        timestamp: repository.timestamp().signed.version.get(),
    }
}

fn expires(repository: &Repository) -> Timestamp {
    let delegations = repository.targets().signed.delegations.iter().flat_map(|delegations| &delegations.roles);
    delegations
        .filter_map(|role| role.targets.as_ref())
        .map(|targets| targets.signed.expires)
        .chain([
            repository.targets().signed.expires,
            repository.snapshot().signed.expires,
            repository.timestamp().signed.expires,
        ])
        .fold(repository.root().signed.expires, Timestamp::min)
}
