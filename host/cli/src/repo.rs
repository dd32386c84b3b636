//! `ssbtx repo …`: making the trust repository, signing its changes, publishing them, and seeing what is due.

mod change;
mod delegate;
mod init;
mod lifetimes;
mod output;
mod publish;
mod renew;
mod rotate_root;
mod sign;
mod status;
mod timestamp;

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use clap::Subcommand;
use ssbtx_signing::PublicKey;

pub use change::{draft, open, show_open};
pub use output::{Format, print, print_json, table};
pub use publish::{PublishArguments, publish, runtime};
pub use sign::sign_and_tell;

/// The commands.
///
/// # Shape
///
/// Each ends with 0 where it is done, 1 where it is refused, and 2 where it could not be done.
#[derive(Subcommand)]
pub enum RepoCommand {
    /// Drafts the change that makes a repository: who signs what
    ///
    /// Everybody who is named signs it (`repo sign`), then it is published (`repo publish`). Ends with 0 if it is drafted, 1 if the keys break a rule
    /// (one person twice in a role, a key without a person, a threshold that cannot be met), and 2 if a file cannot be read or written.
    Init(init::Arguments),
    /// Drafts a new root: keys of root, targets, snapshot or timestamp come, go, or are counted differently
    ///
    /// It is signed by the officers of the old root and by those of the new one. What the new officers of targets have not signed is in the change
    /// as well. Ends with 0 if it is drafted, 1 if the keys break a rule, and 2 if a file cannot be read or written.
    RotateRoot(rotate_root::Arguments),
    /// Drafts a change of who signs for governance, tightening, shadow or an agency; an agency that is not there yet is added
    ///
    /// It is signed by the officers of targets, and by those of a delegation whose metadata must be signed anew. Ends with 0 if it is drafted,
    /// 1 if the keys break a rule, and 2 if a file cannot be read or written.
    Delegate(delegate::Arguments),
    /// Drafts a change that renews roles as they are, before they expire
    ///
    /// Ends with 0 if it is drafted, and 2 if there is no such role or a file cannot be read or written.
    Renew(renew::Arguments),
    /// Shows what a change changes, and signs every role of it that the key belongs to
    ///
    /// Needs no network and no repository. Ends with 0 if it is signed, 1 if the key belongs to none of its roles, its holder has signed, or the
    /// answer is no, and 2 if a file cannot be read or written.
    Sign(sign::Arguments),
    /// Publishes a change that enough persons have signed
    ///
    /// The result is verified and examined as a host does before anybody can see it; killed at any moment, the repository is the old or the new one.
    /// Ends with 0 if it is published, 1 if it is refused, and 2 if a file cannot be read or written or somebody else is publishing.
    Publish(PublishArguments),
    /// Shows roles, persons, thresholds, targets, and what has to be signed by whom before which day
    ///
    /// Ends with 0, or 2 if the repository cannot be read. It does not verify: `ssbtx verify` does.
    Status(status::Arguments),
    /// Signs the timestamp anew, and the snapshot where it nears its expiry: for a timer that runs several times a day
    ///
    /// Ends with 0 if it is published, 1 if a host would refuse the result, and 2 if a file cannot be read or written.
    Timestamp(timestamp::Arguments),
}

/// Why a command came to nothing.
pub enum Failed {
    /// It was refused.
    Refused(anyhow::Error),
    /// It could not be done.
    NotDone(anyhow::Error),
}

/// Runs a command. Why it is refused, or could not be done, is told on standard error.
pub fn run(command: &RepoCommand) -> ExitCode {
    end(match command {
        RepoCommand::Init(arguments) => init::run(arguments),
        RepoCommand::RotateRoot(arguments) => rotate_root::run(arguments),
        RepoCommand::Delegate(arguments) => delegate::run(arguments),
        RepoCommand::Renew(arguments) => renew::run(arguments),
        RepoCommand::Sign(arguments) => sign::run(arguments),
        RepoCommand::Publish(arguments) => publish(arguments),
        RepoCommand::Status(arguments) => status::run(arguments),
        RepoCommand::Timestamp(arguments) => timestamp::run(arguments),
    })
}

/// How a process ends.
pub fn end(done: Result<(), Failed>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failed::Refused(error)) => {
            eprintln!("Refused: {error:#}");
            ExitCode::from(1)
        }
        Err(Failed::NotDone(error)) => {
            eprintln!("Error: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// Reads the public part of a key.
pub fn public_key(path: &Path) -> Result<PublicKey, Failed> {
    let task = || format!("read the public key `{}`", path.display());
    let bytes = std::fs::read(path).with_context(task).map_err(Failed::NotDone)?;
    PublicKey::parse(&bytes).with_context(task).map_err(Failed::NotDone)
}
