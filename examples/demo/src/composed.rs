//! The composed answer: what a caseworker reads. In Swedish, from the answer and the catalogues' labels and help alone.

mod advice;
mod layout;
mod page;
mod pairs;
mod reading;
mod section;
mod shape;
mod wording;
mod words;

pub use page::Page;

/// Something with a label.
#[derive(Debug, PartialEq, Eq)]
struct Item {
    /// What a caseworker calls it.
    label: String,
    /// The place of its dataset among the catalogue's.
    rank: usize,
    /// What must be read with it.
    note: Option<String>,
    content: Content,
}

#[derive(Debug, PartialEq, Eq)]
enum Content {
    /// One value.
    Value(Value),
    /// What holds more: once, or as many times as it occurs.
    Blocks(Vec<Vec<Item>>),
}

/// A value in words.
#[derive(Debug, PartialEq, Eq)]
struct Value {
    text: String,
    /// What the text means, where it is a code that the catalogue explains.
    meaning: Option<String>,
}

impl Item {
    fn value(label: &str, rank: usize, value: Value) -> Self {
        Self { label: label.to_owned(), rank, note: None, content: Content::Value(value) }
    }

    /// Takes over what must be read with the values, and says it once.
    fn blocks(label: &str, rank: usize, mut blocks: Vec<Vec<Self>>) -> Self {
        let mut notes: Vec<String> = Vec::new();
        for item in blocks.iter_mut().flatten().filter(|item| matches!(item.content, Content::Value(_))) {
            notes.extend(item.note.take().filter(|note| !notes.contains(note)));
        }
        let note = (!notes.is_empty()).then(|| notes.join(" "));
        Self { label: label.to_owned(), rank, note, content: Content::Blocks(blocks) }
    }

    /// The value's text, where this is a value.
    fn text(&self) -> Option<String> {
        match &self.content {
            Content::Value(value) => Some(value.text.clone()),
            Content::Blocks(_) => None,
        }
    }

    /// The value with its meaning, where this is a value.
    fn words(&self) -> Option<String> {
        match &self.content {
            Content::Value(value) => Some(value.words()),
            Content::Blocks(_) => None,
        }
    }
}

impl Value {
    fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), meaning: None }
    }

    fn words(&self) -> String {
        match &self.meaning {
            Some(meaning) => format!("{} ({meaning})", self.text),
            None => self.text.clone(),
        }
    }
}
