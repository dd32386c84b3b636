//! `ssbtx key new`.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use clap::Args;
use ssbtx_signing::{FileKey, PublicKey, Signer, TokenKey, TokenUri};
use ssbtx_trust::Person;

use super::secrets::{new_secret, secret};
use super::show::{Format, print_public};
use crate::repo::Failed;

/// What key is made, and for whom.
#[derive(Args)]
#[group(skip)]
pub struct Arguments {
    /// The file to write the key to; it may not exist yet
    #[arg(long, value_name = "FILE", required_unless_present = "pkcs11", conflicts_with = "pkcs11")]
    out: Option<PathBuf>,
    /// Make the key on a token instead: the path of its PKCS#11 module
    #[arg(long, value_name = "MODULE", requires = "token", requires = "label")]
    pkcs11: Option<PathBuf>,
    /// The token's label
    #[arg(long, value_name = "LABEL", requires = "pkcs11")]
    token: Option<String>,
    /// The new key's label on the token
    #[arg(long, value_name = "NAME", requires = "pkcs11")]
    label: Option<String>,
    /// The person who will hold the key
    #[arg(long, value_name = "NAME", required_unless_present = "machine", conflicts_with = "machine")]
    person: Option<Person>,
    /// The key is a machine's, for snapshot or timestamp
    #[arg(long)]
    machine: bool,
    /// The file to write the public part to; otherwise beside the key, or named after the label, as NAME.pub.json
    #[arg(long, value_name = "FILE")]
    public: Option<PathBuf>,
    /// The file whose first line is the new passphrase, or the token's PIN; otherwise it is asked for on the terminal
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// How the result is printed
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Makes a key and prints its public part.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failed> {
    let public = arguments.public_file()?;
    // Looked at first: a key without its public part would be of no use to anybody.
    if public.exists() {
        return Err(Failed::NotDone(anyhow!("`{}` is there already", public.display())));
    }
    let file = arguments.passphrase_file.as_deref();
    let signer: Box<dyn Signer> = match (&arguments.out, &arguments.pkcs11, &arguments.token, &arguments.label) {
        (Some(path), ..) => {
            let passphrase = new_secret(file, &format!("New passphrase of `{}`", path.display()))?;
            Box::new(FileKey::create(path, &passphrase).context("make the key").map_err(Failed::NotDone)?)
        }
        (None, Some(module), Some(token), Some(label)) => {
            let pin = secret(file, &format!("PIN of token `{token}`"))?;
            let uri = TokenUri::new(module.clone(), token.clone(), label.clone(), None);
            Box::new(TokenKey::create(&uri, &pin).context("make the key").map_err(Failed::NotDone)?)
        }
        _ => return Err(Failed::NotDone(anyhow!("neither a file nor a token is given"))),
    };
    let key = match &arguments.person {
        Some(person) => PublicKey::of_person(signer.public_key(), person),
        None => PublicKey::of_machine(signer.public_key()),
    };
    let key = key.context("describe the key").map_err(Failed::NotDone)?;
    write(&public, &key)?;
    print_public(&key, arguments.format)
}

impl Arguments {
    fn public_file(&self) -> Result<PathBuf, Failed> {
        let beside = self.out.as_ref().map(|path| path.with_extension("pub.json"));
        let named = self.label.as_ref().map(|label| PathBuf::from(format!("{label}.pub.json")));
        let file = self.public.clone().or(beside).or(named);
        file.ok_or_else(|| Failed::NotDone(anyhow!("neither a file nor a token is given")))
    }
}

fn write(path: &Path, key: &PublicKey) -> Result<(), Failed> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    file.and_then(|mut file| writeln!(file, "{:#}", key.to_json()))
        .with_context(|| format!("write `{}`", path.display()))
        .map_err(Failed::NotDone)
}
