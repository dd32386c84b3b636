//! What the repository will hold.

use std::collections::{BTreeMap, HashMap};
use std::num::NonZeroU64;

use ssbtx_trust::{Delegation, TargetName};
use tough::schema::{Metafile, Root, Signature, Snapshot, Timestamp};

use super::online::{Sealed, seal};
use super::{NotPublished, Publication};
use crate::change::{Change, ChangeFault, Listed, listed};
use crate::repository::{Repository, RepositoryFault};
use crate::role::{OfflineRole, OwnRole};
use crate::role_set::{Content, RoleSet, SPEC_VERSION};

/// What the repository will hold: files of metadata that are new, and every target that is then listed.
#[derive(Debug)]
pub(super) struct Plan {
    first_root: Vec<u8>,
    metadata: BTreeMap<String, Vec<u8>>,
    targets: Vec<Wanted>,
    switch: Switch,
}

/// How the plan becomes visible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Switch {
    /// With the timestamp.
    Timestamp,
    /// With the whole metadata folder, since a root and what it says must not be met apart.
    Metadata,
    /// With the whole metadata folder, where there was none.
    First,
}

/// A target that is listed.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) name: String,
    pub(super) sha256: String,
    /// Its bytes, if the change brings them; otherwise the repository has them.
    pub(super) bytes: Option<Vec<u8>>,
}

impl Plan {
    pub(super) fn of(publication: &Publication<'_>, change: Option<&Change>) -> Result<Self, NotPublished> {
        let current = Repository::open_if_there(&publication.repository)?;
        let founding = change.is_some_and(|change| change.base().is_none());
        match &current {
            Some(_) if founding => return Err(NotPublished::Exists(publication.repository.clone())),
            None if !founding => return Err(RepositoryFault::None(publication.repository.clone()).into()),
            _ => {}
        }
        let in_force = current.as_ref().map(Repository::roles);
        let sealed = match change {
            Some(change) => {
                is_of_this_state(change, in_force)?;
                sealed(change, in_force)?
            }
            None => BTreeMap::new(),
        };
        let contents = contents(change, in_force)?;
        let mut metadata: BTreeMap<String, Vec<u8>> = sealed
            .iter()
            .map(|(role, sealed)| (format!("{}.{role}.json", sealed.version), sealed.bytes.clone()))
            .collect();
        metadata.extend(online(publication, current.as_ref(), &sealed, &contents)?);
        let switch = match sealed.get(&OfflineRole::Root) {
            _ if founding => Switch::First,
            Some(_) => Switch::Metadata,
            None => Switch::Timestamp,
        };
        let first_root = match (in_force, sealed.get(&OfflineRole::Root)) {
            (Some(set), _) => set.first_root().to_vec(),
            (None, Some(root)) => root.bytes.clone(),
            (None, None) => return Err(NotPublished::Empty),
        };
        Ok(Self { first_root, metadata, targets: wanted(change, &contents)?, switch })
    }

    pub(super) fn first_root(&self) -> &[u8] {
        &self.first_root
    }

    pub(super) fn switch(&self) -> Switch {
        self.switch
    }

    /// The new metadata files by name, timestamp among them.
    pub(super) fn metadata(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.metadata
    }

    pub(super) fn new_files(&self) -> impl Iterator<Item = &str> {
        self.metadata.keys().map(String::as_str)
    }

    pub(super) fn targets(&self) -> &[Wanted] {
        &self.targets
    }
}

/// Refuses a change that was drafted against another state of what it replaces, or of what its policies were reviewed against.
fn is_of_this_state(change: &Change, in_force: Option<&RoleSet>) -> Result<(), NotPublished> {
    if change.roles().next().is_none() {
        return Err(NotPublished::Empty);
    }
    let version = |set: Option<&RoleSet>, role| set.and_then(|set| set.version(role)).unwrap_or_default();
    for role in change.roles() {
        let (found, expected) = (version(in_force, role), version(change.base(), role));
        if found != expected {
            return Err(NotPublished::Moved { role: role.name(), found, expected });
        }
    }
    if !change.roles().any(|role| role == OfflineRole::Delegated(Delegation::Governance)) {
        return Ok(());
    }
    let lists = |set: Option<&RoleSet>, role| match set.and_then(|set| set.content(role)) {
        Some(Content::Targets(targets)) => listed(&targets),
        _ => Vec::new(),
    };
    let roles = in_force.into_iter().chain(change.base()).flat_map(RoleSet::roles);
    for role in roles.filter(|role| is_reviewed_against(*role)) {
        if lists(in_force, role) != lists(change.base(), role) {
            let (found, expected) = (version(in_force, role), version(change.base(), role));
            return Err(NotPublished::ReviewedAgainstOther { role: role.name(), found, expected });
        }
    }
    Ok(())
}

/// A review compares a policy with the one in force on the catalogues of the agencies' adapters.
fn is_reviewed_against(role: OfflineRole) -> bool {
    matches!(role, OfflineRole::Delegated(Delegation::Governance | Delegation::Agency(_)))
}

/// The change's metadata with its signatures, each of which counts and which are enough.
fn sealed(change: &Change, in_force: Option<&RoleSet>) -> Result<BTreeMap<OfflineRole, Sealed>, NotPublished> {
    for required in change.required_in(in_force)? {
        if !required.is_met() {
            return Err(NotPublished::TooFew {
                role: required.role.name(),
                found: required.signed.len() as u64,
                expected: required.threshold,
                open: required.open().map(crate::PublicKey::holder).collect(),
            });
        }
    }
    let seal = |(role, content): (&OfflineRole, &Content)| {
        let signatures: &[Signature] = change.signatures(*role);
        (*role, Sealed { version: content.version(), bytes: content.sealed(signatures) })
    };
    Ok(change.drafts().iter().map(seal).collect())
}

/// Every role's content once this is published, with the file of those that stay as they are.
struct Contents {
    root: Root,
    listing: BTreeMap<OfflineRole, Content>,
    kept: BTreeMap<OfflineRole, Sealed>,
}

fn contents(change: Option<&Change>, in_force: Option<&RoleSet>) -> Result<Contents, NotPublished> {
    let missing = |role: OfflineRole| ChangeFault::NoRole { role: role.name() };
    let draft = |role| change.and_then(|change| change.drafts().get(&role)).cloned();
    let content =
        |role| draft(role).or_else(|| in_force.and_then(|set| set.content(role))).ok_or_else(|| missing(role));
    let (Content::Root(root), Content::Targets(targets)) =
        (content(OfflineRole::Root)?, content(OfflineRole::Targets)?)
    else {
        return Err(NotPublished::Empty);
    };
    let delegations = crate::role_set::delegations(&targets).map_err(ChangeFault::from)?;
    let roles = delegations.into_iter().map(OfflineRole::Delegated).chain([OfflineRole::Targets]);
    let (mut listing, mut kept) = (BTreeMap::new(), BTreeMap::new());
    for role in roles {
        listing.insert(role, content(role)?);
        if draft(role).is_none() {
            let (version, bytes) = in_force
                .and_then(|set| Some((set.version(role)?, set.file(role)?.to_vec())))
                .ok_or_else(|| missing(role))?;
            kept.insert(role, Sealed { version, bytes });
        }
    }
    Ok(Contents { root, listing, kept })
}

/// The files of snapshot, unless the old one still serves, and of timestamp.
fn online(
    publication: &Publication<'_>,
    current: Option<&Repository>,
    sealed: &BTreeMap<OfflineRole, Sealed>,
    contents: &Contents,
) -> Result<Vec<(String, Vec<u8>)>, NotPublished> {
    let (now, lifetimes) = (publication.terms.now, publication.terms.lifetimes);
    let mut meta: HashMap<String, Metafile> = HashMap::new();
    for (role, sealed) in sealed.iter().chain(&contents.kept).filter(|(role, _)| **role != OfflineRole::Root) {
        meta.insert(format!("{role}.json"), sealed.pin()?);
    }
    let serves = |old: &&Repository| {
        let old = old.snapshot();
        let lasts = now.checked_add(publication.renew_snapshot_within).is_ok_and(|then| then < old.signed.expires);
        lasts && old.signed.meta == meta && contents.root.verify_role(old).is_ok()
    };
    let mut files = Vec::new();
    let pin = if let Some(old) = current.filter(serves) {
        old.timestamp().signed.meta.get("snapshot.json").cloned()
    } else {
        let version = next(current.map(|old| old.snapshot().signed.version));
        let expires = lifetimes.snapshot.from(now);
        let mut snapshot = Snapshot::new(SPEC_VERSION.to_owned(), version, expires);
        snapshot.meta = meta;
        let (_, file) = seal(snapshot, OwnRole::Snapshot, &contents.root, publication.keys.snapshot)?;
        let pin = file.pin()?;
        files.push((format!("{version}.snapshot.json"), file.bytes));
        Some(pin)
    };
    let version = next(current.map(|old| old.timestamp().signed.version));
    let mut timestamp = Timestamp::new(SPEC_VERSION.to_owned(), version, lifetimes.timestamp.from(now));
    timestamp.meta = pin.into_iter().map(|pin| ("snapshot.json".to_owned(), pin)).collect();
    let (_, file) = seal(timestamp, OwnRole::Timestamp, &contents.root, Some(publication.keys.timestamp))?;
    files.push((TIMESTAMP.to_owned(), file.bytes));
    Ok(files)
}

fn next(version: Option<NonZeroU64>) -> NonZeroU64 {
    version.map_or(NonZeroU64::MIN, |version| version.saturating_add(1))
}

fn wanted(change: Option<&Change>, contents: &Contents) -> Result<Vec<Wanted>, NotPublished> {
    let targets = contents.listing.values().filter_map(|content| match content {
        Content::Targets(targets) => Some(targets),
        Content::Root(_) => None,
    });
    let mut wanted = Vec::new();
    for Listed { name, sha256, .. } in targets.flat_map(listed) {
        let target: Option<TargetName> = name.parse().ok();
        let bytes = match (change, target) {
            (Some(change), Some(target)) => change.target_bytes(&target)?,
            _ => None,
        };
        wanted.push(Wanted { name, sha256, bytes });
    }
    Ok(wanted)
}

pub(super) const TIMESTAMP: &str = "timestamp.json";
