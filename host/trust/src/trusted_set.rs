//! What a repository says, loaded.

use std::num::NonZeroU64;

use bytes::Bytes;
use jiff::Timestamp;
use ssbtx_core::{AgencyId, Role, Sha256Digest};
use tough::Repository;

use crate::component::Component;
use crate::contents::Contents;
use crate::files::AllFiles;
use crate::grant_file::GrantFile;
use crate::lifted_file::LiftedFile;
use crate::review_mark::ReviewMark;
use crate::shelf::TIMESTAMP;
use crate::target::ComponentKind;
use crate::tightening_file::TighteningFile;
use crate::verified::Verified;

/// Everything that a repository says may run, may be opened and must be withheld, all of it read and verified.
///
/// It is loaded whole or not at all, so that no set is half of one version and half of another.
#[derive(Debug, Clone)]
pub struct TrustedSet {
    contents: Contents,
    versions: Versions,
    roles: Vec<RoleVersion>,
    files: AllFiles,
    loaded: Timestamp,
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

/// A role of the repository as it was verified: its own, or a delegation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleVersion {
    /// Its name: `root`, `timestamp`, `snapshot`, `targets`, `governance`, `shadow`, `tightening`, or an agency such as `af`.
    pub name: String,
    /// Its version, counted up by those who sign it.
    pub version: u64,
    /// When it expires.
    pub expires: Timestamp,
}

impl TrustedSet {
    /// What was verified, with the files that it was verified from.
    pub(crate) fn new(repository: &Repository, contents: Contents, files: AllFiles, loaded: Timestamp) -> Self {
        Self { contents, versions: versions(repository), roles: roles(repository), files, loaded }
    }

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

    /// Every role with its version and when it expires: the repository's own first, then the delegations in the order of their names.
    pub fn roles(&self) -> &[RoleVersion] {
        &self.roles
    }

    /// When the first of the signed roles expires: loading after that is refused.
    pub fn expires(&self) -> Timestamp {
        self.roles.iter().map(|role| role.expires).min().unwrap_or(Timestamp::MIN)
    }

    /// The digest of the `timestamp.json` that it was loaded by: the source's [`fingerprint`](crate::fingerprint) differs once it has changed.
    pub fn fingerprint(&self) -> Sha256Digest {
        Sha256Digest::of(self.files.get(TIMESTAMP).map_or(&[], Bytes::as_ref))
    }

    /// Every component, in the order of names.
    pub fn components(&self) -> impl Iterator<Item = &Verified<Component>> {
        self.contents.components.iter()
    }

    /// Every adapter with its agency, in the order of agencies.
    pub fn adapters(&self) -> impl Iterator<Item = (AgencyId, &Verified<Component>)> {
        self.components().filter_map(|component| match component.kind() {
            ComponentKind::Adapter(agency) => Some((*agency, component)),
            ComponentKind::Policy(_) | ComponentKind::Shadow(_) => None,
        })
    }

    /// Every policy with its role, in the order of roles.
    pub fn policies(&self) -> impl Iterator<Item = (&Role, &Verified<Component>)> {
        self.components().filter_map(|component| match component.kind() {
            ComponentKind::Policy(role) => Some((role, component)),
            ComponentKind::Adapter(_) | ComponentKind::Shadow(_) => None,
        })
    }

    /// Every proposed policy with the role that it would decide for, in the order of roles. It discloses nothing.
    pub fn shadows(&self) -> impl Iterator<Item = (&Role, &Verified<Component>)> {
        self.components().filter_map(|component| match component.kind() {
            ComponentKind::Shadow(role) => Some((role, component)),
            ComponentKind::Adapter(_) | ComponentKind::Policy(_) => None,
        })
    }

    /// Every grant, in the order of agencies and then of roles.
    pub fn grants(&self) -> impl Iterator<Item = &Verified<GrantFile>> {
        self.contents.grants.iter()
    }

    /// What is withheld at once, where the repository has such a list.
    pub fn tightening(&self) -> Option<&Verified<TighteningFile>> {
        self.contents.tightening.as_ref()
    }

    /// Which tightenings are lifted, where the repository has such a list.
    pub fn lifted(&self) -> Option<&Verified<LiftedFile>> {
        self.contents.lifted.as_ref()
    }

    /// Every file that it was verified from, by its name in the repository: all metadata with every root since the trusted one, all targets.
    pub(crate) fn files(&self) -> &AllFiles {
        &self.files
    }

    /// When it was loaded.
    pub(crate) fn loaded(&self) -> Timestamp {
        self.loaded
    }

    /// The review that a role's policy was signed with; none where there is no such policy, since no policy is without.
    pub fn review_of(&self, role: &Role) -> Option<ReviewMark> {
        self.contents.reviews.get(role).copied()
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

fn roles(repository: &Repository) -> Vec<RoleVersion> {
    let role = |name: &str, version: NonZeroU64, expires| RoleVersion {
        name: name.to_owned(),
        version: version.get(),
        expires,
    };
    let root = &repository.root().signed;
    let timestamp = &repository.timestamp().signed;
    let snapshot = &repository.snapshot().signed;
    let targets = &repository.targets().signed;
    let mut delegations: Vec<RoleVersion> = targets
        .delegations
        .iter()
        .flat_map(|delegations| &delegations.roles)
        .filter_map(|delegation| Some((&delegation.name, &delegation.targets.as_ref()?.signed)))
        .map(|(name, signed)| role(name, signed.version, signed.expires))
        .collect();
    delegations.sort_by(|a, b| a.name.cmp(&b.name));
    let mut roles = vec![
        role("root", root.version, root.expires),
        role("timestamp", timestamp.version, timestamp.expires),
        role("snapshot", snapshot.version, snapshot.expires),
        role("targets", targets.version, targets.expires),
    ];
    roles.append(&mut delegations);
    roles
}
