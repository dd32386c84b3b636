//! `ssbtx repo publish`.

use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use clap::Args;
use serde_json::json;
use ssbtx_signing::{NotPublished, Publication, Published, RepositoryFault};

use super::lifetimes::OnlineLifetimeArguments;
use super::{Failed, Format, open, print, print_json};
use crate::key::OnlineKeyArguments;
use crate::verify;

/// What is published, where, and by which keys.
#[derive(Args)]
pub struct PublishArguments {
    /// The change's folder
    #[arg(value_name = "CHANGE")]
    change: PathBuf,
    /// The repository
    #[arg(long, value_name = "DIR")]
    repository: PathBuf,
    #[command(flatten)]
    keys: OnlineKeyArguments,
    /// Where to write the first root of a new repository, which every host is given; otherwise root.json beside the repository
    #[arg(long, value_name = "FILE")]
    root_out: Option<PathBuf>,
    /// Verify signatures only: neither run components and their cases, nor look for what a policy opens beyond the grants. Hosts still do
    #[arg(long)]
    signatures_only: bool,
    #[command(flatten)]
    shared: SharedArguments,
}

/// What publishing a change and renewing a timestamp have in common.
#[derive(Args)]
pub struct SharedArguments {
    #[command(flatten)]
    lifetimes: OnlineLifetimeArguments,
    /// How the result is printed
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Publishes if a host would take the result, and prints which files are new.
///
/// A repository that is being built up has adapters before it has a policy. No host takes it yet, so there is nothing to examine.
pub fn publish(arguments: &PublishArguments) -> Result<(), Failed> {
    let change = open(&arguments.change)?;
    let root_out = change.base().is_none().then(|| arguments.root_out()).transpose()?;
    let keys = arguments.keys.open()?;
    let publication = arguments.shared.publication(&arguments.repository, keys.keys());
    let staged = runtime()?.block_on(publication.stage(&change)).map_err(failed)?;
    if !arguments.signatures_only && staged.trusted().policies().next().is_some() {
        verify::examined(staged.trusted())?;
    }
    let published = staged.publish().map_err(failed)?;
    if let Some(path) = &root_out {
        let written = std::fs::write(path, &published.first_root);
        written.with_context(|| format!("write `{}`", path.display())).map_err(Failed::NotDone)?;
    }
    arguments.shared.tell(&published, root_out.as_deref())
}

impl PublishArguments {
    /// Where the first root goes. It is looked at before anything is published: a root that is there may be one that hosts trust.
    fn root_out(&self) -> Result<PathBuf, Failed> {
        let beside = || Some(std::path::absolute(&self.repository).ok()?.parent()?.join("root.json"));
        let path = self.root_out.clone().or_else(beside);
        let path = path.ok_or_else(|| Failed::NotDone(anyhow!("there is no folder beside the repository")))?;
        if path.exists() {
            return Err(Failed::NotDone(anyhow!("`{}` is there already", path.display())));
        }
        Ok(path)
    }
}

impl SharedArguments {
    pub(super) fn publication<'k>(&self, repository: &Path, keys: ssbtx_signing::OnlineKeys<'k>) -> Publication<'k> {
        Publication::new(repository.to_owned(), keys, self.lifetimes.terms())
    }

    pub(super) fn tell(&self, published: &Published, root: Option<&Path>) -> Result<(), Failed> {
        if self.format == Format::Json {
            let root = root.map(|path| path.display().to_string());
            return print_json(&json!({ "published": published.files, "root": root }));
        }
        published.files.iter().try_for_each(|file| print(format_args!("published {file}")))?;
        root.map_or(Ok(()), |path| print(format_args!("wrote {}, the root that every host is given", path.display())))
    }
}

/// What was against it, and what was in the way.
pub(super) fn failed(error: NotPublished) -> Failed {
    let not_done = matches!(
        error,
        NotPublished::Busy(_)
            | NotPublished::File(_)
            | NotPublished::Signing { .. }
            | NotPublished::Repository(RepositoryFault::None(_) | RepositoryFault::File(_))
    );
    let error = anyhow::Error::from(error).context("publish");
    if not_done { Failed::NotDone(error) } else { Failed::Refused(error) }
}

/// What waits for files and the sandbox.
pub fn runtime() -> Result<tokio::runtime::Runtime, Failed> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.context("start the runtime").map_err(Failed::NotDone)
}
