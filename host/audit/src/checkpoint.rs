//! Checkpoints: what a log was at one moment, in words that a signature stands under.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use ssbtx_core::Sha256Digest;

/// Which log it is: the name in its checkpoints and of the key that signs them.
///
/// # Shape
///
/// 1 to 200 visible characters of ASCII without `+`, by custom a host name and a path: `ssbtx.example.se/audit/1`. No two logs have one origin, or one
/// could be shown for the other.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Origin(String);

impl Origin {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Origin {
    type Err = InvalidOrigin;

    fn from_str(text: &str) -> Result<Self, InvalidOrigin> {
        let allowed = |byte: u8| byte.is_ascii_graphic() && byte != b'+';
        if (1..=LONGEST_ORIGIN).contains(&text.len()) && text.bytes().all(allowed) {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidOrigin)
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that names no log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("origin is not 1 to 200 visible ascii characters without `+`, such as `ssbtx.example.se/audit/1`")]
pub struct InvalidOrigin;

/// What a log was when it had so many lines, and whose signature says so. Only a [`VerifierKey`](crate::VerifierKey) tells whether that signature is good.
///
/// # Shape
///
/// Five lines: the origin, the number of lines, the root of the tree over them in base64, nothing, and `— <origin> <base64>` with four bytes that
/// name the key and the Ed25519 signature over the first three lines with their line feeds.
///
/// # Errors
///
/// Parsing gives [`InvalidCheckpoint`] for every text that is not what would be written for the same checkpoint: one has one spelling.
///
/// # Source
///
/// C2SP `tlog-checkpoint` and `signed-note`, without extension lines and other signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCheckpoint {
    pub(crate) head: TreeHead,
    pub(crate) key_id: [u8; KEY_ID],
    pub(crate) signature: [u8; SIGNATURE],
}

impl SignedCheckpoint {
    /// Which log it is of.
    pub fn origin(&self) -> &Origin {
        &self.head.origin
    }

    /// How many lines the log had, at least 1.
    pub fn size(&self) -> u64 {
        self.head.size
    }

    /// The root of the tree over them.
    pub fn root(&self) -> Sha256Digest {
        self.head.root
    }
}

impl fmt::Display for SignedCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut signed = self.key_id.to_vec();
        signed.extend_from_slice(&self.signature);
        writeln!(f, "{}\n— {} {}", self.head.text(), self.head.origin, STANDARD.encode(signed))
    }
}

impl FromStr for SignedCheckpoint {
    type Err = InvalidCheckpoint;

    fn from_str(text: &str) -> Result<Self, InvalidCheckpoint> {
        let parsed = parse(text).ok_or(InvalidCheckpoint)?;
        if parsed.to_string() == text { Ok(parsed) } else { Err(InvalidCheckpoint) }
    }
}

/// A text that is no checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is no checkpoint of an audit log: five lines, the last with one signature")]
pub struct InvalidCheckpoint;

/// What a checkpoint says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TreeHead {
    pub(crate) origin: Origin,
    pub(crate) size: u64,
    pub(crate) root: Sha256Digest,
}

impl TreeHead {
    /// What is signed.
    pub(crate) fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, STANDARD.encode(self.root.as_bytes()))
    }
}

fn parse(text: &str) -> Option<SignedCheckpoint> {
    let mut lines = text.lines();
    let origin = lines.next()?.parse().ok()?;
    let size = lines.next()?.parse().ok().filter(|size| (1..=MOST_LINES).contains(size))?;
    let root = Sha256Digest::from_bytes(STANDARD.decode(lines.next()?).ok()?.try_into().ok()?);
    let (_, signed) = lines.nth(1)?.rsplit_once(' ')?;
    let signed = STANDARD.decode(signed).ok()?;
    let (key_id, signature) = signed.split_first_chunk()?;
    let head = TreeHead { origin, size, root };
    Some(SignedCheckpoint { head, key_id: *key_id, signature: signature.try_into().ok()? })
}

/// How many lines of text a checkpoint has.
pub(crate) const CHECKPOINT_LINES: usize = 5;
pub(crate) const KEY_ID: usize = 4;
const SIGNATURE: usize = 64;
const LONGEST_ORIGIN: usize = 200;
/// More than any log can have, and few enough to count nodes with.
const MOST_LINES: u64 = 1 << 60;
