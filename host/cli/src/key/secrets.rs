//! Passphrases and PINs, from a file or from the terminal.

use std::path::Path;

use anyhow::{Context, anyhow};
use ssbtx_signing::Passphrase;

use crate::repo::Failed;

/// The first line of a file, or what somebody types where nobody sees it.
pub(super) fn secret(file: Option<&Path>, what: &str) -> Result<Passphrase, Failed> {
    match file {
        Some(file) => read(file),
        None => typed(what),
    }
}

/// As [`secret`], for a new key: typed twice, and long enough that guessing does not pay.
pub(super) fn new_secret(file: Option<&Path>, what: &str) -> Result<Passphrase, Failed> {
    let secret = if let Some(file) = file {
        read(file)?
    } else {
        let secret = typed(what)?;
        if !typed(&format!("{what} (again)"))?.is(&secret) {
            return Err(Failed::Refused(anyhow!("the two passphrases differ")));
        }
        secret
    };
    let found = secret.length();
    if found < MIN_CHARACTERS {
        return Err(Failed::Refused(anyhow!("passphrase has {found} characters, expected at least {MIN_CHARACTERS}")));
    }
    Ok(secret)
}

fn read(file: &Path) -> Result<Passphrase, Failed> {
    Passphrase::read(file).context("read the passphrase").map_err(Failed::NotDone)
}

fn typed(what: &str) -> Result<Passphrase, Failed> {
    let typed = rpassword::prompt_password(format!("{what}: "));
    let typed = typed.with_context(|| format!("there is no terminal to ask on ({what}): name a file that holds it"));
    typed.map(Passphrase::new).map_err(Failed::NotDone)
}

const MIN_CHARACTERS: usize = 12;
