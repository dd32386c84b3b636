//! `ssbtx repo sign`.

use std::io::{self, BufRead as _, Write as _};
use std::path::PathBuf;

use anyhow::{Context, anyhow};
use clap::Args;
use serde_json::json;
use ssbtx_signing::{Change, NotSigned, OfflineRole, Signer};

use super::change::{required, show_required};
use super::{Failed, Format, open, print, print_json, show_open};
use crate::key::KeyArguments;

/// What is signed, and by whose key.
#[derive(Args)]
pub struct Arguments {
    /// The change's folder
    #[arg(value_name = "CHANGE")]
    change: PathBuf,
    #[command(flatten)]
    key: KeyArguments,
    /// Sign for this role only; may be repeated. Otherwise for every role of the change that the key belongs to
    #[arg(long, value_name = "ROLE")]
    role: Vec<OfflineRole>,
    /// A root that you know by another way: the change is refused unless it was drafted against a repository that descends from it
    #[arg(long, value_name = "FILE")]
    root: Option<PathBuf>,
    /// Sign without being asked
    #[arg(long)]
    yes: bool,
    /// How the result is printed; with json nothing else is, so --yes is needed
    #[arg(long, value_enum, default_value = "text", requires_if("json", "yes"))]
    format: Format,
}

/// Shows, asks and signs.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failed> {
    let mut change = open(&arguments.change)?;
    if let Some(path) = &arguments.root {
        let root =
            std::fs::read(path).with_context(|| format!("read `{}`", path.display())).map_err(Failed::NotDone)?;
        if let Some(base) = change.base() {
            base.verify(Some(&root)).context("look for the root that you know").map_err(Failed::Refused)?;
        }
    }
    if arguments.format == Format::Text {
        show_open(&change, Format::Text)?;
    }
    if !arguments.yes && !agrees()? {
        return Err(Failed::Refused(anyhow!("nothing was signed")));
    }
    let signer = arguments.key.open()?;
    sign_and_tell(&mut change, &*signer, &arguments.role, arguments.format)
}

/// Signs for these roles, or for all that the key belongs to, and prints who has signed now.
pub fn sign_and_tell(
    change: &mut Change,
    signer: &dyn Signer,
    roles: &[OfflineRole],
    format: Format,
) -> Result<(), Failed> {
    let signed = if roles.is_empty() {
        change.sign_all(signer)
    } else {
        roles.iter().map(|role| change.sign(*role, signer)).collect::<Result<Vec<_>, _>>().map(|all| all.concat())
    };
    let signed = signed.map_err(|error| match error {
        NotSigned::Refused(_) => Failed::Refused(anyhow::Error::from(error).context("sign the change")),
        NotSigned::Failed(_) | NotSigned::Wrong { .. } | NotSigned::Change(_) => {
            Failed::NotDone(anyhow::Error::from(error).context("sign the change"))
        }
    })?;
    if format == Format::Json {
        let signed: Vec<_> =
            signed.iter().map(|by| json!({ "role": by.role.name(), "person": by.key.holder() })).collect();
        return print_json(&json!({ "signed": signed }));
    }
    for by in &signed {
        print(format_args!("signed {} as {}", by.role, by.key.holder()))?;
    }
    show_required(&required(change)?)
}

fn agrees() -> Result<bool, Failed> {
    let ask = || -> io::Result<String> {
        eprint!("Sign this? (yes/no) ");
        io::stderr().flush()?;
        let mut answer = String::new();
        io::stdin().lock().read_line(&mut answer)?;
        Ok(answer)
    };
    let answer = ask().context("ask whether to sign; without a terminal, say --yes").map_err(Failed::NotDone)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "yes" | "ja"))
}
