//! Which review a policy was signed with.

use std::collections::HashMap;

use serde_json::{Map, Value};
use ssbtx_core::Sha256Digest;

/// The review that the persons of governance saw when they signed a policy.
///
/// It stands in the target's custom metadata, inside what they signed, so that nobody can exchange the review that a policy was approved on.
///
/// # Shape
///
/// ```json
/// { "ssbtx": { "review": "<sha256>", "previous": "<sha256>" } }
/// ```
///
/// Both members are there; `previous` is null where there was no policy before. Nothing else may stand beside any of them: what the host
/// does not understand may be meant to limit the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReviewMark {
    /// The digest of the review, in the JSON form that was shown.
    pub review: Sha256Digest,
    /// The digest of the policy that it was compared with; none for a role's first policy.
    pub previous: Option<Sha256Digest>,
}

/// How the custom metadata of a target is not what it must be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CustomFault {
    /// A policy without a review.
    #[error("names no review, expected `custom.ssbtx` with `review` and `previous`")]
    Missing,
    /// A member that the host does not know, or that does not belong to a file of this kind.
    #[error("has the unknown custom member `{member}`")]
    Unknown {
        /// The member, with unusual characters escaped.
        member: String,
    },
    /// A member that is no digest.
    #[error("has a custom member `{member}` that is no SHA-256 digest in lower-case hexadecimal digits")]
    NoDigest {
        /// The member.
        member: &'static str,
    },
}

impl ReviewMark {
    /// The custom metadata that says so, as a target carries it.
    pub fn to_custom(&self) -> Value {
        serde_json::json!({
            NAMESPACE: { REVIEW: self.review.to_string(), PREVIOUS: self.previous.map(|digest| digest.to_string()) }
        })
    }

    /// Reads the custom metadata of a policy.
    pub(crate) fn parse(custom: &HashMap<String, Value>) -> Result<Self, CustomFault> {
        known(custom.keys(), &[NAMESPACE])?;
        let members = custom.get(NAMESPACE).and_then(Value::as_object).ok_or(CustomFault::Missing)?;
        known(members.keys(), &[REVIEW, PREVIOUS])?;
        let previous = match member(members, PREVIOUS)? {
            Value::Null => None,
            value => Some(digest(PREVIOUS, value)?),
        };
        Ok(Self { review: digest(REVIEW, member(members, REVIEW)?)?, previous })
    }

    /// Refuses custom metadata on a file that has none.
    pub(crate) fn refuse(custom: &HashMap<String, Value>) -> Result<(), CustomFault> {
        known(custom.keys(), &[])
    }
}

fn known<'m>(members: impl Iterator<Item = &'m String>, known: &[&str]) -> Result<(), CustomFault> {
    // The first in the order of names, so that the error is the same every time.
    let unknown = members.filter(|member| !known.contains(&member.as_str())).min();
    unknown.map_or(Ok(()), |member| Err(CustomFault::Unknown { member: crate::rules::escaped(member) }))
}

fn member<'v>(members: &'v Map<String, Value>, name: &str) -> Result<&'v Value, CustomFault> {
    members.get(name).ok_or(CustomFault::Missing)
}

fn digest(member: &'static str, value: &Value) -> Result<Sha256Digest, CustomFault> {
    value.as_str().and_then(|text| text.parse().ok()).ok_or(CustomFault::NoDigest { member })
}

const NAMESPACE: &str = "ssbtx";
const REVIEW: &str = "review";
const PREVIOUS: &str = "previous";

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn parse(custom: Value) -> Result<ReviewMark, CustomFault> {
        ReviewMark::parse(&serde_json::from_value(custom).unwrap())
    }

    #[test]
    fn a_review_mark_is_read_back_as_it_was_written() {
        let (review, policy) = (Sha256Digest::of(b"review"), Sha256Digest::of(b"policy"));
        for previous in [None, Some(policy)] {
            let mark = ReviewMark { review, previous };
            assert_eq!(parse(mark.to_custom()), Ok(mark));
        }
    }

    #[test]
    fn err_custom_fault() {
        let digest = Sha256Digest::of(b"review").to_string();
        let faults = [
            json!({}),
            json!({ "ssbtx": null }),
            json!({ "ssbtx": { "review": digest } }),
            json!({ "ssbtx": { "previous": null } }),
            json!({ "ssbtx": { "review": digest, "previous": null, "waived": true } }),
            json!({ "ssbtx": { "review": digest, "previous": null }, "note\u{1b}": 1 }),
            json!({ "ssbtx": { "review": digest.to_uppercase(), "previous": null } }),
            json!({ "ssbtx": { "review": digest, "previous": false } }),
        ]
        .map(|custom| parse(custom).unwrap_err().to_string());
        insta::assert_snapshot!(faults.join("\n"), @r"
        names no review, expected `custom.ssbtx` with `review` and `previous`
        names no review, expected `custom.ssbtx` with `review` and `previous`
        names no review, expected `custom.ssbtx` with `review` and `previous`
        names no review, expected `custom.ssbtx` with `review` and `previous`
        has the unknown custom member `waived`
        has the unknown custom member `note\u{1b}`
        has a custom member `review` that is no SHA-256 digest in lower-case hexadecimal digits
        has a custom member `previous` that is no SHA-256 digest in lower-case hexadecimal digits
        ");
    }
}
