//! What is needed to load a repository.

use std::num::NonZeroU64;
use std::time::Duration;

use jiff::Timestamp;

use crate::last_good::LastGood;
use crate::source::Source;

/// Where the repository is, and by what it is judged.
///
/// Cloning it is harmless: nothing in it is secret.
#[derive(Debug, Clone)]
pub struct RepositorySettings {
    /// The root metadata that the operator got by another way than this repository, byte for byte. All trust begins here.
    pub trusted_root: Vec<u8>,
    /// Where `metadata/` and `targets/` are.
    pub source: Source,
    /// How many persons must stand behind policies, whatever the repository itself asks for: persons of governance, and of the roles root and
    /// targets, which say who governance is.
    ///
    /// Default 2, so that no one person can open data; smallest 1, which is for a trial with one officer; largest is the number of persons in
    /// the smallest of the three roles. It does not stop persons who agree.
    pub minimum_policy_signers: NonZeroU64,
    /// What the host remembers between loads.
    pub memory: Memory,
    /// How much is read.
    pub limits: RepositoryLimits,
    /// Tells the time. Nothing is taken that has expired by it, nor by the system's own clock.
    pub now: fn() -> Timestamp,
}

impl RepositorySettings {
    /// Settings with two signers of policies, the default limits, the system's clock, and no memory between loads.
    pub fn new(trusted_root: Vec<u8>, source: impl Into<Source>) -> Self {
        Self {
            trusted_root,
            source: source.into(),
            minimum_policy_signers: NonZeroU64::MIN.saturating_add(1),
            memory: Memory::ThisLoadOnly,
            limits: RepositoryLimits::default(),
            now: Timestamp::now,
        }
    }
}

/// What the host remembers of a repository between loads.
#[derive(Debug, Clone)]
pub enum Memory {
    /// Nothing: every load begins at the trusted root, and an older repository that has not expired is accepted. For tools that look at a
    /// repository once.
    ThisLoadOnly,
    /// The last good copy: a repository older than that is refused, and so is one from which a tightening has gone that was not lifted.
    LastGood(LastGood),
}

/// How much of a repository is read.
///
/// Without them, whoever can write to the repository can exhaust the host's memory before the first signature is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RepositoryLimits {
    /// The largest metadata file, in bytes.
    ///
    /// Default 1 MiB, some hundred times what seven agencies need; smallest 1, largest what the host can hold. It does not stop many files.
    pub max_metadata_bytes: u64,
    /// How many metadata files are read in one load.
    ///
    /// Default 128: one per agency, governance, and a root for every yearly rotation of a lifetime; smallest 5. It does not stop large files.
    pub max_metadata_files: usize,
    /// The largest component, in bytes.
    ///
    /// Default 16 MiB, since a component with an interpreter inside takes about ten; smallest 1, largest what the host can hold. It does not
    /// stop a component that is costly to compile.
    pub max_component_bytes: u64,
    /// How many components a repository may list.
    ///
    /// Default 64, several times the agencies and roles in sight; smallest 1. All of them are in memory at once.
    pub max_components: usize,
    /// The largest grant, list of what is withheld, or list of what is lifted, in bytes.
    ///
    /// Default 4 MiB, several times a grant that names every element of the largest catalogue; smallest 1, largest what the host can hold. It
    /// does not stop many of them.
    pub max_list_bytes: u64,
    /// How many grants a repository may list.
    ///
    /// Default 256, several times the agencies in sight with a grant for every role; smallest 1. All of them are in memory at once.
    pub max_grants: usize,
    /// How long one load from the source may take, all its files together.
    ///
    /// Default 5 minutes, enough for 300 MB over a line of 8 Mbit/s; smallest 1 ms, largest what the operator can wait for. It does not stop a
    /// source from taking this long for every load.
    pub max_load_time: Duration,
}

impl Default for RepositoryLimits {
    fn default() -> Self {
        Self {
            max_metadata_bytes: 1024 * 1024,
            max_metadata_files: 128,
            max_component_bytes: 16 * 1024 * 1024,
            max_components: 64,
            max_list_bytes: 4 * 1024 * 1024,
            max_grants: 256,
            max_load_time: Duration::from_mins(5),
        }
    }
}
