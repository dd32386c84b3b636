//! Files of revocation lists: which certificates their issuers have taken back.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rustls_pki_types::CertificateRevocationListDer;
use rustls_pki_types::pem::PemObject;
use ssbtx_core::Sha256Digest;
use x509_parser::oid_registry::OID_X509_EXT_ISSUER_DISTRIBUTION_POINT;
use x509_parser::prelude::{CertificateRevocationList, FromDer};

/// Revocation lists as they stood in their files when these were read.
///
/// # Shape
///
/// Each file holds one list in DER, or one or more in PEM (`X509 CRL`). Lists are complete or partitioned; delta lists and indirect lists are refused.
///
/// # Units
///
/// A file has at most 64 MiB.
///
/// # Source
///
/// RFC 5280, section 5.
pub struct RevocationLists {
    pub(super) files: Vec<PathBuf>,
    pub(super) content: Content,
}

/// What the files held.
pub(super) struct Content {
    /// Of all their bytes.
    pub(super) digest: Sha256Digest,
    pub(super) lists: Vec<CertificateRevocationListDer<'static>>,
    /// When each list was issued.
    pub(super) issued: BTreeMap<Scope, Timestamp>,
    /// When the first of them expires.
    pub(super) expires: Timestamp,
}

/// What a list is about: the issuer, and its part of the certificates where there are several, each as written.
pub(super) type Scope = (Vec<u8>, Vec<u8>);

/// What is wrong with the files.
#[derive(Debug, thiserror::Error)]
pub enum InvalidRevocationLists {
    /// No file.
    #[error("no revocation list, expected at least one")]
    None,
    /// A file that cannot be read.
    #[error("revocation list `{file}` cannot be read")]
    Unreadable {
        /// The file.
        file: String,
        /// Why.
        source: io::Error,
    },
    /// A file that is too large.
    #[error("revocation list `{0}` is larger than 64 MiB")]
    TooLarge(String),
    /// A file without a list in PEM or DER, or with a list that does not say when it expires.
    #[error("revocation list `{0}` is no list in PEM or DER that says when it expires")]
    Malformed(String),
    /// Two lists about the same certificates, of which one could be the older.
    #[error("revocation list `{0}` is about the same certificates as another")]
    Twice(String),
    /// A list that is older than the one in use.
    #[error("revocation lists hold one issued `{found}`, expected none older than `{expected}`")]
    Older {
        /// When the one in the files was issued.
        found: Timestamp,
        /// When the one in use was.
        expected: Timestamp,
    },
    /// A list that cannot be used.
    #[error("revocation lists cannot be used")]
    Unusable(#[source] rustls::server::VerifierBuilderError),
}

impl RevocationLists {
    /// Reads the files.
    ///
    /// # Errors
    ///
    /// [`InvalidRevocationLists`]. A list that has expired is none: with it, nobody is let in until a newer one has taken its place.
    pub fn load(files: Vec<PathBuf>) -> Result<Self, InvalidRevocationLists> {
        let content = read(&files)?;
        Ok(Self { files, content })
    }
}

impl fmt::Debug for RevocationLists {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RevocationLists({:?})", self.files)
    }
}

/// Reads all files; of two reads with equal digests, nothing has changed.
pub(super) fn read(files: &[PathBuf]) -> Result<Content, InvalidRevocationLists> {
    let (mut digests, mut lists) = (Vec::new(), Vec::new());
    let (mut issued, mut expires) = (BTreeMap::new(), Timestamp::MAX);
    for path in files {
        let name = || path.display().to_string();
        let bytes = bounded(path)?;
        digests.extend_from_slice(Sha256Digest::of(&bytes).as_bytes());
        for list in in_der_or_pem(bytes).ok_or_else(|| InvalidRevocationLists::Malformed(name()))? {
            let dates = Dates::of(&list).ok_or_else(|| InvalidRevocationLists::Malformed(name()))?;
            expires = expires.min(dates.expires);
            if issued.insert(dates.scope, dates.issued).is_some() {
                return Err(InvalidRevocationLists::Twice(name()));
            }
            lists.push(list);
        }
    }
    if lists.is_empty() {
        return Err(InvalidRevocationLists::None);
    }
    Ok(Content { digest: Sha256Digest::of(&digests), lists, issued, expires })
}

fn bounded(path: &Path) -> Result<Vec<u8>, InvalidRevocationLists> {
    let file = path.display().to_string();
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes));
    match read {
        Err(source) => Err(InvalidRevocationLists::Unreadable { file, source }),
        Ok(length) if length as u64 > MOST_BYTES => Err(InvalidRevocationLists::TooLarge(file)),
        Ok(_) => Ok(bytes),
    }
}

/// Every list of a file, at least one. DER begins with the tag of a sequence, which no PEM does.
fn in_der_or_pem(bytes: Vec<u8>) -> Option<Vec<CertificateRevocationListDer<'static>>> {
    if bytes.first() == Some(&SEQUENCE) {
        return Some(vec![bytes.into()]);
    }
    let lists: Vec<_> = CertificateRevocationListDer::pem_slice_iter(&bytes).collect::<Result<_, _>>().ok()?;
    if lists.is_empty() { None } else { Some(lists) }
}

/// What a list says of itself. Nothing of it is believed before its issuer's signature is verified, in a handshake; a false one only refuses.
struct Dates {
    scope: Scope,
    issued: Timestamp,
    expires: Timestamp,
}

impl Dates {
    fn of(list: &[u8]) -> Option<Self> {
        let (rest, list) = CertificateRevocationList::from_der(list).ok()?;
        let time = |seconds| Timestamp::from_second(seconds).ok();
        let part = list.extensions().iter().find(|extension| extension.oid == OID_X509_EXT_ISSUER_DISTRIBUTION_POINT);
        rest.is_empty().then_some(Self {
            scope: (list.issuer().as_raw().to_vec(), part.map(|part| part.value.to_vec()).unwrap_or_default()),
            issued: time(list.last_update().timestamp())?,
            expires: time(list.next_update()?.timestamp())?,
        })
    }
}

const MOST_BYTES: u64 = 64 * 1024 * 1024;
const SEQUENCE: u8 = 0x30;
