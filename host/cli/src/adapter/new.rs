//! `ssbtx adapter new`.

mod name;
mod template;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::Args;
use ssbtx_core::AgencyId;

use super::Verdict;
use super::format::print;
use name::AgencyName;
use template::FILES;

/// What `new` is told.
#[derive(Args)]
pub struct Arguments {
    /// The agency's id on the wire: 1 to 8 characters A–Z and 0–9, such as BV
    agency: AgencyId,
    /// The name that the agency uses itself, such as Bolagsverket; the id where it is left out
    #[arg(long)]
    name: Option<AgencyName>,
    /// Where the crate is written; `plugins/` and the name in ASCII where it is left out
    ///
    /// Its manifest takes versions and dependencies from this repository's, so that it builds in `plugins` only.
    #[arg(long)]
    directory: Option<PathBuf>,
}

/// Writes the crate. Nothing that is there is written over.
pub fn run(arguments: &Arguments) -> Result<Verdict> {
    let name = match &arguments.name {
        Some(name) => name.clone(),
        None => arguments.agency.as_str().parse().context("take the agency's id as its name")?,
    };
    let directory = match &arguments.directory {
        Some(directory) => directory.clone(),
        None => PathBuf::from("plugins").join(name.folder()),
    };
    if directory.exists() {
        bail!("`{}` is there already", directory.display());
    }
    for (file, text) in FILES {
        let path = directory.join(file);
        let folder = path.parent().unwrap_or(&directory);
        fs::create_dir_all(folder).with_context(|| format!("make the folder `{}`", folder.display()))?;
        let text = template::fill(text, arguments.agency, &name);
        fs::write(&path, text).with_context(|| format!("write `{}`", path.display()))?;
    }
    print(format_args!("{}: crate {}, {} files", directory.display(), name.package(), FILES.len()))?;
    print(format_args!("next: cargo test -p {}, then cargo xtask plugins", name.package()))?;
    Ok(Verdict::InOrder)
}
