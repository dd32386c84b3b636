//! How results are printed.

use std::fmt::Display;
use std::io::{self, Write as _};

use anyhow::Context;
use clap::ValueEnum;
use comfy_table::{ContentArrangement, Table, presets};
use serde::Serialize;

use super::Failed;

/// How results are printed on standard output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// For programs: one JSON value
    Json,
}

/// Prints a text and ends its last line.
pub fn print(text: impl Display) -> Result<(), Failed> {
    writeln!(io::stdout().lock(), "{text}").context("print the result").map_err(Failed::NotDone)
}

/// Prints a value as JSON.
pub fn print_json(value: &impl Serialize) -> Result<(), Failed> {
    let text = serde_json::to_string_pretty(value).context("write the result as JSON").map_err(Failed::NotDone)?;
    print(text)
}

/// A table with these headings, as wide as the terminal.
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
