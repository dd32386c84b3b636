//! How a tree of elements is spelled as XML.

use crate::element::{Content, Element, Namespace};

/// A way of spelling a tree. Both are namespace-well-formed and stand alone: no prefix is left to the envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spelling {
    /// As a schema-minded service writes: every prefix declared on the root, and no white space.
    Plain(Prefixes),
    /// As some real service might: default namespaces and prefixes in turn, line breaks, a comment, a processing instruction, CDATA, and
    /// characters by number.
    Odd,
}

/// The prefixes under which a service writes its namespaces.
pub(crate) type Prefixes = &'static [(Namespace, &'static str)];

impl Spelling {
    /// Writes the tree, without an XML declaration.
    pub(crate) fn write(self, root: &Element) -> String {
        let mut writer = Writer { spelling: self, root: root.namespace, text: String::new() };
        writer.element(root, 0, Namespace::NONE);
        writer.text
    }
}

/// Escapes text for element content and attribute values.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // A reader turns a bare carriage return into a line feed.
            '\r' => escaped.push_str("&#13;"),
            _ => escaped.push(c),
        }
    }
    escaped
}

struct Writer {
    spelling: Spelling,
    /// The namespace of the root.
    root: Namespace,
    text: String,
}

impl Writer {
    fn element(&mut self, element: &Element, depth: usize, default: Namespace) {
        let Tag { name, declarations, default } = self.tag(element, depth, default);
        self.text.push('<');
        self.text.push_str(&name);
        self.text.push_str(&declarations);
        for (name, value) in &element.attributes {
            self.text.extend([" ", name, "=\"", &escape(value), "\""]);
        }
        match &element.content {
            Content::Nil => {
                self.text.push_str(r#" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>"#);
                return;
            }
            Content::Text(text) => {
                self.text.push('>');
                self.value(text);
            }
            Content::Children(children) => {
                self.text.push('>');
                if depth == 0 && self.spelling == Spelling::Odd {
                    self.text.push_str("<!-- <Fornamn>?</Fornamn> --><?simulerad svar?>");
                }
                for child in children {
                    self.line_break(depth + 1);
                    self.element(child, depth + 1, default);
                }
                self.line_break(depth);
            }
        }
        self.text.push_str("</");
        self.text.push_str(&name);
        self.text.push('>');
    }

    /// The tag's name, what it declares, and the default namespace that its children live under.
    fn tag(&self, element: &Element, depth: usize, default: Namespace) -> Tag {
        let Element { namespace, name, .. } = *element;
        let uri = namespace.0;
        let unprefixed = |declarations: String, default| Tag { name: name.to_owned(), declarations, default };
        let prefixed =
            |prefix: &str, declarations: String| Tag { name: format!("{prefix}:{name}"), declarations, default };
        match self.spelling {
            _ if namespace == Namespace::NONE && default == Namespace::NONE => unprefixed(String::new(), default),
            _ if namespace == Namespace::NONE => unprefixed(r#" xmlns="""#.to_owned(), Namespace::NONE),
            Spelling::Plain(prefixes) => match prefixes.iter().find(|(known, _)| *known == namespace) {
                Some((_, prefix)) if depth == 0 => prefixed(prefix, declared(prefixes)),
                Some((_, prefix)) => prefixed(prefix, String::new()),
                None => prefixed("x", format!(r#" xmlns:x="{uri}""#)),
            },
            Spelling::Odd if namespace != self.root => prefixed("x", format!(r#" xmlns:x="{uri}""#)),
            Spelling::Odd if depth == 0 => unprefixed(format!(r#" xmlns="{uri}" xmlns:ns0="{uri}""#), namespace),
            Spelling::Odd if depth.is_multiple_of(2) && default == namespace => unprefixed(String::new(), default),
            Spelling::Odd => prefixed("ns0", String::new()),
        }
    }

    fn value(&mut self, text: &str) {
        match self.spelling {
            Spelling::Plain(_) => self.text.push_str(&escape(text)),
            Spelling::Odd if text.contains(' ') && !text.contains("]]>") => {
                self.text.push_str("<![CDATA[");
                self.text.push_str(text);
                self.text.push_str("]]>");
            }
            Spelling::Odd => {
                for c in escape(text).chars() {
                    match c {
                        '\0'..='\x7f' => self.text.push(c),
                        _ => self.text.extend(["&#", &u32::from(c).to_string(), ";"]),
                    }
                }
            }
        }
    }

    fn line_break(&mut self, depth: usize) {
        if self.spelling == Spelling::Odd {
            self.text.push_str("\r\n");
            self.text.push_str(&"\t".repeat(depth));
        }
    }
}

fn declared(prefixes: Prefixes) -> String {
    let mut declarations = String::new();
    for (namespace, prefix) in prefixes {
        declarations.extend([" xmlns:", prefix, "=\"", namespace.0, "\""]);
    }
    declarations
}

struct Tag {
    name: String,
    declarations: String,
    default: Namespace,
}

#[cfg(test)]
mod tests {
    use super::*;

    const NS: Namespace = Namespace("urn:a");
    const SECOND: Namespace = Namespace("urn:b");
    const OTHER: Namespace = Namespace("urn:c");

    const PLAIN: Spelling = Spelling::Plain(&[(NS, "p"), (SECOND, "q")]);

    fn tree() -> Element {
        let unqualified = Namespace::NONE.parent("u", [Namespace::NONE.text("v", "1"), NS.text("w", "2")]);
        NS.parent(
            "a",
            [
                NS.parent("b", [NS.text("c", "å <&> \"x\""), NS.text("d", "å]]>")]),
                NS.nil("n"),
                unqualified,
                SECOND.text("s", "").with("t", " \"&\" "),
                OTHER.parent("o", []),
            ],
        )
    }

    #[test]
    fn plain_spelling_declares_its_prefixes_on_the_root() {
        assert_eq!(
            PLAIN.write(&tree()),
            concat!(
                r#"<p:a xmlns:p="urn:a" xmlns:q="urn:b"><p:b><p:c>å &lt;&amp;&gt; &quot;x&quot;</p:c><p:d>å]]&gt;</p:d></p:b>"#,
                r#"<p:n xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>"#,
                r#"<u><v>1</v><p:w>2</p:w></u><q:s t=" &quot;&amp;&quot; "></q:s><x:o xmlns:x="urn:c"></x:o></p:a>"#
            )
        );
    }

    #[test]
    fn both_spellings_say_the_same() {
        let said = |spelling: Spelling| {
            let text = spelling.write(&tree());
            let document = roxmltree::Document::parse(&text).unwrap();
            document
                .descendants()
                .filter(roxmltree::Node::is_element)
                .map(|node| {
                    let text: String =
                        node.children().filter_map(|child| child.text().filter(|_| child.is_text())).collect();
                    (
                        node.tag_name().namespace().unwrap_or_default().to_owned(),
                        node.tag_name().name().to_owned(),
                        text.trim().to_owned(),
                        node.attributes().map(|attribute| attribute.value().to_owned()).collect::<Vec<_>>(),
                    )
                })
                .collect::<Vec<_>>()
        };
        assert_eq!(said(Spelling::Odd), said(PLAIN));
    }
}
