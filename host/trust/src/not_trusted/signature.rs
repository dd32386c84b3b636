//! Who signed, and how many.

/// How a role's signatures fall short.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignatureFault {
    /// Nobody signed.
    #[error("metadata of role `{role}` has no signature")]
    Unsigned {
        /// The role.
        role: String,
    },
    /// Somebody signed, but nobody whom the role belongs to.
    #[error("metadata of role `{role}` is signed by key `{key_id}`, which is not one of the role's")]
    WrongKey {
        /// The role.
        role: String,
        /// The first key that signed.
        key_id: String,
    },
    /// A key of the role is named, but the signature is not over this content.
    #[error("metadata of role `{role}` has a signature that does not fit its content")]
    DoesNotFit {
        /// The role.
        role: String,
    },
    /// Too few signed.
    #[error("metadata of role `{role}` has too few valid signatures: {found}, expected {expected}")]
    BelowThreshold {
        /// The role.
        role: String,
        /// Valid signatures, each by another key.
        found: u64,
        /// The role's threshold.
        expected: u64,
    },
    /// One key signed more than once.
    #[error("metadata of role `{role}` is signed more than once by key `{key_id}`")]
    SignedTwice {
        /// The role.
        role: String,
        /// The key.
        key_id: String,
    },
    /// One public key stands under two key ids, and would count as two.
    #[error("key ids `{first}` and `{second}` in the metadata of role `{role}` are one public key")]
    OneKeyTwoIds {
        /// The role whose metadata lists the keys.
        role: String,
        /// One key id, in hexadecimal digits.
        first: String,
        /// The other.
        second: String,
    },
    /// A key whose description names no holder, so that the host cannot count persons.
    #[error("key `{key_id}` of role `{role}` names no person in `x-ssbtx-person`")]
    NoPerson {
        /// The role that the key signs for, or whose metadata lists it.
        role: String,
        /// The key.
        key_id: String,
    },
    /// One person holds two keys of a role, and would count as two.
    #[error("keys `{first}` and `{second}` of role `{role}` belong to one person")]
    SamePerson {
        /// The role that the keys sign for.
        role: String,
        /// One key.
        first: String,
        /// The other.
        second: String,
    },
    /// A key of a kind that the host does not take.
    #[error("key `{key_id}` in the metadata of role `{role}` is not an Ed25519 key")]
    KeyKind {
        /// The role whose metadata lists the key.
        role: String,
        /// The key.
        key_id: String,
    },
}

#[cfg(test)]
mod tests {
    use super::super::tests::lines;
    use super::*;

    fn role() -> String {
        "governance".to_owned()
    }

    #[test]
    fn err_signature_fault() {
        let key_id = || "ab12".to_owned();
        let faults = [
            SignatureFault::Unsigned { role: role() },
            SignatureFault::WrongKey { role: role(), key_id: key_id() },
            SignatureFault::DoesNotFit { role: role() },
            SignatureFault::BelowThreshold { role: role(), found: 1, expected: 2 },
            SignatureFault::SignedTwice { role: role(), key_id: key_id() },
            SignatureFault::OneKeyTwoIds { role: role(), first: key_id(), second: "cd34".to_owned() },
            SignatureFault::NoPerson { role: role(), key_id: key_id() },
            SignatureFault::SamePerson { role: role(), first: key_id(), second: "cd34".to_owned() },
            SignatureFault::KeyKind { role: role(), key_id: key_id() },
        ];
        insta::assert_snapshot!(lines(&faults), @r"
        metadata of role `governance` has no signature
        metadata of role `governance` is signed by key `ab12`, which is not one of the role's
        metadata of role `governance` has a signature that does not fit its content
        metadata of role `governance` has too few valid signatures: 1, expected 2
        metadata of role `governance` is signed more than once by key `ab12`
        key ids `ab12` and `cd34` in the metadata of role `governance` are one public key
        key `ab12` of role `governance` names no person in `x-ssbtx-person`
        keys `ab12` and `cd34` of role `governance` belong to one person
        key `ab12` in the metadata of role `governance` is not an Ed25519 key
        ");
    }
}
