//! Why nothing was published.

use std::path::PathBuf;

use ssbtx_trust::NotTrusted;

use crate::change::ChangeFault;
use crate::file::FileFault;
use crate::repository::RepositoryFault;
use crate::signer::SigningFailed;

/// Why nothing was published. The repository is as it was.
#[derive(Debug, thiserror::Error)]
pub enum NotPublished {
    /// Somebody else is publishing at this moment.
    #[error("somebody else is publishing to `{}`", .0.display())]
    Busy(PathBuf),
    /// A file cannot be read or written.
    #[error(transparent)]
    File(#[from] FileFault),
    /// The repository cannot be read, or there is none.
    #[error(transparent)]
    Repository(#[from] RepositoryFault),
    /// The change makes a repository where there is one.
    #[error("there is a repository in `{}` already", .0.display())]
    Exists(PathBuf),
    /// The change is in disorder, or holds a signature that does not count.
    #[error(transparent)]
    Change(#[from] ChangeFault),
    /// The change changes nothing.
    #[error("the change holds no metadata to publish")]
    Empty,
    /// Somebody published between the drafting of the change and now.
    #[error("role `{role}` of the repository is at version {found}, the change was drafted against version {expected}")]
    Moved {
        /// The role.
        role: String,
        /// The version in the repository; 0 where there is none.
        found: u64,
        /// The version that the change was drafted against; 0 where there was none.
        expected: u64,
    },
    /// What a policy was reviewed against has changed since.
    #[error(
        "role `{role}` of the repository lists other targets at version {found} than at version {expected}, which the policy was reviewed against"
    )]
    ReviewedAgainstOther {
        /// The role.
        role: String,
        /// The version in the repository; 0 where there is none.
        found: u64,
        /// The version that the change was drafted against; 0 where there was none.
        expected: u64,
    },
    /// Too few persons have signed.
    #[error("role `{role}` is signed by {found} of {expected} persons; not yet by {}", .open.join(", "))]
    TooFew {
        /// The role.
        role: String,
        /// How many have signed.
        found: u64,
        /// How many must.
        expected: u64,
        /// Who may and has not.
        open: Vec<String>,
    },
    /// A target is neither in the change nor in the repository.
    #[error("`{name}` is listed, but neither in the change nor in the repository")]
    NoTarget {
        /// Its name.
        name: String,
    },
    /// An on-line key is missing, or is not the role's.
    #[error("{}", .key.as_ref().map_or_else(|| format!("role `{role}` needs its key"), |key| format!("key `{key}` is not the one of role `{role}`")))]
    OnlineKey {
        /// Snapshot or timestamp.
        role: String,
        /// The public key that was given.
        key: Option<String>,
    },
    /// An on-line key did not sign.
    #[error("the key of role `{role}` did not sign")]
    Signing {
        /// Snapshot or timestamp.
        role: String,
        /// Why.
        source: SigningFailed,
    },
    /// A host would refuse the result.
    #[error("a host would refuse the result")]
    NotTrusted(#[from] NotTrusted),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role() -> String {
        "governance".to_owned()
    }

    #[test]
    fn err_not_published() {
        let open = vec!["Anna Exempel".to_owned(), "Åsa Exempel".to_owned()];
        let faults = [
            NotPublished::Busy("trust".into()),
            NotPublished::Repository(RepositoryFault::None("trust".into())),
            NotPublished::Exists("trust".into()),
            NotPublished::Change(ChangeFault::NotInChange { role: role() }),
            NotPublished::Empty,
            NotPublished::Moved { role: role(), found: 4, expected: 3 },
            NotPublished::ReviewedAgainstOther { role: "af".to_owned(), found: 4, expected: 3 },
            NotPublished::TooFew { role: role(), found: 0, expected: 2, open },
            NotPublished::NoTarget { name: "adapters/af/adapter.wasm".to_owned() },
            NotPublished::OnlineKey { role: "snapshot".to_owned(), key: None },
            NotPublished::OnlineKey { role: "snapshot".to_owned(), key: Some("ab12".to_owned()) },
            NotPublished::Signing { role: "timestamp".to_owned(), source: SigningFailed::Library },
        ];
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        insta::assert_snapshot!(lines.join("\n"), @r"
        somebody else is publishing to `trust`
        there is no repository in `trust`
        there is a repository in `trust` already
        role `governance` is not in the change
        the change holds no metadata to publish
        role `governance` of the repository is at version 4, the change was drafted against version 3
        role `af` of the repository lists other targets at version 4 than at version 3, which the policy was reviewed against
        role `governance` is signed by 0 of 2 persons; not yet by Anna Exempel, Åsa Exempel
        `adapters/af/adapter.wasm` is listed, but neither in the change nor in the repository
        role `snapshot` needs its key
        key `ab12` is not the one of role `snapshot`
        the key of role `timestamp` did not sign
        ");
    }
}
