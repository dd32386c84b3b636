//! `ssbtx repo rotate-root`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use ssbtx_signing::{Edit, InvalidRotation, KeyName, OwnRole, Rotation};

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
    /// Whose keys change; may be repeated where several roles have the same officers
    #[arg(long, value_enum, required = true)]
    role: Vec<RoleArgument>,
    /// A key that comes: a file that `ssbtx key new` wrote
    #[arg(long, value_name = "PUB")]
    add: Vec<PathBuf>,
    /// A key that goes: its holder's name, or its id (from 8 digits on)
    #[arg(long, value_name = "PERSON|KEYID")]
    remove: Vec<KeyName>,
    /// How many must sign from now on; otherwise as before
    #[arg(long, value_name = "N")]
    threshold: Option<u64>,
    #[command(flatten)]
    lifetimes: LifetimeArguments,
    /// How the change is printed
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// A role of the repository itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum RoleArgument {
    /// Its officers say who signs for the repository's own roles
    Root,
    /// Its officers say who governance and the agencies are
    Targets,
    /// A machine's
    Snapshot,
    /// A machine's
    Timestamp,
}

/// Drafts the change and prints who has to sign it.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failed> {
    let add = arguments.add.iter().map(|file| public_key(file)).collect::<Result<Vec<_>, _>>()?;
    let edit = Edit { add, remove: arguments.remove.clone(), threshold: arguments.threshold };
    let terms = arguments.lifetimes.terms();
    let change = draft(&arguments.out, &arguments.repository, |change| {
        arguments.role.iter().try_for_each(|role| {
            let rotation = Rotation { role: (*role).into(), edit: edit.clone() };
            rotation.enter(change, &terms).map_err(|error| match error {
                InvalidRotation::Change(_) => Failed::NotDone(error.into()),
                InvalidRotation::Holders(_) | InvalidRotation::Unwritable { .. } => Failed::Refused(error.into()),
            })
        })
    })?;
    show_open(&change, arguments.format)
}

impl From<RoleArgument> for OwnRole {
    fn from(role: RoleArgument) -> Self {
        match role {
            RoleArgument::Root => Self::Root,
            RoleArgument::Targets => Self::Targets,
            RoleArgument::Snapshot => Self::Snapshot,
            RoleArgument::Timestamp => Self::Timestamp,
        }
    }
}
