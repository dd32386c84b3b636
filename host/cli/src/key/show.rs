//! `ssbtx key show`.

use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use ssbtx_signing::{KeySource, PublicKey};
use ssbtx_trust::Person;

use super::opening::open;
use crate::repo::{Failed, print, public_key};

/// Which key is shown.
#[derive(Args)]
pub struct Arguments {
    /// A public part (FILE.pub.json), or a key: an encrypted file or `pkcs11:…`
    #[arg(value_name = "KEY")]
    key: KeySource,
    /// Whose key it is, where its public part is made anew from the key itself; without it, as FILE.pub.json beside the key says, or else a machine's
    #[arg(long, value_name = "NAME")]
    person: Option<Person>,
    /// The file whose first line is the key's passphrase, or the token's PIN; otherwise it is asked for on the terminal
    #[arg(long, value_name = "FILE")]
    passphrase_file: Option<PathBuf>,
    /// How the key is printed: for people, or as the description that goes into FILE.pub.json
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// How a key is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Text,
    /// For programs: `{"id":"…","person":"…"|null,"key":{…}}`
    Json,
}

/// Prints the public part of a key.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failed> {
    if let KeySource::File(path) = &arguments.key
        && path.extension().is_some_and(|extension| extension == "json")
    {
        return print_public(&public_key(path)?, arguments.format);
    }
    let beside = match &arguments.key {
        KeySource::File(path) if arguments.person.is_none() => public_key(&path.with_extension("pub.json")).ok(),
        KeySource::File(_) | KeySource::Token(_) => None,
    };
    let point = open(&arguments.key, arguments.passphrase_file.as_deref())?.public_key();
    let holder = arguments.person.as_ref().or(beside.as_ref().and_then(PublicKey::person));
    let key = match holder {
        Some(person) => PublicKey::of_person(point, person),
        None => PublicKey::of_machine(point),
    };
    print_public(&key.context("describe the key").map_err(Failed::NotDone)?, arguments.format)
}

pub(super) fn print_public(key: &PublicKey, format: Format) -> Result<(), Failed> {
    let person = key.person().map(ToString::to_string);
    match format {
        Format::Json => {
            print(format_args!("{:#}", json!({ "id": key.id().as_str(), "person": person, "key": key.to_json() })))
        }
        Format::Text => {
            print(format_args!("key     {}", key.id()))?;
            let description = key.to_json();
            let public = description.pointer("/keyval/public").and_then(Value::as_str);
            print(format_args!("public  {}", public.unwrap_or_default()))?;
            print(format_args!("holder  {}", person.as_deref().unwrap_or("a machine")))
        }
    }
}
