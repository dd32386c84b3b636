//! `ssbtx policy status`.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::signatures::Signatures;
use super::terms::{Format, print};
use super::{Failed, Verdict, listing};
use crate::repo::open;

/// What is looked at.
#[derive(Args)]
pub struct Arguments {
    /// The change
    #[arg(value_name = "CHANGE")]
    change: PathBuf,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Tells what a change changes, who must sign it and who has.
pub(super) fn run(arguments: &Arguments) -> Result<Verdict, Failed> {
    let change = open(&arguments.change)?;
    let signatures = Signatures::of(&change)?;
    let lines = listing::as_lines(&change)?;
    let differences = listing::differences(&change)?;
    print(
        arguments.format,
        || format!("Ändrar · changes\n{}\n\n{}", lines.join("\n"), signatures.as_text()),
        || json!({ "changes": differences, "signatures": signatures.as_json(), "complete": signatures.are_enough() }),
    )?;
    Ok(if signatures.are_enough() { Verdict::NothingToObject } else { Verdict::Objections })
}
