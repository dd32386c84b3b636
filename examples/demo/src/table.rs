//! The two roles side by side, as tables for a terminal.

use std::fmt::Write as _;

use anyhow::{Context, Result};
use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{Cell as TableCell, CellAlignment, Color, ContentArrangement, Table};
use serde_json::Value;
use ssbtx_stage::configuration::Configuration;

use crate::comparison::{Cell, Comparison};
use crate::ink::Ink;
use crate::scene::Answers;
use crate::soap;

/// Renders in which datasets the roles' answers differ and why, the same answers over SOAP, and on which grounds it was decided.
pub fn render(answers: &Answers, comparison: &Comparison, ink: Ink) -> Result<String> {
    let mut text = String::new();
    writeln!(text, "The datasets in which the two roles' answers differ, over JSON v1 (POST /v1/questions):")?;
    writeln!(text, "{}", differences(comparison, ink))?;
    writeln!(text, "✗ means withheld, whether there is a value or not. not-needed: the role's task does not need it.")?;
    writeln!(text, "  no-legal-basis: no law lets the role have it.")?;
    writeln!(
        text,
        "  basis-pending: it rests on a legal basis that is not established in law and was not accepted for this dataset."
    )?;
    writeln!(text, "  not-permitted: the role may see nothing of the agency, so the agency was not asked.\n")?;
    writeln!(text, "The same answers over SOAP v10 (POST /ssbtek/v10), as today's case systems read them:")?;
    writeln!(text, "{}\n", over_soap(answers, ink)?)?;
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
    for answer in answers.each() {
        let body: Value = serde_json::from_str(&answer.json).context("read the JSON answer")?;
        let policy =
            |key: &str| body.pointer(&format!("/edition/policy/{key}")).and_then(Value::as_str).unwrap_or_default();
        let sha256: String = policy("sha256").chars().take(12).collect();
        writeln!(text, "{} was decided by policy version {} (sha256 {sha256}…)", answer.role, policy("version"))?;
    }
    Ok(text)
}

/// Columns that a line may take: those of the terminal, within what is easily read.
pub fn width(ink: Ink) -> usize {
    fresh(ink).width().unwrap_or(WIDTH).clamp(NARROWEST, WIDTH).into()
}

fn differences(comparison: &Comparison, ink: Ink) -> Table {
    let mut table = fresh(ink);
    table.set_header(["", "", "ekonomiskt bistånd", "arbetsmarknad"]);
    for agency in &comparison.agencies {
        for (place, row) in agency.rows.iter().enumerate() {
            let name = if place == 0 { agency.agency.as_str() } else { "" };
            let mut cells = vec![TableCell::new(name), TableCell::new(&row.label)];
            cells.extend(row.cells.iter().map(|cell| table_cell(cell, ink)));
            table.add_row(cells);
        }
    }
    table
}

fn over_soap(answers: &Answers, ink: Ink) -> Result<Table> {
    let mut table = fresh(ink);
    table.set_header(["", "ekonomiskt bistånd", "arbetsmarknad"]);
    let [first, second] = [soap::parts(&answers.ekonomiskt_bistand.soap)?, soap::parts(&answers.arbetsmarknad.soap)?];
    for (first, second) in first.iter().zip(&second) {
        table.add_row([&first.agency, &first.content, &second.content]);
    }
    Ok(table)
}

fn table_cell(cell: &Cell, ink: Ink) -> TableCell {
    let mut told: Vec<String> = match cell.values.as_slice() {
        [] => Vec::new(),
        values if values.len() <= SHOWN => vec![values.join(", ")],
        values => vec![format!("{} values", values.len())],
    };
    told.extend(cell.state.map(|state| format!("– {}", state.label())));
    told.extend(cell.withheld.iter().map(|reason| format!("✗ {reason}")));
    let colour = if cell.values.is_empty() { Color::Yellow } else { Color::Green };
    let cell = TableCell::new(told.join("\n")).set_alignment(CellAlignment::Left);
    if ink == Ink::Colours { cell.fg(colour) } else { cell }
}

fn fresh(ink: Ink) -> Table {
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Dynamic);
    if ink == Ink::Plain {
        table.force_no_tty().set_width(WIDTH);
    }
    table
}

/// As many values are shown; of more, how many they are.
const SHOWN: usize = 2;
/// Columns, where there is no terminal to ask, and at most.
const WIDTH: u16 = 110;
const NARROWEST: u16 = 72;
