//! Items as lines of a terminal: values in two columns, what holds more under its heading.

mod grid;
mod wrap;

use super::{Content, Item};
use crate::ink::{Ink, Look};
use wrap::{Piece, flow, paragraph};

/// How lines are laid out.
#[derive(Clone, Copy)]
pub struct Layout {
    /// Columns that a line may take.
    pub width: usize,
    /// Colours.
    pub ink: Ink,
}

impl Layout {
    /// The items of an agency: a label to the left, what it stands for to the right.
    pub fn columns(self, items: &[Item]) -> Vec<String> {
        let labels = items.iter().filter(|item| is_flat(item)).map(|item| item.label.chars().count());
        let column = labels.filter(|label| *label <= WIDEST_LABEL).max().unwrap_or_default() + GAP;
        let lines = |item| if self.is_beside(item, column) { self.beside(item, column) } else { self.below(item) };
        indented(items.iter().flat_map(lines).collect())
    }

    /// A paragraph, wrapped.
    pub fn paragraph(self, look: Option<Look>, text: &str) -> Vec<String> {
        let lines = paragraph(text, self.width.saturating_sub(INDENT)).into_iter();
        indented(lines.map(|line| look.map_or(line.clone(), |look| self.ink.paint(look, &line))).collect())
    }

    fn is_beside(self, item: &Item, column: usize) -> bool {
        is_flat(item) && item.label.chars().count() + GAP <= column && column * 2 < self.width
    }

    /// A label, and to its right what it stands for.
    fn beside(self, item: &Item, column: usize) -> Vec<String> {
        let values: Vec<Piece> = match &item.content {
            Content::Value(_) => vec![Piece::bare(item)],
            Content::Blocks(blocks) => blocks.iter().flatten().map(Piece::of).collect(),
        };
        let padding = spaces(column.saturating_sub(item.label.chars().count()));
        let label = format!("{}{padding}", self.ink.paint(Look::Label, &item.label));
        let mut lines = hanging(&label, column, self.narrowed(INDENT + column).flow(&values));
        lines.extend(self.notes(item));
        lines
    }

    /// A label as a heading, and below it what it stands for: a table where that fits, else block after block.
    fn below(self, item: &Item) -> Vec<String> {
        let heading = |text: &str| self.ink.paint(Look::Label, text);
        let inner = self.narrowed(INDENT);
        let Content::Blocks(blocks) = &item.content else {
            let text = inner.flow(&[Piece::bare(item)]);
            return [vec![heading(&item.label)], indented(text), self.notes(item)].concat();
        };
        let (count, body) = match blocks.as_slice() {
            [block] => (String::new(), inner.block(block)),
            blocks => {
                let rows = || inner.numbered(blocks);
                let body = grid::table(blocks, inner.width.saturating_sub(INDENT), self.ink).unwrap_or_else(rows);
                (format!(", {} stycken", blocks.len()), body)
            }
        };
        [vec![heading(&format!("{}{count}", item.label))], self.notes(item), indented(body)].concat()
    }

    fn numbered(self, blocks: &[Vec<Item>]) -> Vec<String> {
        let column = blocks.len().to_string().len() + GAP;
        let block = |(place, block): (usize, &Vec<Item>)| {
            let number = format!("{:<column$}", place + 1);
            hanging(&self.ink.paint(Look::Label, &number), column, self.narrowed(column).block(block))
        };
        blocks.iter().enumerate().flat_map(block).collect()
    }

    /// Values one after another, and what holds more below.
    fn block(self, items: &[Item]) -> Vec<String> {
        let same_kind = |first: &Item, second: &Item| is_value(first) && is_value(second);
        let lines = |run: &[Item]| match run {
            [item] if !is_value(item) => self.below(item),
            values => self.narrowed(INDENT).flow(&values.iter().map(Piece::of).collect::<Vec<_>>()),
        };
        items.chunk_by(same_kind).flat_map(lines).collect()
    }

    /// What must be read with an item.
    fn notes(self, item: &Item) -> Vec<String> {
        let note = item.note.iter().map(|note| format!("» {note}"));
        note.flat_map(|note| self.narrowed(INDENT).paragraph(Some(Look::Note), &note)).collect()
    }

    fn flow(self, pieces: &[Piece]) -> Vec<String> {
        flow(pieces, self.width, self.ink)
    }

    fn narrowed(self, columns: usize) -> Self {
        Self { width: self.width.saturating_sub(columns), ..self }
    }
}

/// Whether an item is a value, or one block of nothing but values.
fn is_flat(item: &Item) -> bool {
    match &item.content {
        Content::Value(_) => true,
        Content::Blocks(blocks) => matches!(blocks.as_slice(), [block] if block.iter().all(is_value)),
    }
}

fn is_value(item: &Item) -> bool {
    matches!(item.content, Content::Value(_))
}

/// Lines with something before the first, which takes this many columns.
fn hanging(before: &str, columns: usize, lines: Vec<String>) -> Vec<String> {
    let hang = |(place, line): (usize, String)| {
        if place == 0 { format!("{before}{line}") } else { format!("{}{line}", spaces(columns)) }
    };
    lines.into_iter().enumerate().map(hang).collect()
}

fn indented(lines: Vec<String>) -> Vec<String> {
    lines.into_iter().map(|line| format!("{}{line}", spaces(INDENT))).collect()
}

/// This many spaces.
fn spaces(count: usize) -> String {
    " ".repeat(count)
}

const INDENT: usize = 2;
const GAP: usize = 2;
/// A longer label is a heading.
const WIDEST_LABEL: usize = 34;
