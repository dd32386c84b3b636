//! `ssbtx verify`: everything that a host would refuse of a repository.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, anyhow};
use clap::Args;
use jiff::Timestamp;
use serde_json::json;
use ssbtx_core::{AcceptedPending, day_in_sweden};
use ssbtx_rollout::{Examined, examine};
use ssbtx_runtime::{Sandbox, SandboxSettings};
use ssbtx_trust::{RepositorySettings, TrustedSet};

use crate::repo::{Failed, Format, end, print, print_json, runtime, table};

/// Which repository, and by which root it is judged.
#[derive(Args)]
pub struct Arguments {
    /// The repository
    #[arg(value_name = "DIR")]
    repository: PathBuf,
    /// The root that you were given by another way than the repository
    #[arg(long, value_name = "FILE")]
    root: PathBuf,
    /// Verify signatures only: neither run components and their cases, nor look for what a policy opens beyond the grants
    #[arg(long)]
    signatures_only: bool,
    /// How the result is printed
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Verifies and prints what a host would answer with.
pub fn run(arguments: &Arguments) -> ExitCode {
    end(verify(arguments))
}

fn verify(arguments: &Arguments) -> Result<(), Failed> {
    let root = &arguments.root;
    let root = std::fs::read(root).with_context(|| format!("read `{}`", root.display())).map_err(Failed::NotDone)?;
    let settings = RepositorySettings::new(root, arguments.repository.clone());
    if !arguments.repository.is_dir() {
        return Err(Failed::NotDone(anyhow!("`{}` is no folder", arguments.repository.display())));
    }
    let trusted =
        runtime()?.block_on(ssbtx_trust::load(&settings)).context("verify the repository").map_err(Failed::Refused)?;
    if !arguments.signatures_only {
        examined(&trusted)?;
    }
    match arguments.format {
        Format::Json => print_json(&as_json(&trusted)),
        Format::Text => show(&trusted),
    }
}

/// Looks at a verified set as a host does: admits and tests its components, and holds its policies against the agencies' grants.
///
/// Which pending bases an operator accepts is the operator's own affair: here none is, which changes no refusal.
pub fn examined(trusted: &TrustedSet) -> Result<(), Failed> {
    let sandbox = Sandbox::new(SandboxSettings::default()).context("start the sandbox").map_err(Failed::NotDone)?;
    let today = day_in_sweden(Timestamp::now());
    let examined = runtime()?.block_on(examine(&sandbox, trusted, &AcceptedPending::default(), None, today));
    none_left_out(&examined.context("examine the set").map_err(Failed::Refused)?).map_err(Failed::Refused)
}

/// A host serves without a proposed policy that it cannot admit; whoever publishes one wants to hear of it.
pub fn none_left_out(examined: &Examined) -> anyhow::Result<()> {
    match examined.edition().left_out().next() {
        None => Ok(()),
        Some(left_out) => {
            let refused = anyhow!("{}", left_out.why());
            Err(refused.context(format!("shadow policy for role `{}` would be left out", left_out.role())))
        }
    }
}

fn show(trusted: &TrustedSet) -> Result<(), Failed> {
    print(format_args!("version {} is in order, until {}\n", trusted.version(), trusted.expires()))?;
    let mut components = table(&["component", "sha256"]);
    for component in trusted.components() {
        components.add_row([component.target().to_string(), component.digest().to_string()]);
    }
    print(components)
}

fn as_json(trusted: &TrustedSet) -> serde_json::Value {
    let component = |component: &ssbtx_trust::Verified<ssbtx_trust::Component>| json!({ "name": component.target().to_string(), "sha256": component.digest().to_string() });
    json!({
        "version": trusted.version(),
        "expires": trusted.expires().to_string(),
        "components": trusted.components().map(component).collect::<Vec<_>>(),
    })
}
