//! The keys of checkpoints: the host's own, and what everybody else needs of it.

use std::fmt;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rustls_pki_types::PrivatePkcs8KeyDer;
use rustls_pki_types::pem::PemObject;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::checkpoint::{KEY_ID, Origin, SignedCheckpoint, TreeHead};
use ssbtx_core::Sha256Digest;

/// The key that a host signs its checkpoints with.
///
/// # Shape
///
/// An Ed25519 key in PKCS#8 (RFC 5958) in PEM, `-----BEGIN PRIVATE KEY-----`, with no access for group or others. It is not encrypted: a host starts
/// without a person, so a passphrase would lie beside it.
pub struct CheckpointKey {
    pair: Ed25519KeyPair,
    public: VerifierKey,
}

impl CheckpointKey {
    /// Reads the key of a log from its file.
    ///
    /// # Errors
    ///
    /// [`CheckpointKeyFault`], which names the file and shows nothing of the key.
    pub fn load(path: &Path, origin: Origin) -> Result<Self, CheckpointKeyFault> {
        let unreadable = |source| CheckpointKeyFault::Read { path: path.to_owned(), source };
        let mode = fs::metadata(path).map_err(unreadable)?.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(CheckpointKeyFault::Permissions { path: path.to_owned(), mode });
        }
        let pem = Zeroizing::new(fs::read(path).map_err(unreadable)?);
        Self::from_pem(&pem, origin).ok_or_else(|| CheckpointKeyFault::Kind { path: path.to_owned() })
    }

    /// What others verify its checkpoints with.
    pub fn public(&self) -> &VerifierKey {
        &self.public
    }

    /// Signs what the log is now.
    pub(crate) fn sign(&self, size: u64, root: Sha256Digest) -> SignedCheckpoint {
        let head = TreeHead { origin: self.public.origin.clone(), size, root };
        let mut signature = [0; 64];
        signature.copy_from_slice(self.pair.sign(head.text().as_bytes()).as_ref());
        SignedCheckpoint { head, key_id: self.public.id, signature }
    }

    fn from_pem(pem: &[u8], origin: Origin) -> Option<Self> {
        let der = PrivatePkcs8KeyDer::from_pem_slice(pem).ok()?;
        // Some write the public key beside the seed, some do not.
        let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(der.secret_pkcs8_der()).ok()?;
        let point = pair.public_key().as_ref().try_into().ok()?;
        Some(Self { pair, public: VerifierKey::new(origin, point) })
    }
}

impl fmt::Debug for CheckpointKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CheckpointKey({}, redacted)", self.public)
    }
}

/// Why there is no key from a file.
#[derive(Debug, thiserror::Error)]
pub enum CheckpointKeyFault {
    /// It cannot be read.
    #[error("checkpoint key `{path}` cannot be read")]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Others than its owner may use it.
    #[error("checkpoint key `{path}` has mode `{mode:03o}`, expected no access for group and others, such as `600`")]
    Permissions {
        /// The file.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// It holds no key of this kind.
    #[error("checkpoint key `{path}` is no unencrypted ed25519 key, PKCS#8 in PEM")]
    Kind {
        /// The file.
        path: PathBuf,
    },
}

/// What the checkpoints of one log are verified with; nothing in it is secret.
///
/// # Shape
///
/// One line, `<origin>+<8 hexadecimal digits>+<base64>`: four bytes that name the key, and the number of Ed25519 (1) with the public key. White space
/// around it does not count.
///
/// # Errors
///
/// Parsing gives [`InvalidVerifierKey`].
///
/// # Source
///
/// C2SP `signed-note`, verifier keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifierKey {
    origin: Origin,
    id: [u8; KEY_ID],
    point: [u8; POINT],
}

impl VerifierKey {
    /// Whose log it is.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Whether it made the signature under a checkpoint of its own log.
    pub fn signed(&self, checkpoint: &SignedCheckpoint) -> bool {
        let SignedCheckpoint { head, key_id, signature } = checkpoint;
        let key = UnparsedPublicKey::new(&ED25519, self.point);
        head.origin == self.origin && *key_id == self.id && key.verify(head.text().as_bytes(), signature).is_ok()
    }

    fn new(origin: Origin, point: [u8; POINT]) -> Self {
        let named = Sha256::new().chain_update(origin.as_str()).chain_update([b'\n', ALGORITHM]).chain_update(point);
        let mut id = [0; KEY_ID];
        for (to, from) in id.iter_mut().zip(named.finalize()) {
            *to = from;
        }
        Self { origin, id, point }
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut key = vec![ALGORITHM];
        key.extend_from_slice(&self.point);
        write!(f, "{}+{}+{}", self.origin, hex::encode(self.id), STANDARD.encode(key))
    }
}

impl FromStr for VerifierKey {
    type Err = InvalidVerifierKey;

    fn from_str(text: &str) -> Result<Self, InvalidVerifierKey> {
        let text = text.trim();
        // In base64 there may be a `+` too.
        let mut parts = text.splitn(3, '+');
        let mut part = || parts.next().ok_or(InvalidVerifierKey);
        let origin = part()?.parse().map_err(|_| InvalidVerifierKey)?;
        let _id = part()?;
        let key = STANDARD.decode(part()?).map_err(|_| InvalidVerifierKey)?;
        let point = key.strip_prefix(&[ALGORITHM]).and_then(|point| point.try_into().ok()).ok_or(InvalidVerifierKey)?;
        let key = Self::new(origin, point);
        if key.to_string() == text { Ok(key) } else { Err(InvalidVerifierKey) }
    }
}

/// A text that is no key of checkpoints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is no verifier key for ed25519: `<origin>+<8 hexadecimal digits>+<base64>`")]
pub struct InvalidVerifierKey;

const ALGORITHM: u8 = 1;
const POINT: usize = 32;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checkpoint::InvalidCheckpoint;

    /// From C2SP's description of signed notes and checkpoints: not ours, so it shows that others read ours too.
    const PUBLISHED: &str = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";

    fn key(seed: u8) -> CheckpointKey {
        let pair = Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap();
        let point = pair.public_key().as_ref().try_into().unwrap();
        CheckpointKey { pair, public: VerifierKey::new("example.com/audit".parse().unwrap(), point) }
    }

    #[test]
    fn a_published_checkpoint_is_read_and_written() {
        let read: SignedCheckpoint = PUBLISHED.parse().unwrap();
        assert_eq!((read.origin().as_str(), read.size()), ("example.com/behind-the-sofa", 20_852_163));
        assert_eq!(read.to_string(), PUBLISHED);
    }

    #[test]
    fn a_text_with_anything_more_less_or_other_is_no_checkpoint() {
        for (from, to) in [
            ("\n20852163", "\n020852163"),
            ("\n20852163", "\n0"),
            ("\n20852163", "\n-1"),
            ("\n20852163", "\n18446744073709551615"),
            ("q2I=\n", "q2I=\nmore\n"),
            ("q2I=\n", "q2I\n"),
            ("\n\n", "\n"),
            ("— ", "- "),
            ("— example.com/behind-the-sofa", "— example.com"),
            ("YQ8=\n", "YQ8="),
            ("YQ8=\n", "YQ8=\n\n"),
            ("YQ8=\n", "\n"),
            ("example.com/behind", "example.com/ behind"),
        ] {
            let changed = PUBLISHED.replacen(from, to, 1);
            assert_ne!(changed, PUBLISHED);
            assert_eq!(changed.parse::<SignedCheckpoint>(), Err(InvalidCheckpoint), "{changed}");
        }
    }

    #[test]
    fn a_signature_holds_for_its_own_key_and_words_alone() {
        let signed = key(1).sign(3, Sha256Digest::of(b"root"));
        assert!(key(1).public().signed(&signed));
        assert!(!key(2).public().signed(&signed));
        let changed = |change: fn(&mut SignedCheckpoint)| {
            let mut changed = signed.clone();
            change(&mut changed);
            key(1).public().signed(&changed)
        };
        assert!(!changed(|it| it.head.size += 1));
        assert!(!changed(|it| it.head.root = Sha256Digest::of(b"")));
        assert!(!changed(|it| it.head.origin = "example.com/other".parse().unwrap()));
        assert!(!changed(|it| it.key_id[0] ^= 1));
        assert!(!changed(|it| it.signature[0] ^= 1));
    }

    #[test]
    fn a_verifier_key_is_read_as_it_is_written() {
        let written = key(1).public().to_string();
        assert_eq!(format!("{written}\n").parse::<VerifierKey>().as_ref(), Ok(key(1).public()));
        for wrong in ["", "example.com", &written.replacen("example", "exemple", 1), &written.replacen("+A", "+B", 1)] {
            assert_eq!(wrong.parse::<VerifierKey>(), Err(InvalidVerifierKey), "{wrong}");
        }
    }

    #[test]
    fn a_key_does_not_print() {
        assert!(format!("{:?}", key(1)).ends_with(", redacted)"));
    }
}
