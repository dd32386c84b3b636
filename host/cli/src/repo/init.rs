//! `ssbtx repo init`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::{Context, anyhow};
use clap::Args;
use ssbtx_core::AgencyId;
use ssbtx_signing::{Founding, Holders, PublicKey};

use super::lifetimes::LifetimeArguments;
use super::{Failed, Format, public_key, show_open};

/// Who signs what in the new repository. Every PUB is a file that `ssbtx key new` wrote; an option that takes several may be repeated.
#[derive(Args)]
pub struct Arguments {
    /// The folder to write the change to
    #[arg(long, value_name = "CHANGE")]
    out: PathBuf,
    /// The officers of root: they say who signs for the repository's own roles
    #[arg(long, value_name = "PUB", num_args = 1.., required = true)]
    root_key: Vec<PathBuf>,
    /// How many officers of root must sign
    #[arg(long, value_name = "N", default_value_t = 2)]
    root_threshold: u64,
    /// The officers of targets: they say who governance and the agencies are. Otherwise those of root
    #[arg(long, value_name = "PUB", num_args = 1..)]
    targets_key: Vec<PathBuf>,
    /// How many officers of targets must sign
    #[arg(long, value_name = "N", default_value_t = 2)]
    targets_threshold: u64,
    /// The key of the machine that signs the snapshot
    #[arg(long, value_name = "PUB")]
    snapshot_key: PathBuf,
    /// The key of the machine that signs the timestamp
    #[arg(long, value_name = "PUB")]
    timestamp_key: PathBuf,
    /// The persons who sign policies together; each of them may tighten, and propose a shadow, alone
    #[arg(long, value_name = "PUB", num_args = 1.., required = true)]
    governance: Vec<PathBuf>,
    /// How many persons of governance must sign
    #[arg(long, value_name = "M", default_value_t = 2)]
    governance_threshold: u64,
    /// An agency and a key of it, such as af=anders.pub.json; an agency that stands twice has two keys, one of which must sign
    #[arg(long, value_name = "AGENCY=PUB", num_args = 1..)]
    agency: Vec<AgencyKey>,
    #[command(flatten)]
    lifetimes: LifetimeArguments,
    /// How the change is printed
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// An agency with the file of a key.
#[derive(Debug, Clone)]
struct AgencyKey {
    agency: AgencyId,
    file: PathBuf,
}

/// Drafts the change and prints who has to sign it.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failed> {
    let root = holders(&arguments.root_key, arguments.root_threshold)?;
    let targets = match arguments.targets_key.as_slice() {
        [] => Holders { keys: root.keys.clone(), threshold: arguments.targets_threshold },
        files => holders(files, arguments.targets_threshold)?,
    };
    let mut agencies: BTreeMap<AgencyId, Holders> = BTreeMap::new();
    for AgencyKey { agency, file } in &arguments.agency {
        let holders = agencies.entry(*agency).or_insert_with(|| Holders { keys: Vec::new(), threshold: 1 });
        holders.keys.push(public_key(file)?);
    }
    let founding = Founding {
        root,
        targets,
        snapshot: holders(std::slice::from_ref(&arguments.snapshot_key), 1)?,
        timestamp: holders(std::slice::from_ref(&arguments.timestamp_key), 1)?,
        governance: holders(&arguments.governance, arguments.governance_threshold)?,
        agencies,
    };
    is_free(&arguments.out)?;
    match founding.draft(&arguments.out, &arguments.lifetimes.terms()) {
        Ok(change) => show_open(&change, arguments.format),
        Err(error) => {
            // The folder was not there, or empty, a moment ago.
            let removed = std::fs::remove_dir_all(&arguments.out);
            removed.with_context(|| format!("remove `{}`", arguments.out.display())).map_err(Failed::NotDone)?;
            Err(Failed::Refused(anyhow::Error::from(error).context("draft the repository")))
        }
    }
}

fn is_free(folder: &Path) -> Result<(), Failed> {
    let in_the_way = std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if in_the_way {
        return Err(Failed::NotDone(anyhow!("`{}` is not empty", folder.display())));
    }
    Ok(())
}

fn holders(files: &[PathBuf], threshold: u64) -> Result<Holders, Failed> {
    let keys = files.iter().map(|file| public_key(file)).collect::<Result<Vec<PublicKey>, _>>()?;
    Ok(Holders { keys, threshold })
}

impl FromStr for AgencyKey {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (agency, file) = text.split_once('=').ok_or_else(|| anyhow!("expected an agency, `=` and a file"))?;
        let agency = agency.to_ascii_uppercase().parse().context("read the agency")?;
        Ok(Self { agency, file: PathBuf::from(file) })
    }
}
