//! `ssbtx policy check`.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use ssbtx_review::{Check, check_as_json, check_as_text};

use super::components::{Components, read};
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

/// Looks, lets it run its own cases, and tells.
pub(super) async fn run(arguments: &Arguments) -> Result<Verdict, Failed> {
    let components = Components::new()?;
    let listed = components.adapters(&arguments.terms.adapters).await?;
    let component = read(&arguments.policy)?;
    let name = format!("the policy `{}`", arguments.policy.display());
    let policy = components.policy_of(component.clone(), &name).await?;
    let cases = components.pass_its_cases(&policy, &component, &listed).await?;
    let check = Check::of(&policy, &listed, &arguments.terms.consents(), arguments.terms.today()?)
        .await
        .context("check the policy")
        .map_err(Failed::Refused)?;
    print(
        arguments.terms.format,
        || format!("{}\nEgna fall som stämmer · its own cases, which hold: {cases}", check_as_text(&check)),
        || {
            let mut told = check_as_json(&check);
            if let Some(members) = told.as_object_mut() {
                members.insert("cases".to_owned(), cases.into());
            }
            told
        },
    )?;
    Ok(if check.findings.is_empty() { Verdict::NothingToObject } else { Verdict::Objections })
}
