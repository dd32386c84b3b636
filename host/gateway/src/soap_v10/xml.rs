//! Writing XML: tags, attributes and text, escaped.

/// XML text under way.
///
/// Names are the contract's or a checked catalogue's; values may be anything.
#[derive(Debug, Default)]
pub(super) struct Writer(String);

impl Writer {
    /// Begins a start tag: attributes may follow.
    pub(super) fn start(&mut self, name: &str) {
        self.0.push('<');
        self.0.push_str(name);
    }

    /// Adds an attribute to the start tag.
    pub(super) fn attribute(&mut self, name: &str, value: &str) {
        self.0.push(' ');
        self.0.push_str(name);
        self.0.push_str("=\"");
        self.escape(value, Place::Attribute);
        self.0.push('"');
    }

    /// Ends the start tag.
    pub(super) fn started(&mut self) {
        self.0.push('>');
    }

    /// Writes a start tag without attributes.
    pub(super) fn open(&mut self, name: &str) {
        self.start(name);
        self.started();
    }

    /// Writes text.
    pub(super) fn text(&mut self, text: &str) {
        self.escape(text, Place::Text);
    }

    /// Writes an end tag.
    pub(super) fn close(&mut self, name: &str) {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }

    /// Writes an element that holds text alone.
    pub(super) fn leaf(&mut self, name: &str, text: &str) {
        self.open(name);
        self.text(text);
        self.close(name);
    }

    /// Writes what another writer has written.
    pub(super) fn append(&mut self, written: &str) {
        self.0.push_str(written);
    }

    /// What has been written.
    pub(super) fn finish(self) -> String {
        self.0
    }

    fn escape(&mut self, text: &str, place: Place) {
        for character in text.chars() {
            match escaped(character, place) {
                Some(reference) => self.0.push_str(reference),
                None => self.0.push(character),
            }
        }
    }
}

/// The XML declaration that every message begins with.
pub(super) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Text,
    Attribute,
}

/// What stands for a character that cannot stand for itself.
fn escaped(character: char, place: Place) -> Option<&'static str> {
    match (character, place) {
        ('&', _) => Some("&amp;"),
        ('<', _) => Some("&lt;"),
        ('>', _) => Some("&gt;"),
        // A parser would read these as a line feed or a space.
        ('\r', _) => Some("&#13;"),
        ('\n', Place::Attribute) => Some("&#10;"),
        ('\t', Place::Attribute) => Some("&#9;"),
        ('"', Place::Attribute) => Some("&quot;"),
        ('\n' | '\t', Place::Text) => None,
        // What XML 1.0 cannot hold cannot have come from XML; should it come all the same, the message stays well formed.
        ('\u{0}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}', _) => Some("\u{FFFD}"),
        _ => None,
    }
}
