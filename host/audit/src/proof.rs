//! Proofs: what convinces somebody who has a log's verifier key, and not the log.

use std::fmt;
use std::str::FromStr;

use ct_merkle::RootHash;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::Sha256;

use crate::checkpoint::SignedCheckpoint;
use crate::checkpoint_key::VerifierKey;
use ssbtx_core::Sha256Digest;

/// A proof, of either kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// That a record is in a log.
    Inclusion(InclusionProof),
    /// That a log was only added to.
    Consistency(ConsistencyProof),
}

impl Proof {
    /// Whether it proves what it says, to whoever trusts one of the keys.
    ///
    /// # Errors
    ///
    /// [`ProofRefused`] where it does not.
    pub fn verify(&self, keys: &[VerifierKey]) -> Result<(), ProofRefused> {
        match self {
            Self::Inclusion(proof) => proof.verify(keys),
            Self::Consistency(proof) => proof.verify(keys),
        }
    }
}

impl FromStr for Proof {
    type Err = InvalidProof;

    fn from_str(text: &str) -> Result<Self, InvalidProof> {
        let Kind { kind } = serde_json::from_str(text).map_err(|_| InvalidProof::Form)?;
        match kind.as_str() {
            INCLUSION => InclusionProof::parse(text).map(Self::Inclusion),
            CONSISTENCY => ConsistencyProof::parse(text).map(Self::Consistency),
            _ => Err(InvalidProof::Form),
        }
    }
}

/// That a record is in a log, at its place, as it is.
///
/// # Shape
///
/// One line of JSON, `{"kind":"ssbtx-audit-inclusion","version":1,"line":{…},"path":["<64 hex digits>",…],"checkpoint":"…"}`. `line` is the log's line byte
/// for byte: a tool that writes it with other white space makes the proof worthless. `path` is that of RFC 9162, section 2.1.3, from the leaf to the root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InclusionProof {
    pub(crate) sequence: u64,
    pub(crate) line: String,
    pub(crate) path: Vec<Sha256Digest>,
    pub(crate) checkpoint: SignedCheckpoint,
}

impl InclusionProof {
    /// Which line of the log it is, from 1.
    pub fn sequence(&self) -> u64 {
        self.sequence
    }

    /// The line itself, with the record.
    pub fn line(&self) -> &str {
        &self.line
    }

    /// What the log was when it is proved to have it.
    pub fn checkpoint(&self) -> &SignedCheckpoint {
        &self.checkpoint
    }

    /// Whether the record is in the log that the checkpoint is of, and one of the keys signed that.
    ///
    /// # Errors
    ///
    /// [`ProofRefused`] where it does not.
    pub fn verify(&self, keys: &[VerifierKey]) -> Result<(), ProofRefused> {
        signed(&self.checkpoint, keys)?;
        let index = self.sequence.checked_sub(1).ok_or(ProofRefused::Path)?;
        let path = ct_merkle::InclusionProof::try_from_bytes(bytes(&self.path)).map_err(|_| ProofRefused::Path)?;
        let verified = root(&self.checkpoint).verify_inclusion(&self.line.as_bytes(), index, &path);
        verified.map_err(|_| ProofRefused::Path)
    }

    fn parse(text: &str) -> Result<Self, InvalidProof> {
        let Inclusion { kind: _, version, line, path, checkpoint } =
            serde_json::from_str(text).map_err(|_| InvalidProof::Form)?;
        let Sequence { sequence } = serde_json::from_str(line.get()).map_err(|_| InvalidProof::Form)?;
        let line = line.get().to_owned();
        Ok(Self { sequence, line, path: path_of(version, &path)?, checkpoint: checkpoint_of(&checkpoint)? })
    }
}

impl fmt::Display for InclusionProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line: &RawValue = serde_json::from_str(&self.line).map_err(|_| fmt::Error)?;
        let (path, checkpoint) = (texts(&self.path), self.checkpoint.to_string());
        let written = Inclusion { kind: INCLUSION.into(), version: VERSION, line, path, checkpoint };
        f.write_str(&serde_json::to_string(&written).map_err(|_| fmt::Error)?)
    }
}

/// That a log was only added to from one checkpoint to another.
///
/// # Shape
///
/// One line of JSON, `{"kind":"ssbtx-audit-consistency","version":1,"older":"…","newer":"…","path":["<64 hex digits>",…]}`: two checkpoints, and the path of
/// RFC 9162, section 2.1.4.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsistencyProof {
    pub(crate) older: SignedCheckpoint,
    pub(crate) newer: SignedCheckpoint,
    pub(crate) path: Vec<Sha256Digest>,
}

impl ConsistencyProof {
    /// What the log was before.
    pub fn older(&self) -> &SignedCheckpoint {
        &self.older
    }

    /// What it was later.
    pub fn newer(&self) -> &SignedCheckpoint {
        &self.newer
    }

    /// Whether all that the older checkpoint is of is at the beginning of what the newer is of, and the keys signed both.
    ///
    /// # Errors
    ///
    /// [`ProofRefused`] where it does not.
    pub fn verify(&self, keys: &[VerifierKey]) -> Result<(), ProofRefused> {
        let Self { older, newer, path } = self;
        signed(older, keys)?;
        signed(newer, keys)?;
        if older.origin() != newer.origin() {
            return Err(ProofRefused::Origin);
        }
        if older.size() > newer.size() {
            return Err(ProofRefused::Path);
        }
        let path = ct_merkle::ConsistencyProof::try_from_bytes(bytes(path)).map_err(|_| ProofRefused::Path)?;
        root(newer).verify_consistency(&root(older), &path).map_err(|_| ProofRefused::Path)
    }

    fn parse(text: &str) -> Result<Self, InvalidProof> {
        let Consistency { kind: _, version, older, newer, path } =
            serde_json::from_str(text).map_err(|_| InvalidProof::Form)?;
        let (older, newer) = (checkpoint_of(&older)?, checkpoint_of(&newer)?);
        Ok(Self { older, newer, path: path_of(version, &path)? })
    }
}

impl fmt::Display for ConsistencyProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (older, newer) = (self.older.to_string(), self.newer.to_string());
        let written = Consistency { kind: CONSISTENCY.into(), version: VERSION, older, newer, path: texts(&self.path) };
        f.write_str(&serde_json::to_string(&written).map_err(|_| fmt::Error)?)
    }
}

/// Why a proof does not prove anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofRefused {
    /// The checkpoint is not under the signature of a key that was given.
    #[error("checkpoint of the proof has no signature of a key that was given")]
    Signature,
    /// The two checkpoints are of two logs.
    #[error("checkpoints of the proof are of two logs")]
    Origin,
    /// The path does not lead to the root.
    #[error("proof does not lead to the root that its checkpoint signs")]
    Path,
}

/// Why a text is no proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidProof {
    /// It is no JSON of the form of a proof.
    #[error("is no proof of an audit log")]
    Form,
    /// It is of a form that is newer than this program.
    #[error("is of version `{0}`, expected `{VERSION}`")]
    Version(u32),
    /// One of its checkpoints is none.
    #[error("has no checkpoint in its place")]
    Checkpoint,
}

#[derive(Deserialize)]
struct Kind {
    kind: String,
}

#[derive(Deserialize)]
struct Sequence {
    sequence: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Inclusion<'t> {
    kind: String,
    version: u32,
    #[serde(borrow)]
    line: &'t RawValue,
    path: Vec<String>,
    checkpoint: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Consistency {
    kind: String,
    version: u32,
    older: String,
    newer: String,
    path: Vec<String>,
}

fn path_of(version: u32, path: &[String]) -> Result<Vec<Sha256Digest>, InvalidProof> {
    if version != VERSION {
        return Err(InvalidProof::Version(version));
    }
    path.iter().map(|hash| hash.parse().map_err(|_| InvalidProof::Form)).collect()
}

fn checkpoint_of(text: &str) -> Result<SignedCheckpoint, InvalidProof> {
    text.parse().map_err(|_| InvalidProof::Checkpoint)
}

fn signed(checkpoint: &SignedCheckpoint, keys: &[VerifierKey]) -> Result<(), ProofRefused> {
    if keys.iter().any(|key| key.signed(checkpoint)) { Ok(()) } else { Err(ProofRefused::Signature) }
}

fn root(checkpoint: &SignedCheckpoint) -> RootHash<Sha256> {
    RootHash::new((*checkpoint.root().as_bytes()).into(), checkpoint.size())
}

fn bytes(path: &[Sha256Digest]) -> Vec<u8> {
    path.iter().flat_map(|hash| *hash.as_bytes()).collect()
}

fn texts(path: &[Sha256Digest]) -> Vec<String> {
    path.iter().map(ToString::to_string).collect()
}

const INCLUSION: &str = "ssbtx-audit-inclusion";
const CONSISTENCY: &str = "ssbtx-audit-consistency";
const VERSION: u32 = 1;
