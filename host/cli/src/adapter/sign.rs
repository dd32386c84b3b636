//! `ssbtx adapter sign`.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use jiff::Timestamp;
use serde_json::Value;
use ssbtx_runtime::{Candidate, SandboxSettings, Workbench};
use ssbtx_signing::{ChangeFault, OfflineRole, Terms};
use ssbtx_trust::{ComponentKind, TargetName};

use crate::key::KeyArguments;
use crate::repo::{Failed, Format, draft, sign_and_tell};

/// What is signed, and by whose key.
#[derive(Args)]
pub struct Arguments {
    /// The component
    #[arg(value_name = "ADAPTER.wasm")]
    adapter: PathBuf,
    /// The repository that it is to be published in
    #[arg(long, value_name = "DIR")]
    repository: PathBuf,
    /// The folder to write the change to
    #[arg(long, value_name = "CHANGE")]
    out: PathBuf,
    #[command(flatten)]
    key: KeyArguments,
    /// How the result is printed
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Drafts a change that lists the adapter under its agency, and signs it.
pub fn run(arguments: &Arguments) -> Result<(), Failed> {
    let bytes = std::fs::read(&arguments.adapter)
        .with_context(|| format!("read `{}`", arguments.adapter.display()))
        .map_err(Failed::NotDone)?;
    let name = name(&bytes)?;
    let role = OfflineRole::Delegated(name.delegation());
    // Opened first: where it cannot be, nothing is drafted.
    let signer = arguments.key.open()?;
    draft(&arguments.out, &arguments.repository, |change| {
        let listed = change.put_target(&name, &bytes, &Value::Null, &Terms::at(Timestamp::now()));
        listed.map_err(|error| match error {
            ChangeFault::NoRole { .. } => Failed::Refused(error.into()),
            error => Failed::NotDone(error.into()),
        })?;
        sign_and_tell(change, &*signer, &[role], arguments.format)
    })
    .map(|_| ())
}

/// The adapter's name in the repository, by the agency that it says it is of: nobody signs it under another's by mistake.
fn name(bytes: &[u8]) -> Result<TargetName, Failed> {
    let workbench = Workbench::new(SandboxSettings::default()).context("start the sandbox").map_err(Failed::NotDone)?;
    let runtime = super::runtime().map_err(Failed::NotDone)?;
    let adapter = runtime.block_on(workbench.adapter(&Candidate::new(bytes.to_vec())));
    let adapter = adapter.context("admit the adapter").map_err(Failed::Refused)?;
    Ok(ComponentKind::Adapter(adapter.catalogue().agency()).into())
}
