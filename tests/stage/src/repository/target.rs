//! A file that the demo signs.

use anyhow::Result;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::layout;

/// A file to be signed: a component, a grant, or a list of what is withheld or lifted.
///
/// Its name says which role signs it. A policy is signed with a review, of a fixed text unless [`reviewed`](Self::reviewed) says otherwise;
/// nothing else is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoTarget {
    /// Its name, such as `adapters/af/adapter.wasm`, `adapters/af/arbetsmarknad.grant.json`, `policies/arbetsmarknad/policy.wasm`,
    /// `policies/lifted.json`, `shadow/arbetsmarknad/policy.wasm` or `tightening/withheld.json`.
    pub name: String,
    /// The file.
    pub bytes: Vec<u8>,
    /// The custom metadata that is signed with it.
    pub custom: Option<Value>,
}

impl DemoTarget {
    /// Names a file.
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        let name = name.into();
        let custom = is_policy(&name).then(|| review(&sha256(REVIEW), None));
        Self { name, bytes: bytes.into(), custom }
    }

    /// The same policy, signed with a review and, where it replaces one, the policy that was compared: both SHA-256 in hexadecimal digits.
    #[must_use]
    pub fn reviewed(mut self, review_sha256: &str, previous_sha256: Option<&str>) -> Self {
        self.custom = Some(review(review_sha256, previous_sha256));
        self
    }

    /// The role that its name asks for.
    ///
    /// # Errors
    ///
    /// When no role may sign a file of that name.
    pub(super) fn role(&self) -> Result<String> {
        layout::delegation(&self.name).ok_or_else(|| anyhow::anyhow!("no delegation for `{}`", self.name))
    }

    /// The entry that lists it.
    pub(super) fn entry(&self) -> Value {
        let mut entry = json!({ "length": self.bytes.len(), "hashes": { "sha256": sha256(&self.bytes) } });
        if let (Some(members), Some(custom)) = (entry.as_object_mut(), &self.custom) {
            members.insert("custom".to_owned(), custom.clone());
        }
        entry
    }
}

fn is_policy(name: &str) -> bool {
    name.starts_with("policies/") && name.ends_with("/policy.wasm")
}

fn review(review: &str, previous: Option<&str>) -> Value {
    json!({ "ssbtx": { "review": review, "previous": previous } })
}

fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// What was reviewed, where a test does not care.
const REVIEW: &[u8] = b"a review that nobody wrote";
