//! `ssbtx policy check`.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use ssbtx_review::{Check, check_as_json, check_as_text};

use super::components::Components;
use super::terms::{Terms, print};
use super::{Failed, Verdict};

/// What is looked at.
#[derive(Args)]
pub struct Arguments {
    /// The policy
    #[arg(value_name = "POLICY.wasm")]
    policy: PathBuf,
    #[command(flatten)]
    terms: Terms,
}

/// Looks and tells.
pub(super) async fn run(arguments: &Arguments) -> Result<Verdict, Failed> {
    let components = Components::new()?;
    let listed = components.adapters(&arguments.terms.adapters).await?;
    let policy = components.policy(&arguments.policy).await?;
    let check = Check::of(&policy, &listed, &arguments.terms.consents(), arguments.terms.today()?)
        .await
        .context("check the policy")
        .map_err(Failed::Refused)?;
    print(arguments.terms.format, || check_as_text(&check), || check_as_json(&check));
    Ok(if check.findings.is_empty() { Verdict::NothingToObject } else { Verdict::Objections })
}
