//! What a repository holds, who signs for it, and what has to be done next.

use jiff::Timestamp;
use serde::Serialize;

use crate::authority::Authority;
use crate::change::{ChangeFault, listed};
use crate::difference::signers;
use crate::public_key::PublicKey;
use crate::repository::Repository;
use crate::role::{OfflineRole, OwnRole};
use crate::role_set::Content;

/// A repository at a moment: as it says of itself, without verification.
///
/// # Shape
///
/// In JSON, members in camel case; times per RFC 3339.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    /// The version of the whole set: that of the snapshot.
    pub version: u64,
    /// Every role, root first.
    pub roles: Vec<RoleStatus>,
    /// Every target, in the order of names.
    pub targets: Vec<TargetStatus>,
    /// What has to be signed next, the most urgent first.
    pub next: Vec<Duty>,
}

/// One role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RoleStatus {
    /// Its name.
    pub role: String,
    /// The version of its metadata.
    pub version: u64,
    /// When that expires.
    pub expires: Timestamp,
    /// Whole days until then, rounded down; below 0 after.
    pub days_left: i64,
    /// How many must sign.
    pub threshold: u64,
    /// Who may, in the order of the list.
    pub may_sign: Vec<Holder>,
}

/// Who holds a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Holder {
    /// The person; nobody for a machine's key.
    pub person: Option<String>,
    /// The key id.
    pub key: String,
}

/// One target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TargetStatus {
    /// Its name.
    pub name: String,
    /// The role that lists it.
    pub role: String,
    /// The digest of its bytes, in hexadecimal digits.
    pub sha256: String,
    /// Its length in bytes.
    pub length: u64,
}

/// Something that has to be signed before a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Duty {
    /// The role whose metadata is to be renewed.
    pub role: String,
    /// By when.
    pub before: Timestamp,
    /// Whole days until then, rounded down; below 0 after.
    pub days_left: i64,
    /// How many must sign.
    pub threshold: u64,
    /// Who may: persons, or `key …` for a machine's.
    pub may_sign: Vec<String>,
}

impl Status {
    /// What a repository says of itself now.
    ///
    /// A role that persons sign for is due 30 days before it expires, so that they can meet; snapshot 3 days before, timestamp when half a
    /// day is left: machines sign these, and a duty of theirs means that a machine does not.
    ///
    /// # Errors
    ///
    /// [`ChangeFault`] where the metadata holds a key that is none, or a delegation that no host knows.
    pub fn of(repository: &Repository, now: Timestamp) -> Result<Self, ChangeFault> {
        let set = repository.roles();
        let (snapshot, timestamp) = (&repository.snapshot().signed, &repository.timestamp().signed);
        let signers = signers(set)?;
        let offline = set.roles().filter_map(|role| {
            let content = set.content(role)?;
            Some((role.name(), content.version(), content.expires(), hours(PERSONS_DAYS)))
        });
        let online = [
            (OwnRole::Snapshot.to_string(), snapshot.version.get(), snapshot.expires, hours(SNAPSHOT_DAYS)),
            (OwnRole::Timestamp.to_string(), timestamp.version.get(), timestamp.expires, TIMESTAMP_HOURS),
        ];
        let (mut roles, mut next) = (Vec::new(), Vec::new());
        for (role, version, expires, due) in offline.chain(online) {
            let authority = signers.get(&role);
            let days_left = hours_left(expires, now).div_euclid(24);
            let threshold = authority.map_or(0, Authority::threshold);
            let keys = authority.map_or(&[][..], Authority::keys);
            if hours_left(expires, now) < due {
                let may_sign = keys.iter().map(PublicKey::holder).collect();
                next.push(Duty { role: role.clone(), before: expires, days_left, threshold, may_sign });
            }
            let may_sign = keys.iter().map(Holder::of).collect();
            roles.push(RoleStatus { role, version, expires, days_left, threshold, may_sign });
        }
        next.sort_by_key(|duty| duty.before);
        Ok(Self { version: snapshot.version.get(), roles, targets: targets(repository), next })
    }
}

impl Holder {
    fn of(key: &PublicKey) -> Self {
        Self { person: key.person().map(ToString::to_string), key: key.id().to_string() }
    }
}

fn targets(repository: &Repository) -> Vec<TargetStatus> {
    let set = repository.roles();
    let listed = set.roles().filter_map(|role: OfflineRole| match set.content(role)? {
        Content::Targets(targets) => Some((role, listed(&targets))),
        Content::Root(_) => None,
    });
    let mut all: Vec<TargetStatus> = listed
        .flat_map(|(role, listed)| {
            listed.into_iter().map(move |one| TargetStatus {
                name: one.name,
                role: role.name(),
                sha256: one.sha256,
                length: one.length,
            })
        })
        .collect();
    all.sort_by(|a, b| a.name.cmp(&b.name));
    all
}

fn hours(days: i64) -> i64 {
    24 * days
}

fn hours_left(expires: Timestamp, now: Timestamp) -> i64 {
    expires.duration_since(now).as_millis().div_euclid(3_600_000).try_into().unwrap_or(i64::MAX)
}

const PERSONS_DAYS: i64 = 30;
const SNAPSHOT_DAYS: i64 = 3;
const TIMESTAMP_HOURS: i64 = 12;
