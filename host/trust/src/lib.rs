//! A TUF repository in, verified components out.
//!
//! The repository (The Update Framework, crate `tough`) lies in a folder or on a server that nobody has to trust. Every agency signs its own
//! adapters, and what of its data may be opened, through a delegation of its own; governance signs the policies, with a threshold of named
//! persons. [`load`], and [`LastGood::recall`] of what was loaded before, are the only ways to a [`Verified<Component>`], and nothing else may
//! run. There is no switch that turns any of it off.
//!
//! What this crate does not answer for: whether a component does what it should. It says who answers for its bytes.

mod component;
mod contents;
mod delegation;
mod diagnosis;
mod files;
mod fingerprint;
mod grant_file;
mod journal;
mod keys;
mod last_good;
mod lifted_file;
mod loading;
mod not_trusted;
mod person;
mod persons;
mod review_mark;
mod rules;
mod settings;
mod shelf;
mod source;
mod target;
mod tightening_file;
mod trusted_set;
mod verified;

pub use component::Component;
pub use delegation::{Delegation, UnknownDelegation};
pub use fingerprint::fingerprint;
pub use grant_file::GrantFile;
pub use last_good::LastGood;
pub use lifted_file::LiftedFile;
pub use loading::load;
pub use not_trusted::{ContentFault, DelegationFault, KeptFault, Mismatch, NotTrusted, SignatureFault, StructureFault};
pub use person::{InvalidPerson, Person};
pub use review_mark::{CustomFault, ReviewMark};
pub use settings::{Memory, RepositoryLimits, RepositorySettings};
pub use source::{
    FetchFault, HttpsLimits, HttpsSource, InvalidHttpsSource, InvalidRepositoryUrl, RepositoryUrl, Source,
};
pub use target::{ComponentKind, InvalidTargetName, TargetKind, TargetName};
pub use tightening_file::TighteningFile;
pub use trusted_set::{RoleVersion, TrustedSet, Versions};
pub use verified::Verified;
