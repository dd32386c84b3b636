//! How results are printed.

use std::fmt::Display;
use std::io::{self, Write as _};

use anyhow::{Context, Result};
use clap::ValueEnum;
use comfy_table::{ContentArrangement, Table, presets};
use serde::Serialize;

/// How results are printed on standard output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// For programs: one JSON value
    Json,
}

impl Format {
    /// Prints why an adapter came to nothing.
    pub fn print_failure(self, reason: &str) -> Result<()> {
        match self {
            Self::Text => print(reason),
            Self::Json => print_json(&FailureBody { failed: reason }),
        }
    }
}

#[derive(Serialize)]
struct FailureBody<'a> {
    failed: &'a str,
}

/// Prints a text and ends its last line.
pub fn print(text: impl Display) -> Result<()> {
    writeln!(io::stdout().lock(), "{text}").context("print the result")
}

/// Prints a value as JSON.
pub fn print_json(value: &impl Serialize) -> Result<()> {
    print(serde_json::to_string_pretty(value).context("write the result as JSON")?)
}

/// A table with these headings, which can be pasted where Markdown is read.
pub fn table(headings: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::ASCII_MARKDOWN).set_content_arrangement(ContentArrangement::Dynamic);
    if table.width().is_none() {
        table.set_width(WIDTH);
    }
    table.set_header(headings);
    table
}

/// How wide a table is where there is no terminal to fit it to, in characters.
const WIDTH: u16 = 140;
