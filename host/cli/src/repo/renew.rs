//! `ssbtx repo renew`.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use ssbtx_signing::OfflineRole;

use super::lifetimes::LifetimeArguments;
use super::{Failed, Format, draft, show_open};

/// What is renewed.
#[derive(Args)]
pub struct Arguments {
    /// The roles: `root`, `targets`, `governance`, `tightening`, `shadow`, or an agency such as `af`
    #[arg(value_name = "ROLE", required = true)]
    roles: Vec<OfflineRole>,
    /// The repository
    #[arg(long, value_name = "DIR")]
    repository: PathBuf,
    /// The folder to write the change to
    #[arg(long, value_name = "CHANGE")]
    out: PathBuf,
    #[command(flatten)]
    lifetimes: LifetimeArguments,
    /// How the change is printed
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Drafts the change and prints who has to sign it.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failed> {
    let terms = arguments.lifetimes.terms();
    let change = draft(&arguments.out, &arguments.repository, |change| {
        arguments.roles.iter().try_for_each(|role| {
            change.renew(*role, &terms).with_context(|| format!("renew `{role}`")).map_err(Failed::NotDone)
        })
    })?;
    show_open(&change, arguments.format)
}
