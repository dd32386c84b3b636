//! A key in a file.

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use aws_lc_rs::rand;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use pkcs8::der::Decode;
use pkcs8::der::pem::PemLabel;
use pkcs8::spki::AlgorithmIdentifierRef;
use pkcs8::{EncryptedPrivateKeyInfoOwned, LineEnding, ObjectIdentifier, PrivateKeyInfoRef, SecretDocument};
use zeroize::Zeroizing;

use super::passphrase::Passphrase;
use crate::file::FileFault;
use crate::signer::{Signer, SigningFailed};

/// A key from a file, for as long as it is used.
///
/// # Shape
///
/// PKCS#8 (RFC 5958), encrypted (PBES2) with a passphrase, in PEM: `-----BEGIN ENCRYPTED PRIVATE KEY-----`. Files that are written here use
/// scrypt and AES-256-CBC and are for their owner only (mode 0600); a file that others can read, or that is not encrypted, is refused.
pub struct FileKey {
    pair: Ed25519KeyPair,
    point: [u8; 32],
}

/// Why there is no key from a file.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileFault {
    /// The file cannot be read or written.
    #[error(transparent)]
    File(#[from] FileFault),
    /// Others can read it.
    #[error("key file `{}` can be read by others: mode is {mode:o}, expected 600 or less", path.display())]
    ReadableByOthers {
        /// The file.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
    /// It is no key, or one that anybody could use who finds the file.
    #[error("key file `{}` is no encrypted PKCS#8 in PEM", .0.display())]
    NotEncrypted(PathBuf),
    /// The passphrase is another.
    #[error("passphrase does not open key file `{}`", .0.display())]
    Passphrase(PathBuf),
    /// What was decrypted is another kind of key.
    #[error("key file `{}` holds no Ed25519 key", .0.display())]
    Kind(PathBuf),
    /// The cryptographic library failed.
    #[error("no key could be made")]
    NotMade,
}

impl FileKey {
    /// Makes a new key and writes it to a file that does not exist yet.
    ///
    /// # Errors
    ///
    /// [`KeyFileFault`] where the file exists or cannot be written.
    pub fn create(path: &Path, passphrase: &Passphrase) -> Result<Self, KeyFileFault> {
        let mut seed = Zeroizing::new([0; SEED]);
        rand::fill(seed.as_mut()).map_err(|_| KeyFileFault::NotMade)?;
        let key = Self::of_seed(&seed).ok_or(KeyFileFault::NotMade)?;
        let pem = encrypted(&seed, passphrase).map_err(|_| KeyFileFault::NotMade)?;
        let written = || {
            let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
            file.write_all(pem.as_bytes())?;
            file.sync_all()
        };
        written().map_err(FileFault::new("write", path))?;
        Ok(key)
    }

    /// Opens a key.
    ///
    /// # Errors
    ///
    /// [`KeyFileFault`], which says whether it is the file, its mode, its kind or the passphrase.
    pub fn open(path: &Path, passphrase: &Passphrase) -> Result<Self, KeyFileFault> {
        let pem = read_private(path)?;
        let (label, document) =
            SecretDocument::from_pem(&pem).map_err(|_| KeyFileFault::NotEncrypted(path.to_owned()))?;
        if label != EncryptedPrivateKeyInfoOwned::PEM_LABEL {
            return Err(KeyFileFault::NotEncrypted(path.to_owned()));
        }
        let info = EncryptedPrivateKeyInfoOwned::from_der(document.as_bytes())
            .map_err(|_| KeyFileFault::NotEncrypted(path.to_owned()))?;
        let opened = info.decrypt(passphrase.expose()).map_err(|_| KeyFileFault::Passphrase(path.to_owned()))?;
        let kind = || KeyFileFault::Kind(path.to_owned());
        let info = PrivateKeyInfoRef::from_der(opened.as_bytes()).map_err(|_| kind())?;
        // Some write the public key beside the seed, some do not: the seed is all that counts.
        let seed =
            info.private_key.as_bytes().strip_prefix(&OCTETS).and_then(|seed| <&[u8; SEED]>::try_from(seed).ok());
        if info.algorithm.oid != ED25519 {
            return Err(kind());
        }
        seed.and_then(Self::of_seed).ok_or_else(kind)
    }

    fn of_seed(seed: &[u8; SEED]) -> Option<Self> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).ok()?;
        let point = pair.public_key().as_ref().try_into().ok()?;
        Some(Self { pair, point })
    }
}

impl Signer for FileKey {
    fn public_key(&self) -> [u8; 32] {
        self.point
    }

    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SigningFailed> {
        self.pair.try_sign(message).map(|signature| signature.as_ref().to_vec()).map_err(|_| SigningFailed::Library)
    }
}

impl fmt::Debug for FileKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FileKey({})", hex::encode(self.point))
    }
}

fn encrypted(seed: &[u8; SEED], passphrase: &Passphrase) -> pkcs8::Result<Zeroizing<String>> {
    let mut octets = Zeroizing::new(OCTETS.to_vec());
    octets.reserve_exact(SEED);
    octets.extend_from_slice(seed);
    let algorithm = AlgorithmIdentifierRef { oid: ED25519, parameters: None };
    let info = PrivateKeyInfoRef::new(algorithm, pkcs8::der::asn1::OctetStringRef::new(&octets)?);
    Ok(info.encrypt(passphrase.expose())?.to_pem(EncryptedPrivateKeyInfoOwned::PEM_LABEL, LineEnding::LF)?)
}

/// The content of a file that only its owner can read. The mode is the open file's, not that of whatever the path names later.
fn read_private(path: &Path) -> Result<Zeroizing<String>, KeyFileFault> {
    let file = File::open(path).map_err(FileFault::new("read", path))?;
    let mode = file.metadata().map_err(FileFault::new("read", path))?.mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(KeyFileFault::ReadableByOthers { path: path.to_owned(), mode });
    }
    let mut text = Zeroizing::new(String::new());
    match file.take(MAX_BYTES).read_to_string(&mut text) {
        Ok(_) => Ok(text),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Err(KeyFileFault::NotEncrypted(path.to_owned())),
        Err(error) => Err(FileFault::new("read", path)(error).into()),
    }
}

/// RFC 8410, section 3.
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");
/// RFC 8410, section 7: the seed is an octet string inside the octet string.
const OCTETS: [u8; 2] = [0x04, 0x20];
const SEED: usize = 32;
/// Some thirty times what an encrypted key takes.
const MAX_BYTES: u64 = 16 * 1024;

#[cfg(test)]
mod tests {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::public_key::PublicKey;
    use ssbtx_trust::Person;

    fn passphrase(text: &str) -> Passphrase {
        Passphrase::new(text.to_owned())
    }

    #[test]
    fn a_key_is_opened_with_its_passphrase_and_signs_as_the_key_that_was_made() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("anna.key");
        let made = FileKey::create(&path, &passphrase("lång och hemlig")).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
        let opened = FileKey::open(&path, &passphrase("lång och hemlig")).unwrap();
        assert_eq!(opened.public_key(), made.public_key());
        let anna: Person = "Anna Exempel".parse().unwrap();
        let public = PublicKey::of_person(made.public_key(), &anna).unwrap();
        assert!(public.signed(b"message", &opened.sign(b"message").unwrap()));
        assert!(!public.signed(b"massage", &opened.sign(b"message").unwrap()));
    }

    #[test]
    fn a_wrong_passphrase_opens_nothing_and_is_not_shown() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("anna.key");
        FileKey::create(&path, &passphrase("lång och hemlig")).unwrap();
        let refused = FileKey::open(&path, &passphrase("fel")).unwrap_err();
        assert!(matches!(refused, KeyFileFault::Passphrase(_)), "{refused}");
        assert!(!refused.to_string().contains("fel\""));
    }

    #[test]
    fn a_key_that_others_can_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("anna.key");
        FileKey::create(&path, &passphrase("hemlig")).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
        let refused = FileKey::open(&path, &passphrase("hemlig")).unwrap_err();
        assert!(matches!(refused, KeyFileFault::ReadableByOthers { mode: 0o640, .. }), "{refused}");
    }

    #[test]
    fn a_key_is_never_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("anna.key");
        FileKey::create(&path, &passphrase("hemlig")).unwrap();
        assert!(matches!(FileKey::create(&path, &passphrase("hemlig")), Err(KeyFileFault::File(_))));
    }

    #[test]
    fn a_key_that_is_not_encrypted_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("anna.key");
        let plain = Ed25519KeyPair::generate().unwrap().to_pkcs8v1().unwrap();
        let pem = SecretDocument::try_from(plain.as_ref()).unwrap().to_pem("PRIVATE KEY", LineEnding::LF).unwrap();
        for text in [pem.as_str(), "no key", ""] {
            fs::write(&path, text).unwrap();
            fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
            let refused = FileKey::open(&path, &passphrase("hemlig")).unwrap_err();
            assert!(matches!(refused, KeyFileFault::NotEncrypted(_)), "{refused}");
        }
    }

    #[test]
    fn err_key_file_fault() {
        let path = || PathBuf::from("anna.key");
        let faults = [
            KeyFileFault::ReadableByOthers { path: path(), mode: 0o644 },
            KeyFileFault::NotEncrypted(path()),
            KeyFileFault::Passphrase(path()),
            KeyFileFault::Kind(path()),
            KeyFileFault::NotMade,
        ];
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        insta::assert_snapshot!(lines.join("\n"), @r"
        key file `anna.key` can be read by others: mode is 644, expected 600 or less
        key file `anna.key` is no encrypted PKCS#8 in PEM
        passphrase does not open key file `anna.key`
        key file `anna.key` holds no Ed25519 key
        no key could be made
        ");
    }
}
