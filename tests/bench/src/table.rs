//! The rows as a table, for people.

use std::fmt::Write as _;

use crate::goal::Verdict;
use crate::row::Row;
use crate::statistics::Spread;

/// The rows as a Markdown table, which reads as well on a terminal: every column as wide as its widest cell.
pub fn table(rows: &[Row]) -> String {
    aligned(HEAD, rows.iter().map(cells))
}

/// A Markdown table of cells below their heads.
pub(crate) fn aligned<const COLUMNS: usize>(
    head: [&str; COLUMNS],
    rows: impl Iterator<Item = [String; COLUMNS]>,
) -> String {
    let cells: Vec<[String; COLUMNS]> = [head.map(str::to_owned)].into_iter().chain(rows).collect();
    let width =
        |column: usize| cells.iter().filter_map(|row| Some(row.get(column)?.chars().count())).max().unwrap_or(0);
    let widths: Vec<usize> = (0..COLUMNS).map(width).collect();
    let mut table = String::new();
    for (position, row) in cells.iter().enumerate() {
        for (cell, width) in row.iter().zip(&widths) {
            let _infallible = write!(table, "| {cell:<width$} ");
        }
        table.push_str("|\n");
        if position == 0 {
            table.extend(widths.iter().map(|width| format!("|{}", "-".repeat(width + 2))));
            table.push_str("|\n");
        }
    }
    table
}

fn cells(row: &Row) -> [String; COLUMNS] {
    let number = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), rounded);
    [
        row.title(),
        number(row.ours()),
        number(row.reference()),
        row.ratio().map_or_else(|| "–".to_owned(), ratio),
        row.goal().to_owned(),
        match row.verdict() {
            Verdict::Met => "yes".to_owned(),
            Verdict::Missed => "no".to_owned(),
        },
    ]
}

fn ratio(Spread { low, median, high }: Spread) -> String {
    format!("{} ({}–{})", rounded(median), rounded(low), rounded(high))
}

/// Three significant digits: more would not come out again.
pub(crate) fn rounded(value: f64) -> String {
    match value.abs() {
        0.0 => "0".to_owned(),
        magnitude if magnitude >= 100.0 => format!("{value:.0}"),
        magnitude if magnitude >= 10.0 => format!("{value:.1}"),
        magnitude if magnitude >= 1.0 => format!("{value:.2}"),
        magnitude if magnitude >= 0.1 => format!("{value:.3}"),
        _ => format!("{value:.4}"),
    }
}

const COLUMNS: usize = 6;
const HEAD: [&str; COLUMNS] = ["name", "ours", "reference", "ratio", "goal", "met"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::goal::Goal;
    use crate::row::Definition;
    use crate::statistics::Pairs;

    #[test]
    fn every_row_is_a_line_with_its_spread() {
        let mut pairs = Pairs::default();
        for (ours, reference) in [(30.0, 10.0), (31.0, 10.0), (35.0, 10.0)] {
            pairs.push(ours, reference);
        }
        let rows = [
            Row::compared(&Definition { number: 1, name: "AF", unit: "µs", goal: Goal::RatioAtMost(6.0) }, &pairs),
            Row::single(&Definition { number: 12, name: "start to ready", unit: "s", goal: Goal::AtMost(0.5) }, 0.61),
        ];
        insta::assert_snapshot!(table(&rows), @"
        | name                  | ours  | reference | ratio            | goal      | met |
        |-----------------------|-------|-----------|------------------|-----------|-----|
        | 1 AF [µs]             | 31.0  | 10.0      | 3.10 (3.05–3.30) | ratio ≤ 6 | yes |
        | 12 start to ready [s] | 0.610 | –         | –                | ≤ 0.5     | no  |
        ");
    }
}
