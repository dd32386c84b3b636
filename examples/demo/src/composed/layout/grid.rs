//! Entries of the same kind as a table.

use super::spaces;
use crate::composed::{Content, Item};
use crate::ink::{Ink, Look};

/// One line a block under one line of labels; none where a block holds more than values or the lines would be too long.
pub fn table(blocks: &[Vec<Item>], width: usize, ink: Ink) -> Option<Vec<String>> {
    let is_value = |item: &Item| matches!(item.content, Content::Value(_));
    if !blocks.iter().flatten().all(is_value) {
        return None;
    }
    let mut labels: Vec<&str> = Vec::new();
    for item in blocks.iter().flatten() {
        if !labels.contains(&item.label.as_str()) {
            labels.push(&item.label);
        }
    }
    let columns: Vec<Column> = labels.into_iter().map(|label| Column::of(label, blocks)).collect();
    let total: usize = columns.iter().map(|column| column.width + GAP).sum();
    if total > width + GAP {
        return None;
    }
    let header = columns.iter().map(|column| column.padded(&column.label)).collect::<Vec<_>>().join(&spaces(GAP));
    let mut lines = vec![ink.paint(Look::Label, header.trim_end())];
    for row in 0..blocks.len() {
        let cells = columns.iter().map(|column| column.padded(column.cells.get(row).map_or("", String::as_str)));
        lines.push(cells.collect::<Vec<_>>().join(&spaces(GAP)).trim_end().to_owned());
    }
    Some(lines)
}

struct Column {
    label: String,
    cells: Vec<String>,
    width: usize,
    /// Amounts and numbers stand under each other's last digits.
    is_numeric: bool,
}

impl Column {
    fn of(label: &str, blocks: &[Vec<Item>]) -> Self {
        let cell = |block: &Vec<Item>| block.iter().find(|item| item.label == label).and_then(Item::words);
        let cells: Vec<String> = blocks.iter().map(|block| cell(block).unwrap_or_default()).collect();
        let width = cells.iter().map(String::as_str).chain([label]).map(|text| text.chars().count()).max();
        let is_numeric = cells.iter().all(|cell| is_number(cell));
        Self { label: label.to_owned(), cells, width: width.unwrap_or_default(), is_numeric }
    }

    fn padded(&self, text: &str) -> String {
        let padding = spaces(self.width.saturating_sub(text.chars().count()));
        if self.is_numeric { format!("{padding}{text}") } else { format!("{text}{padding}") }
    }
}

fn is_number(cell: &str) -> bool {
    let digits = cell.trim_end_matches(" kr").trim_end_matches(" %");
    digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'-')) && digits.matches('-').count() < 2
}

const GAP: usize = 2;
