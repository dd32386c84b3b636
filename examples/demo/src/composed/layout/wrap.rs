//! Text in lines of a width.

use crate::composed::Item;
use crate::ink::{Ink, Look};

/// A value with what it is called; without a label, the value alone.
pub struct Piece {
    label: String,
    value: String,
}

impl Piece {
    /// An item's label and value.
    pub fn of(item: &Item) -> Self {
        Self { label: item.label.clone(), ..Self::bare(item) }
    }

    /// An item's value alone.
    pub fn bare(item: &Item) -> Self {
        Self { label: String::new(), value: item.words().unwrap_or_default() }
    }

    fn text(&self) -> String {
        if self.label.is_empty() { self.value.clone() } else { format!("{}: {}", self.label, self.value) }
    }

    fn painted(&self, ink: Ink) -> String {
        if self.label.is_empty() {
            return self.value.clone();
        }
        format!("{} {}", ink.paint(Look::Label, &format!("{}:", self.label)), self.value)
    }
}

/// Pieces one after another; a line is broken between two where it can be.
pub fn flow(pieces: &[Piece], width: usize, ink: Ink) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut taken = 0;
    for piece in pieces {
        let text = piece.text();
        let length = text.chars().count();
        if taken > 0 && taken + SEPARATOR.chars().count() + length > width {
            lines.push(std::mem::take(&mut line));
            taken = 0;
        }
        if length > width {
            lines.extend(paragraph(&text, width));
            continue;
        }
        if taken > 0 {
            line.push_str(SEPARATOR);
            taken += SEPARATOR.chars().count();
        }
        line.push_str(&piece.painted(ink));
        taken += length;
    }
    if taken > 0 {
        lines.push(line);
    }
    lines
}

/// Words one after another; a word that is longer than a line has one of its own.
pub fn paragraph(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

const SEPARATOR: &str = " · ";
