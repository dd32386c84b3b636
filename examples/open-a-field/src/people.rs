//! Who signs in this story. Every name is made up.

use std::fs;

use anyhow::{Context, Result};

use crate::tool::{SPACE, Tool};

/// A person, or a machine, with a key of the repository.
#[derive(Clone, Copy)]
pub struct Holder {
    /// The key's file, without its ending.
    pub key: &'static str,
    /// The person; nobody for a machine's key.
    pub person: Option<&'static str>,
}

/// The officers of root, of whom two sign.
pub const OFFICERS: [Holder; 3] =
    [holder("olof", "Olof Exempel"), holder("petra", "Petra Exempel"), holder("qadir", "Qadir Exempel")];
/// The persons of governance, of whom two sign.
pub const GOVERNANCE: [Holder; 3] =
    [holder("anna", "Anna Exempel"), holder("bertil", "Bertil Exempel"), holder("cecilia", "Cecilia Exempel")];
/// The machines.
pub const MACHINES: [Holder; 2] = [Holder { key: "snapshot", person: None }, Holder { key: "timestamp", person: None }];

/// The agencies of this repository, as their roles are called, with the person who signs for each. Three are enough for the story.
pub const AGENCIES: [Holder; 3] = [AF, holder("miv", "Maja Migrationsverket"), holder("so", "Sven A-kassorna")];
/// Arbetsförmedlingen.
pub const AF: Holder = holder("af", "Alma Arbetsförmedlingen");

const fn holder(key: &'static str, person: &'static str) -> Holder {
    Holder { key, person: Some(person) }
}

/// Makes everybody's key. In earnest each is made by its holder, on a machine or a token of their own.
///
/// # Errors
///
/// Where a key cannot be made.
pub fn make_keys(tool: &Tool) -> Result<()> {
    fs::create_dir_all(tool.folder().join("keys")).context("make a folder for keys")?;
    fs::write(tool.folder().join("keys/passphrase"), "one passphrase for all is fit for an example alone\n")
        .context("write the passphrase")?;
    for Holder { key, person } in OFFICERS.iter().chain(&GOVERNANCE).chain(&MACHINES).chain(&AGENCIES) {
        let whose = match person {
            Some(person) => format!("--person {}", person.replace(' ', &SPACE.to_string())),
            None => "--machine".to_owned(),
        };
        tool.run(&format!("key new --out keys/{key}.key {whose} --passphrase-file keys/passphrase"))?;
    }
    Ok(())
}

/// The arguments that name a holder's key.
pub fn key_of(holder: Holder) -> String {
    format!("--key keys/{}.key --passphrase-file keys/passphrase", holder.key)
}

/// The arguments that name the machines' keys.
pub const MACHINES_KEYS: &str = "--snapshot-key keys/snapshot.key --snapshot-passphrase-file keys/passphrase \
                                 --timestamp-key keys/timestamp.key --timestamp-passphrase-file keys/passphrase";
