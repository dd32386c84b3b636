//! A request to look a person up, as it goes from officer to officer.

use std::fmt;
use std::str::FromStr;

use aws_lc_rs::rand;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use ssbtx_core::{PersonId, Sha256Digest, without_identity_numbers};
use ssbtx_signing::{Signer, SigningFailed};

/// A request to look up everything that is recorded of one person, with the signatures that it has so far.
///
/// It does not hold the person's number; whoever signs types it anew and is told whether it is the one. The digest is salted, but a number has so few
/// possible values that whoever has the request can find it by trying them all: it is to be kept as the number would be.
///
/// # Shape
///
/// JSON: `{"kind":"ssbtx-audit-look-up","version":1,"id":"<UUID>","at":"<RFC 3339, UTC>","reason":"…","salt":"<64 hex digits>","digest":"<64 hex
/// digits>","signatures":[{"key":"<64 hex digits>","signature":"<128 hex digits>"}]}`. `digest` is SHA-256 over the 32 bytes of the salt and the twelve
/// digits in ASCII. A signature is Ed25519 over seven lines, each with its line feed: the kind, the version, id, at, reason, salt and digest, as they
/// stand in the JSON; `key` is the public key that it is by.
///
/// # Errors
///
/// Parsing gives [`InvalidRequest`].
#[derive(Clone)]
pub struct LookUpRequest {
    id: Uuid,
    at: Timestamp,
    reason: Reason,
    salt: [u8; 32],
    digest: Sha256Digest,
    signatures: Vec<Signature>,
}

/// A signature under a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Signature {
    pub(crate) point: [u8; 32],
    pub(crate) signature: [u8; 64],
}

impl LookUpRequest {
    /// Makes a request that nobody has signed.
    ///
    /// # Errors
    ///
    /// [`NotSigned::Library`] where there is no randomness.
    pub fn new(person: &PersonId, reason: Reason, now: Timestamp) -> Result<Self, NotSigned> {
        let mut salt = [0; 32];
        rand::fill(&mut salt).map_err(|_| NotSigned::Library)?;
        let digest = digest(&salt, person);
        // To the second: a time has one spelling then.
        let at = Timestamp::from_second(now.as_second()).unwrap_or(now);
        Ok(Self { id: Uuid::now_v7(), at, reason, salt, digest, signatures: Vec::new() })
    }

    /// Which request it is: one is answered once.
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// When it was made.
    pub fn at(&self) -> Timestamp {
        self.at
    }

    /// Why the person is looked up.
    pub fn reason(&self) -> &Reason {
        &self.reason
    }

    /// How many signatures it has, of whomever.
    pub fn signatures(&self) -> usize {
        self.signatures.len()
    }

    /// Whether this is the person that it asks for.
    pub fn is_about(&self, person: &PersonId) -> bool {
        digest(&self.salt, person) == self.digest
    }

    /// Signs it, if the number that the officer typed is the one that it asks for.
    ///
    /// # Errors
    ///
    /// [`NotSigned`].
    pub fn sign(&mut self, person: &PersonId, signer: &dyn Signer) -> Result<(), NotSigned> {
        if !self.is_about(person) {
            return Err(NotSigned::AnotherPerson);
        }
        let point = signer.public_key();
        if self.signatures.iter().any(|signature| signature.point == point) {
            return Err(NotSigned::Already);
        }
        if self.signatures.len() >= MOST_SIGNATURES {
            return Err(NotSigned::TooMany);
        }
        let signature = signer.sign(self.signed_text().as_bytes())?;
        let signature = signature.try_into().map_err(|_| NotSigned::Library)?;
        self.signatures.push(Signature { point, signature });
        Ok(())
    }

    /// What every signature is over.
    pub(crate) fn signed_text(&self) -> String {
        let Self { id, at, reason, salt, digest, .. } = self;
        format!("{KIND}\n{VERSION}\n{id}\n{at}\n{reason}\n{}\n{digest}\n", hex::encode(salt))
    }

    pub(crate) fn each_signature(&self) -> &[Signature] {
        &self.signatures
    }
}

impl FromStr for LookUpRequest {
    type Err = InvalidRequest;

    fn from_str(text: &str) -> Result<Self, InvalidRequest> {
        let json: Json = serde_json::from_str(text).map_err(|_| InvalidRequest::Form)?;
        if json.kind != KIND || json.version != VERSION || json.signatures.len() > MOST_SIGNATURES {
            return Err(InvalidRequest::Form);
        }
        let signature =
            |it: &SignatureJson| Some(Signature { point: bytes(&it.key)?, signature: bytes(&it.signature)? });
        let signatures = json.signatures.iter().map(signature).collect::<Option<_>>();
        Ok(Self {
            id: json.id.parse().map_err(|_| InvalidRequest::Form)?,
            at: json.at,
            reason: json.reason.parse()?,
            salt: bytes(&json.salt).ok_or(InvalidRequest::Form)?,
            digest: json.digest.parse().map_err(|_| InvalidRequest::Form)?,
            signatures: signatures.ok_or(InvalidRequest::Form)?,
        })
    }
}

impl fmt::Display for LookUpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let signatures = self.signatures.iter();
        let signatures =
            signatures.map(|it| SignatureJson { key: hex::encode(it.point), signature: hex::encode(it.signature) });
        let json = Json {
            kind: KIND.to_owned(),
            version: VERSION,
            id: self.id.to_string(),
            at: self.at,
            reason: self.reason.as_str().to_owned(),
            salt: hex::encode(self.salt),
            digest: self.digest.to_string(),
            signatures: signatures.collect(),
        };
        f.write_str(&serde_json::to_string_pretty(&json).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for LookUpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LookUpRequest").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Why a person is looked up, in the words of whoever asks.
///
/// # Shape
///
/// 3 to 500 characters on one line. Identity numbers in it are replaced: the reason goes into the log.
///
/// # Errors
///
/// Parsing gives [`InvalidRequest::Reason`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason(String);

impl Reason {
    /// The words.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Reason {
    type Err = InvalidRequest;

    fn from_str(text: &str) -> Result<Self, InvalidRequest> {
        let reason = without_identity_numbers(text.trim());
        let is_one = (3..=500).contains(&reason.chars().count()) && !reason.chars().any(char::is_control);
        if is_one { Ok(Self(reason)) } else { Err(InvalidRequest::Reason) }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why a text is no request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidRequest {
    /// It is no JSON of the form of a request.
    #[error("is no request to look a person up")]
    Form,
    /// Nobody could later tell why.
    #[error("reason is not 3 to 500 characters on one line")]
    Reason,
}

/// Why a request is not signed.
#[derive(Debug, thiserror::Error)]
pub enum NotSigned {
    /// The officer typed another number than the one that it was made for.
    #[error("request is not about the person whose number was given")]
    AnotherPerson,
    /// The key has signed.
    #[error("key has signed the request already")]
    Already,
    /// Nobody needs so many.
    #[error("request has {MOST_SIGNATURES} signatures already")]
    TooMany,
    /// The key is out of reach.
    #[error("key did not sign")]
    Key(#[from] SigningFailed),
    /// The cryptographic library failed.
    #[error("cryptographic library failed")]
    Library,
}

fn digest(salt: &[u8; 32], person: &PersonId) -> Sha256Digest {
    Sha256Digest::from_bytes(Sha256::new().chain_update(salt).chain_update(person.reveal()).finalize().into())
}

fn bytes<const LENGTH: usize>(digits: &str) -> Option<[u8; LENGTH]> {
    let mut bytes = [0; LENGTH];
    hex::decode_to_slice(digits, &mut bytes).ok()?;
    Some(bytes)
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Json {
    kind: String,
    version: u64,
    id: String,
    at: Timestamp,
    reason: String,
    salt: String,
    digest: String,
    signatures: Vec<SignatureJson>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SignatureJson {
    key: String,
    signature: String,
}

const KIND: &str = "ssbtx-audit-look-up";
const VERSION: u64 = 1;
const MOST_SIGNATURES: usize = 20;
