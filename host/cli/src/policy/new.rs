//! `ssbtx policy new`.

mod rules;
mod template;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use clap::Args;
use ssbtx_core::Role;

use super::components::Components;
use super::{Failed, Verdict};
use crate::repo;
use rules::{Example, Rules};

/// What `new` is told.
#[derive(Args)]
pub struct Arguments {
    /// The role: 1 to 64 characters a–z, 0–9 and -, such as budget-och-skuldradgivning
    role: Role,
    /// What the role is called in Swedish; the role where it is left out
    #[arg(long)]
    title: Option<String>,
    /// The folder with the adapters whose datasets the policy says a word about: DIR/*.wasm and DIR/*/adapter.wasm
    #[arg(long, value_name = "DIR", default_value = "target/components/adapters")]
    adapters: PathBuf,
    /// The one dataset that the example opens, on a basis that is not established in law; otherwise the first of the first base service
    #[arg(long, value_name = "BASE-SERVICE/DATASET")]
    example: Option<Example>,
    /// Where the crate is written; `policies/` and the role where it is left out
    ///
    /// Its manifest takes versions and dependencies from this repository's, so that it builds in `policies` only.
    #[arg(long)]
    directory: Option<PathBuf>,
}

/// Writes the crate. Nothing that is there is written over.
pub(super) async fn run(arguments: &Arguments) -> Result<Verdict, Failed> {
    let directory = arguments.directory.clone();
    let directory = directory.unwrap_or_else(|| PathBuf::from("policies").join(arguments.role.as_str()));
    if directory.exists() {
        return Err(Failed::NotDone(anyhow!("`{}` is there already", directory.display())));
    }
    let listed = Components::new()?.adapters(&arguments.adapters).await?;
    let rules = Rules::of(&listed, arguments.example.as_ref()).map_err(|error| Failed::NotDone(error.into()))?;
    let title = arguments.title.as_deref().unwrap_or(arguments.role.as_str());
    let mut files = 0;
    for (file, text) in template::files(&arguments.role, title, &rules) {
        write(&directory.join(file), &text).map_err(Failed::NotDone)?;
        files += 1;
    }
    let package = template::package(&arguments.role);
    repo::print(format_args!("{}: crate {package}, {files} files", directory.display()))?;
    repo::print(format_args!("next: cargo test -p {package}, then cargo xtask plugins"))?;
    Ok(Verdict::NothingToObject)
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("make the folder `{}`", folder.display()))?;
    }
    fs::write(path, text).with_context(|| format!("write `{}`", path.display()))
}
