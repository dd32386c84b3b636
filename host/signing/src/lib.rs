//! Keys and changes of the trust repository: drafted, signed by persons, published.
//!
//! A [`Change`] is a folder that carries new metadata of one or more roles, the targets that it lists and the signatures that were collected.
//! Whoever drafts it needs the repository; whoever signs it needs the folder and a key, and no network; whoever publishes it needs the
//! signatures of as many distinct persons as each role asks for, and the on-line keys of snapshot and timestamp.
//!
//! What this crate does not answer for: whether a component or a grant does what it should, which is looked at before it is signed; and
//! whether a host takes the repository, which [`ssbtx_trust`] decides. Nothing is published that it refuses.

mod authority;
mod change;
mod delegating;
mod difference;
mod file;
mod founding;
mod holders;
mod key;
mod lifetimes;
mod public_key;
mod publishing;
mod repository;
mod role;
mod role_set;
mod rotation;
mod signer;
mod status;
mod terms;
#[cfg(test)]
mod tests;

pub use authority::{Authority, SignatureRefused};
pub use change::{Change, ChangeFault, Listed, NotSigned, Required, SignedBy, Standing};
pub use delegating::{Delegating, InvalidDelegation};
pub use difference::Difference;
pub use file::FileFault;
pub use founding::{Founding, InvalidFounding};
pub use holders::{Edit, Holders, InvalidHolders, KeyName};
pub use key::{
    FileKey, InvalidTokenUri, KeyFileFault, KeySource, Passphrase, PassphraseFault, TokenFault, TokenKey, TokenUri,
};
pub use lifetimes::{InvalidLifetime, Lifetime, Lifetimes};
pub use public_key::{InvalidPublicKey, KeyId, PublicKey};
pub use publishing::{NotPublished, OnlineKeys, Publication, Published, Staged};
pub use repository::{Repository, RepositoryFault};
pub use role::{OfflineRole, OwnRole, UnknownRole};
pub use role_set::{RoleSet, RoleSetFault};
pub use rotation::{InvalidRotation, Rotation};
pub use signer::{Signer, SigningFailed};
pub use status::{Duty, Holder, RoleStatus, Status, TargetStatus};
pub use terms::Terms;
