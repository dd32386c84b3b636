//! A review in a terminal.

use std::fmt::Write;

use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{ContentArrangement, Table};

use crate::report;
use crate::review::{BasisChange, Review, Row};
use crate::space::Space;
use crate::subject::Side;
use crate::words::{self, visible};

/// Writes a review for a terminal, in Swedish.
pub fn review_as_text(review: &Review) -> String {
    let mut text = String::new();
    let old = review.old.as_ref().map_or("ingen".to_owned(), side);
    say(&mut text, &format!("Granskning av policy för rollen {}", review.new.identity.name));
    say(&mut text, &format!("Före:  {old}\nEfter: {}\n", side(&review.new)));
    say(&mut text, &report::extent(review));
    if let Some(frames) = report::frames(review) {
        say(&mut text, &frames);
    }
    say(&mut text, &report::days(review));
    for discloser in &review.disclosers {
        for dataset in &discloser.datasets {
            let (agency, label) = (words::agency(discloser.discloser), visible(&dataset.label.sv));
            say(&mut text, &format!("\n{agency}: {label} ({})", words::elements(dataset.elements)));
            say(&mut text, &rows(&review.space, &dataset.rows));
        }
    }
    if !review.bases.is_empty() {
        say(&mut text, "\nLagstöd");
        for change in &review.bases {
            say(&mut text, &format!("- {}", basis_change(change)));
        }
    }
    if !review.findings.is_empty() {
        say(&mut text, "\nAtt uppmärksamma");
        for finding in &review.findings {
            say(&mut text, &format!("- {}", visible(&words::finding(finding))));
        }
    }
    text
}

/// A legal basis that came, went or says something else.
pub(super) fn basis_change(change: &BasisChange) -> String {
    visible(&match change {
        BasisChange::Added(basis) => format!("Nytt: {}", words::basis(basis)),
        BasisChange::Removed(basis) => format!("Borttaget: {}", words::basis(basis)),
        BasisChange::Altered { before, after } => {
            format!("Ändrat från: {} – till: {}", words::basis(before), words::basis(after))
        }
    })
}

fn side(side: &Side) -> String {
    visible(&format!("version {}, SHA-256 {}", side.identity.version, side.identity.sha256))
}

fn rows(space: &Space, rows: &[Row]) -> String {
    let mut table = Table::new();
    table
        .load_style(UTF8_HORIZONTAL_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(COLUMNS)
        .set_header(["Ändring", "Uppgifter", "Före", "Efter", "När", "Celler"]);
    for row in rows {
        let elements: Vec<String> = row.elements.iter().map(words::gathered).collect();
        let contexts: Vec<String> = row.contexts.iter().map(|block| words::contexts(space, block)).collect();
        let cell = |cell: &crate::Cell| format!("{}\n{}", words::outcome(&cell.outcome), words::effect(cell.effect));
        let texts = [
            words::kind(row.change.kind).to_owned(),
            elements.join("\n"),
            cell(&row.change.before),
            cell(&row.change.after),
            contexts.join(";\n"),
            words::number(row.cells),
        ];
        table.add_row(texts.map(|text| visible(&text)));
    }
    table.to_string()
}

/// Writing to a text does not fail.
pub(super) fn say(text: &mut String, line: &str) {
    let _ = writeln!(text, "{line}");
}

/// Wide enough for a citation, narrow enough for a screen.
const COLUMNS: u16 = 150;
