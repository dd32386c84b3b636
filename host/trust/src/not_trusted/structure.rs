//! Who may sign what.

use crate::delegation::Delegation;

/// What is wrong with who may sign what.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StructureFault {
    /// A target has a name that no signed file can have.
    #[error(
        "role `{listed_by}` lists `{target}`, expected `adapters/<agency>/adapter.wasm`, `adapters/<agency>/<role>.grant.json`, \
         `policies/<role>/policy.wasm`, `policies/lifted.json`, `shadow/<role>/policy.wasm` or `tightening/withheld.json`"
    )]
    UnknownTarget {
        /// The name, with unusual characters escaped.
        target: String,
        /// The role that lists it.
        listed_by: String,
    },
    /// A file is listed by a role that may not sign it.
    #[error("`{target}` is listed by role `{listed_by}`, expected `{expected}`")]
    WrongRole {
        /// The file's name.
        target: String,
        /// The role that lists it.
        listed_by: String,
        /// The delegation that may sign it.
        expected: Delegation,
    },
    /// A delegation that the host does not know, delegates further, stands twice, or is announced but not there.
    #[error("delegation `{role}` {fault}")]
    Delegation {
        /// The name, with unusual characters escaped.
        role: String,
        /// What is wrong with it.
        fault: DelegationFault,
    },
    /// One key may sign for two delegations, so that an agency could count as a person of governance.
    #[error("key `{key_id}` belongs to delegations `{first}` and `{second}`")]
    SharedKey {
        /// The key.
        key_id: String,
        /// One delegation.
        first: Delegation,
        /// The other.
        second: Delegation,
    },
    /// A key may withhold or propose that is none of governance's.
    #[error("key `{key_id}` of delegation `{delegation}` is none of governance's")]
    ForeignKey {
        /// The key.
        key_id: String,
        /// The delegation that it belongs to.
        delegation: Delegation,
    },
    /// The repository asks for fewer signers of policies, or of who may sign them, than the host does.
    #[error("threshold of role `{role}` is {found}, expected at least {expected}")]
    WeakRole {
        /// Governance, or one of the roles above it.
        role: String,
        /// The threshold in the repository.
        found: u64,
        /// The host's minimum.
        expected: u64,
    },
    /// A metadata file is named by version only, so that its content could change under the same version.
    #[error("metadata file `{file}` is not pinned by a digest")]
    Unpinned {
        /// The file.
        file: String,
    },
    /// Files are replaced in place, so that a reader may meet halves of two versions.
    #[error("repository has no consistent snapshots")]
    NotConsistent,
}

/// What is wrong with a delegation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DelegationFault {
    /// Its name is none that a delegation can have.
    #[error("is none of `governance`, `shadow`, `tightening` and an agency")]
    Unknown,
    /// It stands twice.
    #[error("stands more than once")]
    Repeated,
    /// It delegates further.
    #[error("delegates further")]
    Nested,
    /// The snapshot does not have its metadata.
    #[error("has no metadata in the snapshot")]
    NotServed,
    /// Its metadata says that it is of another delegation, or of none.
    #[error("has metadata that does not name it in `x-ssbtx-role`")]
    Unnamed,
}

#[cfg(test)]
mod tests {
    use ssbtx_core::AgencyId;

    use super::super::tests::lines;
    use super::*;

    fn role() -> String {
        "governance".to_owned()
    }

    #[test]
    fn err_structure_fault() {
        let (governance, af) = (Delegation::Governance, Delegation::Agency(AgencyId::AF));
        let delegation = |fault| StructureFault::Delegation { role: "af".to_owned(), fault };
        let faults = [
            StructureFault::UnknownTarget { target: "../x".to_owned(), listed_by: role() },
            StructureFault::WrongRole {
                target: "adapters/af/adapter.wasm".to_owned(),
                listed_by: role(),
                expected: af,
            },
            delegation(DelegationFault::Unknown),
            delegation(DelegationFault::Repeated),
            delegation(DelegationFault::Nested),
            delegation(DelegationFault::NotServed),
            delegation(DelegationFault::Unnamed),
            StructureFault::SharedKey { key_id: "ab12".to_owned(), first: governance, second: af },
            StructureFault::ForeignKey { key_id: "ab12".to_owned(), delegation: Delegation::Tightening },
            StructureFault::WeakRole { role: role(), found: 1, expected: 2 },
            StructureFault::Unpinned { file: "af.json".to_owned() },
            StructureFault::NotConsistent,
        ];
        insta::assert_snapshot!(lines(&faults), @r"
        role `governance` lists `../x`, expected `adapters/<agency>/adapter.wasm`, `adapters/<agency>/<role>.grant.json`, `policies/<role>/policy.wasm`, `policies/lifted.json`, `shadow/<role>/policy.wasm` or `tightening/withheld.json`
        `adapters/af/adapter.wasm` is listed by role `governance`, expected `af`
        delegation `af` is none of `governance`, `shadow`, `tightening` and an agency
        delegation `af` stands more than once
        delegation `af` delegates further
        delegation `af` has no metadata in the snapshot
        delegation `af` has metadata that does not name it in `x-ssbtx-role`
        key `ab12` belongs to delegations `governance` and `af`
        key `ab12` of delegation `tightening` is none of governance's
        threshold of role `governance` is 1, expected at least 2
        metadata file `af.json` is not pinned by a digest
        repository has no consistent snapshots
        ");
    }
}
