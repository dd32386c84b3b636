//! `ssbtx repo delegate`.

use std::path::PathBuf;

use clap::Args;
use ssbtx_signing::{Delegating, Edit, InvalidDelegation, KeyName};
use ssbtx_trust::Delegation;

use super::lifetimes::LifetimeArguments;
use super::{Failed, Format, draft, public_key, show_open};

/// What is to be different.
#[derive(Args)]
pub struct Arguments {
    /// The folder to write the change to
    #[arg(value_name = "CHANGE")]
    out: PathBuf,
    /// The repository
    #[arg(long, value_name = "DIR")]
    repository: PathBuf,
    /// Whose keys change: `governance`, `tightening`, `shadow`, or an agency such as `af`
    #[arg(long, value_name = "NAME")]
    delegation: Delegation,
    /// A key that comes: a file that `ssbtx key new` wrote
    #[arg(long, value_name = "PUB")]
    add: Vec<PathBuf>,
    /// A key that goes: its holder's name, or its id (from 8 digits on)
    #[arg(long, value_name = "PERSON|KEYID")]
    remove: Vec<KeyName>,
    /// How many must sign from now on; otherwise as before, and 1 for an agency that is added
    #[arg(long, value_name = "N")]
    threshold: Option<u64>,
    #[command(flatten)]
    lifetimes: LifetimeArguments,
    /// How the change is printed
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Drafts the change and prints who has to sign it.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failed> {
    let add = arguments.add.iter().map(|file| public_key(file)).collect::<Result<Vec<_>, _>>()?;
    let edit = Edit { add, remove: arguments.remove.clone(), threshold: arguments.threshold };
    let delegating = Delegating { delegation: arguments.delegation, edit };
    let change = draft(&arguments.out, &arguments.repository, |change| {
        delegating.enter(change, &arguments.lifetimes.terms()).map_err(|error| match error {
            InvalidDelegation::Change(_) => Failed::NotDone(error.into()),
            InvalidDelegation::Holders(_)
            | InvalidDelegation::SharedKey { .. }
            | InvalidDelegation::NotOfGovernance { .. }
            | InvalidDelegation::Unwritable { .. } => Failed::Refused(error.into()),
        })
    })?;
    show_open(&change, arguments.format)
}
