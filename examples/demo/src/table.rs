//! The result as tables for a terminal.

use std::fmt::Write as _;

use anyhow::{Context, Result};
use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{Cell as TableCell, CellAlignment, Color, ContentArrangement, Table};
use serde_json::Value;
use ssbtx_stage::configuration::Configuration;
use ssbtx_stage::questions::Asking;

use crate::comparison::{AgencyComparison, Cell, Comparison};
use crate::scene::Answers;
use crate::soap;

/// Whether the terminal is told colours.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Colours {
    /// It is.
    On,
    /// It is not: the output goes to a file or another program.
    Off,
}

/// Renders what each role got, and what was withheld from it and why.
pub fn render(asking: &Asking, answers: &Answers, comparison: &Comparison, colours: Colours) -> Result<String> {
    let mut text = String::new();
    writeln!(
        text,
        "\nOne question about {} in case {}, {} to {}.",
        asking.person, asking.case, asking.period.0, asking.period.1
    )?;
    writeln!(text, "Asked twice with two client certificates: as ekonomiskt bistånd, and as arbetsmarknad.\n")?;
    writeln!(text, "Legal bases that are not established in law and that this demo's operator accepts by name:")?;
    for accepted in Configuration::demo_acceptance() {
        writeln!(text, "  {}", accepted.basis)?;
        if accepted.datasets.is_empty() {
            writeln!(text, "    for whatever rests on it")?;
        }
        for datasets in accepted.datasets.chunks(4) {
            writeln!(text, "    for {}", datasets.join(" "))?;
        }
    }
    writeln!(text)?;
    for agency in &comparison.agencies {
        writeln!(text, "{}\n", table(agency, colours))?;
    }
    writeln!(
        text,
        "✗ means withheld. not-needed: the role's task does not need it. no-legal-basis: no law lets the role have it."
    )?;
    writeln!(
        text,
        "  basis-pending: it rests on a legal basis that is not established in law and was not accepted for this dataset."
    )?;
    writeln!(text, "  not-permitted: the role may see nothing of the agency, so the agency was not asked.\n")?;
    writeln!(text, "The same answers over SOAP v10 (POST /ssbtek/v10), as today's case systems read them:")?;
    let mut over_soap = fresh(colours);
    over_soap.set_header(["Agency", "ekonomiskt bistånd", "arbetsmarknad"]);
    let [first, second] = [soap::parts(&answers.ekonomiskt_bistand.soap)?, soap::parts(&answers.arbetsmarknad.soap)?];
    for (first, second) in first.iter().zip(&second) {
        over_soap.add_row([&first.agency, &first.content, &second.content]);
    }
    writeln!(text, "{over_soap}\n")?;
    for answer in answers.each() {
        let body: Value = serde_json::from_str(&answer.json).context("read the JSON answer")?;
        let policy =
            |key: &str| body.pointer(&format!("/edition/policy/{key}")).and_then(Value::as_str).unwrap_or_default();
        let sha256: String = policy("sha256").chars().take(12).collect();
        writeln!(text, "{} was decided by policy version {} (sha256 {sha256}…)", answer.role, policy("version"))?;
    }
    Ok(text)
}

fn table(agency: &AgencyComparison, colours: Colours) -> Table {
    let mut table = fresh(colours);
    table.set_header([
        agency_name(&agency.agency).to_owned(),
        format!("ekonomiskt bistånd ({})", agency.states[0]),
        format!("arbetsmarknad ({})", agency.states[1]),
    ]);
    for row in &agency.rows {
        let mut cells = vec![TableCell::new(&row.label)];
        cells.extend(row.cells.iter().map(|cell| table_cell(cell, colours)));
        table.add_row(cells);
    }
    if agency.rows.is_empty() {
        table.add_row(["–", &agency.states[0], &agency.states[1]]);
    }
    table
}

fn table_cell(cell: &Cell, colours: Colours) -> TableCell {
    let (text, colour) = match cell {
        Cell::Values(values) => (values.join(", "), Color::Green),
        Cell::Withheld(reason) => (format!("✗ {reason}"), Color::Yellow),
        Cell::Absent => ("–".to_owned(), Color::DarkGrey),
    };
    let cell = TableCell::new(text).set_alignment(CellAlignment::Left);
    if colours == Colours::On { cell.fg(colour) } else { cell }
}

fn fresh(colours: Colours) -> Table {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Dynamic);
    if colours == Colours::Off {
        table.force_no_tty().set_width(WIDTH);
    }
    table
}

fn agency_name(agency: &str) -> &str {
    match agency {
        "AF" => "Arbetsförmedlingen (AF)",
        "SO" => "Sveriges a-kassor (SO)",
        "MIV" => "Migrationsverket (MIV)",
        other => other,
    }
}

/// Columns, where there is no terminal to ask.
const WIDTH: u16 = 110;
