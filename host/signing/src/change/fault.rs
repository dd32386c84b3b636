//! What can be wrong with a change, and why it is not signed.

use std::path::PathBuf;

use crate::authority::SignatureRefused;
use crate::file::FileFault;
use crate::public_key::InvalidPublicKey;
use crate::role_set::RoleSetFault;
use crate::signer::SigningFailed;

/// What is wrong with a change.
#[derive(Debug, thiserror::Error)]
pub enum ChangeFault {
    /// A file cannot be read or written.
    #[error(transparent)]
    File(#[from] FileFault),
    /// The folder holds something else.
    #[error("`{}` is not empty", .0.display())]
    InTheWay(PathBuf),
    /// The folder holds no change, or one of another version of this program.
    #[error("`{}` holds no change", .0.display())]
    NoChange(PathBuf),
    /// Metadata in the change, or that it was drafted against, is not what it should be.
    #[error(transparent)]
    Roles(#[from] RoleSetFault),
    /// A signature for a role that the change leaves as it is, or a role that does not exist.
    #[error("role `{role}` is not in the change")]
    NotInChange {
        /// The role.
        role: String,
    },
    /// Metadata that skips versions, or goes back.
    #[error("version of role `{role}` in the change is `{found}`, expected `{expected}`")]
    NotNext {
        /// The role.
        role: String,
        /// The version in the change.
        found: u64,
        /// The one after that in force.
        expected: u64,
    },
    /// A role that somebody has signed is edited.
    #[error("role `{role}` is signed already and cannot be edited any more")]
    Signed {
        /// The role.
        role: String,
    },
    /// Nobody delegates to the role.
    #[error("there is no role `{role}` in the repository")]
    NoRole {
        /// The role.
        role: String,
    },
    /// The role does not list the target.
    #[error("role `{role}` lists no `{target}`")]
    NoTarget {
        /// The role.
        role: String,
        /// The target.
        target: String,
    },
    /// A file with a signature is not named after its key, or is no signature.
    #[error("`{file}` is no signature by the key that it is named after")]
    NoSignature {
        /// The file, relative to the change.
        file: String,
    },
    /// A target in the change is not the one that is to be signed.
    #[error("`{target}` in the change is not what role `{role}` lists")]
    TargetDiffers {
        /// The role.
        role: String,
        /// The target.
        target: String,
    },
    /// A signature does not count.
    #[error(transparent)]
    Signature(#[from] SignatureRefused),
    /// A role has a key that nobody can sign with.
    #[error("role `{role}` has a key that is none")]
    Key {
        /// The role.
        role: String,
        /// What is wrong with it.
        source: InvalidPublicKey,
    },
    /// The framework cannot write what is to be signed.
    #[error("role `{role}` cannot be written in canonical form")]
    Canonical {
        /// The role.
        role: String,
        /// The framework's words.
        source: Box<tough::schema::Error>,
    },
}

/// Why a change is not signed.
#[derive(Debug, thiserror::Error)]
pub enum NotSigned {
    /// The signature would not count.
    #[error(transparent)]
    Refused(#[from] SignatureRefused),
    /// The key did not sign.
    #[error("the key did not sign")]
    Failed(#[source] SigningFailed),
    /// The key gave something that is no signature of it.
    #[error("what the key gave is no signature by `{holder}`")]
    Wrong {
        /// Who holds the key.
        holder: String,
    },
    /// The change cannot be signed, or the signature not be kept.
    #[error(transparent)]
    Change(#[from] ChangeFault),
}

impl From<FileFault> for NotSigned {
    fn from(fault: FileFault) -> Self {
        Self::Change(fault.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ssbtx_trust::InvalidPerson;

    fn role() -> String {
        "governance".to_owned()
    }

    #[test]
    fn err_change_fault() {
        let target = || "policies/arbetsmarknad/policy.wasm".to_owned();
        let faults = [
            ChangeFault::InTheWay("change".into()),
            ChangeFault::NoChange("change".into()),
            ChangeFault::NotInChange { role: role() },
            ChangeFault::Signed { role: role() },
            ChangeFault::NoRole { role: role() },
            ChangeFault::NoTarget { role: role(), target: target() },
            ChangeFault::NoSignature { file: "signatures/governance/x.json".to_owned() },
            ChangeFault::TargetDiffers { role: role(), target: target() },
            ChangeFault::Key { role: role(), source: InvalidPublicKey::Person(InvalidPerson) },
            ChangeFault::Canonical {
                role: role(),
                source: Box::new(tough::schema::Error::RoleNotFound { name: role() }),
            },
        ];
        insta::assert_snapshot!(lines(&faults), @r"
        `change` is not empty
        `change` holds no change
        role `governance` is not in the change
        role `governance` is signed already and cannot be edited any more
        there is no role `governance` in the repository
        role `governance` lists no `policies/arbetsmarknad/policy.wasm`
        `signatures/governance/x.json` is no signature by the key that it is named after
        `policies/arbetsmarknad/policy.wasm` in the change is not what role `governance` lists
        role `governance` has a key that is none
        role `governance` cannot be written in canonical form
        ");
    }

    #[test]
    fn err_not_signed() {
        let faults = [
            NotSigned::Refused(SignatureRefused::NotOfRole { role: role(), key: "ab12".to_owned() }),
            NotSigned::Refused(SignatureRefused::NoPerson { role: role(), key: "ab12".to_owned() }),
            NotSigned::Refused(SignatureRefused::DoesNotFit { role: role(), holder: "Anna Exempel".to_owned() }),
            NotSigned::Refused(SignatureRefused::SignedTwice { role: role(), holder: "Anna Exempel".to_owned() }),
            NotSigned::Failed(SigningFailed::Library),
            NotSigned::Wrong { holder: "Anna Exempel".to_owned() },
            NotSigned::Change(ChangeFault::NotInChange { role: role() }),
        ];
        insta::assert_snapshot!(lines(&faults), @r"
        key `ab12` is not one of role `governance`
        key `ab12` of role `governance` names no person
        signature by `Anna Exempel` does not fit the content of role `governance`
        `Anna Exempel` has signed role `governance` already
        the key did not sign
        what the key gave is no signature by `Anna Exempel`
        role `governance` is not in the change
        ");
    }

    fn lines(errors: &[impl std::error::Error]) -> String {
        errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    }
}
