//! `ssbtx key …`: the keys that persons and machines sign with.

mod new;
mod opening;
mod secrets;
mod show;

use std::process::ExitCode;

use clap::Subcommand;

pub use opening::{KeyArguments, OnlineKeyArguments, OptionalKeyArguments};

use crate::repo;

/// The commands.
///
/// # Shape
///
/// Each ends with 0 where it is done, 1 where it is refused, and 2 where it could not be done.
#[derive(Subcommand)]
pub enum KeyCommand {
    /// Makes an Ed25519 key, in an encrypted file or on a PKCS#11 token, and writes its public part
    ///
    /// The public part, FILE.pub.json, is what `repo init`, `repo delegate` and `repo rotate-root` are given. It names the person who holds the key;
    /// the name is part of the key's id. A file is PKCS#8, encrypted with a passphrase (scrypt), for its owner's eyes only. Ends with 0 if the
    /// key is made, 1 if the passphrase is too short, and 2 if a file is in the way or the token refuses.
    New(new::Arguments),
    /// Shows the public part of a key, and its id
    ///
    /// Ends with 0 if it is shown, and 2 if the key cannot be opened.
    Show(show::Arguments),
}

/// Runs a command. Why it is refused, or could not be done, is told on standard error.
pub fn run(command: &KeyCommand) -> ExitCode {
    repo::end(match command {
        KeyCommand::New(arguments) => new::run(arguments),
        KeyCommand::Show(arguments) => show::run(arguments),
    })
}
