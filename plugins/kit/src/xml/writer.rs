//! XML written so that every text arrives as it was, and no text can be taken for markup.

use super::{DECLARATION, is_xml_char};

/// Writes one document, element by element.
///
/// Names are the adapter's own and are written as they are; values are escaped. A character that XML 1.0 forbids is written as U+FFFD, the
/// replacement character: the document stays well-formed and the loss shows.
pub struct Writer {
    text: String,
}

impl Writer {
    pub(crate) fn new() -> Self {
        Self { text: String::with_capacity(1_024) }
    }

    pub(crate) fn raw(&mut self, markup: &'static str) {
        self.text.push_str(markup);
    }

    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.text.into_bytes()
    }

    /// An element that holds what `content` writes.
    pub fn object(&mut self, name: &'static str, attributes: &[(&'static str, &str)], content: impl FnOnce(&mut Self)) {
        self.open(name, attributes);
        self.text.push('>');
        content(self);
        self.close(name);
    }

    /// An element that holds a text.
    pub fn scalar(&mut self, name: &'static str, value: &str) {
        self.open(name, &[]);
        self.text.push('>');
        self.escaped(value);
        self.close(name);
    }

    /// An element whose text is a document of its own: what `content` writes, after an XML declaration.
    pub fn enclosed(&mut self, name: &'static str, content: impl FnOnce(&mut Self)) {
        let mut document = Self::new();
        document.raw(DECLARATION);
        content(&mut document);
        self.scalar(name, &document.text);
    }

    /// An element that holds nothing but attributes.
    pub fn empty(&mut self, name: &'static str, attributes: &[(&'static str, &str)]) {
        self.open(name, attributes);
        self.text.push_str("/>");
    }

    fn open(&mut self, name: &'static str, attributes: &[(&'static str, &str)]) {
        self.text.push('<');
        self.text.push_str(name);
        for (name, value) in attributes {
            self.text.push(' ');
            self.text.push_str(name);
            self.text.push_str("=\"");
            self.escaped(value);
            self.text.push('"');
        }
    }

    fn close(&mut self, name: &'static str) {
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push('>');
    }

    fn escaped(&mut self, value: &str) {
        let mut rest = value;
        while let Some((position, character)) = rest.char_indices().find(|(_, character)| !is_plain(*character)) {
            let (plain, special) = rest.split_at(position);
            self.text.push_str(plain);
            match character {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '"' => self.text.push_str("&quot;"),
                // As they are, a reader would turn them into line feeds, or into blanks in an attribute.
                '\r' => self.text.push_str("&#13;"),
                '\n' => self.text.push_str("&#10;"),
                '\t' => self.text.push_str("&#9;"),
                _ => self.text.push(char::REPLACEMENT_CHARACTER),
            }
            rest = special.strip_prefix(character).unwrap_or_default();
        }
        self.text.push_str(rest);
    }
}

/// Whether a character is written as it is.
fn is_plain(character: char) -> bool {
    is_xml_char(character) && !matches!(character, '&' | '<' | '>' | '"' | '\r' | '\n' | '\t')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(value: &str) -> String {
        let mut writer = Writer::new();
        writer.object("a", &[("b", value)], |writer| writer.scalar("c", value));
        String::from_utf8(writer.into_bytes()).unwrap()
    }

    #[test]
    fn markup_in_a_value_stays_text() {
        insta::assert_snapshot!(
            written("Åsa & <Bo> \"]]>\u{1}"),
            @r#"<a b="Åsa &amp; &lt;Bo&gt; &quot;]]&gt;�"><c>Åsa &amp; &lt;Bo&gt; &quot;]]&gt;�</c></a>"#
        );
    }

    #[test]
    fn a_document_inside_a_string_is_escaped_once_more_than_what_it_holds() {
        let mut writer = Writer::new();
        writer.enclosed("a", |writer| writer.scalar("b", "Åsa & <Bo>"));
        insta::assert_snapshot!(
            String::from_utf8(writer.into_bytes()).unwrap(),
            @r#"<a>&lt;?xml version=&quot;1.0&quot; encoding=&quot;UTF-8&quot;?&gt;&lt;b&gt;Åsa &amp;amp; &amp;lt;Bo&amp;gt;&lt;/b&gt;</a>"#
        );
    }

    proptest! {
        #[test]
        fn every_value_arrives_as_it_was_but_for_what_xml_forbids(value in any::<String>()) {
            let text = written(&value);
            let document = roxmltree::Document::parse(&text).unwrap();
            let expected: String =
                value.chars().map(|c| if is_xml_char(c) { c } else { char::REPLACEMENT_CHARACTER }).collect();
            let root = document.root_element();
            prop_assert_eq!(root.attribute("b"), Some(expected.as_str()));
            prop_assert_eq!(root.first_element_child().unwrap().text().unwrap_or(""), expected.as_str());
        }
    }
}
