//! What every command on a policy is told besides the policy.

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, ValueEnum};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use ssbtx_core::BasisId;

use super::Failed;
use crate::repo;

/// What a policy is asked about, and when.
#[derive(Args)]
pub struct Terms {
    /// The folder with the adapters whose catalogues the policy decides about: DIR/*.wasm and DIR/*/adapter.wasm
    #[arg(long, value_name = "DIR")]
    pub(super) adapters: PathBuf,
    /// A consent that a person may give; may be repeated. A component does not tell which consents it asks for
    #[arg(long = "consent", value_name = "NAME")]
    consents: Vec<BasisId>,
    /// The day that counts as today, yyyy-MM-dd; otherwise today in Sweden
    #[arg(long, value_name = "DATE")]
    today: Option<Date>,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
}

/// How results are printed on standard output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people, in Swedish
    Text,
    /// For programs: one JSON value
    Json,
}

impl Terms {
    pub(super) fn consents(&self) -> BTreeSet<BasisId> {
        self.consents.iter().cloned().collect()
    }

    pub(super) fn today(&self) -> Result<Date, Failed> {
        today(self.today)
    }
}

/// The given day, or today in Sweden.
pub(super) fn today(given: Option<Date>) -> Result<Date, Failed> {
    if let Some(given) = given {
        return Ok(given);
    }
    // The rule of directive 2000/84/EC, written out for machines without a time zone database.
    let sweden =
        TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").context("find the day in Sweden").map_err(Failed::NotDone)?;
    Ok(Timestamp::now().to_zoned(sweden).date())
}

/// Prints a result.
pub(super) fn print(
    format: Format,
    text: impl FnOnce() -> String,
    json: impl FnOnce() -> serde_json::Value,
) -> Result<(), Failed> {
    let printed = match format {
        Format::Text => repo::print(text().trim_end()),
        Format::Json => repo::print(format_args!("{:#}", json())),
    };
    printed.map_err(Failed::from)
}
