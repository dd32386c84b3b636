//! One pass over an agency's document, with no tree in between.
//!
//! Tolerant, because real answers do not always follow their schema: elements are matched by namespace and local name, in any order and under
//! any prefix, and mandatory ones may be missing. What the catalogue does not know is dropped and counted.

use quick_xml::events::BytesStart;

use crate::bindings::exports::ssbtx::adapter::translation::{Document, Node, Value};
use crate::bindings::exports::ssbtx::catalogue::types::Kind;
use crate::catalogue::Catalogue;
use crate::xml::{Cursor, Name, Piece, Undecodable};

/// Reads the document whose root's start tag the cursor has just passed, to the end of that root.
///
/// The caller has seen that the tag is the catalogue's root.
///
/// # Errors
///
/// [`Undecodable`] where the XML is none. A document that is merely odd is read, but for one with a second mark of protected identity.
pub(crate) fn read(
    cursor: &mut Cursor<'_>,
    catalogue: &Catalogue,
    root: &BytesStart<'_>,
) -> Result<Document, Undecodable> {
    let mut reader = Reader::new(catalogue);
    reader.enter(cursor, 0, Kind::Object, root)?;
    while !reader.open.is_empty() {
        match cursor.next()? {
            Some(Piece::Start(tag)) => reader.start(cursor, &tag)?,
            Some(Piece::Text(text)) => reader.text(&text),
            Some(Piece::End) => reader.end(),
            None => return Err(Undecodable::Truncated),
        }
    }
    Ok(Document { nodes: reader.nodes, unknown_elements: reader.unknown })
}

struct Reader<'c> {
    catalogue: &'c Catalogue,
    nodes: Vec<Node>,
    open: Vec<Open>,
    unknown: u32,
    /// For each element, the occurrence of its parent in which it was last seen: whether one that does not repeat comes again.
    seen_in: Vec<u32>,
    occurrences: u32,
    /// Whether stray text has been counted since the last tag: entities and CDATA split one text into several pieces.
    stray: bool,
}

/// An element whose end has not come yet.
struct Open {
    element: u16,
    occurrence: u32,
    node: usize,
    content: Content,
    /// Among its children: where the next one is looked for first.
    next: usize,
}

/// What an open element may hold.
#[derive(Clone, Copy)]
enum Content {
    Elements,
    Text,
    /// It is null.
    Nothing,
}

impl<'c> Reader<'c> {
    fn new(catalogue: &'c Catalogue) -> Self {
        Self {
            catalogue,
            nodes: Vec::with_capacity(catalogue.elements.len()),
            open: Vec::with_capacity(8),
            unknown: 0,
            seen_in: vec![0; catalogue.elements.len()],
            occurrences: 0,
            stray: false,
        }
    }

    fn start(&mut self, cursor: &mut Cursor<'_>, tag: &BytesStart<'_>) -> Result<(), Undecodable> {
        self.stray = false;
        if let Some((id, kind)) = self.known_child(&cursor.name_of(tag)?)? {
            return self.enter(cursor, id, kind, tag);
        }
        self.count_unknown(1);
        cursor.skip()
    }

    /// The catalogued element of this name, if it may come here.
    fn known_child(&mut self, name: &Name<'_>) -> Result<Option<(u16, Kind)>, Undecodable> {
        let Some(parent) = self.open.last_mut().filter(|parent| matches!(parent.content, Content::Elements)) else {
            return Ok(None);
        };
        let known = self.catalogue.child(parent.element, name, false, &mut parent.next);
        let Some((id, element)) = known else { return Ok(None) };
        let Some(seen_in) = self.seen_in.get_mut(usize::from(id)) else { return Ok(None) };
        if !element.repeats && *seen_in == parent.occurrence {
            return if element.marks_protection { Err(Undecodable::UnreadableMark) } else { Ok(None) };
        }
        *seen_in = parent.occurrence;
        Ok(Some((id, element.kind)))
    }

    fn enter(
        &mut self,
        cursor: &Cursor<'_>,
        element: u16,
        kind: Kind,
        tag: &BytesStart<'_>,
    ) -> Result<(), Undecodable> {
        let node = self.nodes.len();
        let (value, content) = match kind {
            Kind::Object | Kind::List => (Value::Structure, Content::Elements),
            Kind::Scalar | Kind::Attribute => (Value::Text(String::new()), Content::Text),
        };
        self.push(element, value);
        self.occurrences += 1;
        self.open.push(Open { element, occurrence: self.occurrences, node, content, next: 0 });
        if self.attributes(cursor, element, tag)? {
            self.make_null(node);
        }
        Ok(())
    }

    /// Reads the attributes of the element just opened and says whether it is nil.
    fn attributes(&mut self, cursor: &Cursor<'_>, element: u16, tag: &BytesStart<'_>) -> Result<bool, Undecodable> {
        let mut nil = false;
        // As with most elements.
        if tag.attributes_raw().is_empty() {
            return Ok(nil);
        }
        for attribute in cursor.attributes_of(tag) {
            let (name, value) = attribute?;
            match name.namespace {
                XSI if name.local == "nil" => nil = matches!(value.trim(), "true" | "1"),
                XSI if matches!(name.local, "type" | "schemaLocation" | "noNamespaceSchemaLocation") => {}
                _ => match self.catalogue.child(element, &name, true, &mut 0) {
                    Some((id, _)) => self.push(id, Value::Text(value.into_owned())),
                    None => self.count_unknown(1),
                },
            }
        }
        Ok(nil)
    }

    /// Null has no content: what came with it is dropped and counted.
    fn make_null(&mut self, node: usize) {
        self.count_unknown(self.nodes.len() - node - 1);
        self.nodes.truncate(node + 1);
        if let Some(node) = self.nodes.last_mut() {
            node.value = Value::Null;
        }
        if let Some(open) = self.open.last_mut() {
            open.content = Content::Nothing;
        }
    }

    fn text(&mut self, text: &str) {
        let Some(open) = self.open.last() else { return };
        match open.content {
            Content::Text => {
                if let Some(Node { value: Value::Text(content), .. }) = self.nodes.get_mut(open.node) {
                    content.push_str(text);
                }
            }
            Content::Elements | Content::Nothing => {
                if !self.stray && !text.trim_ascii().is_empty() {
                    self.stray = true;
                    self.count_unknown(1);
                }
            }
        }
    }

    fn end(&mut self) {
        self.stray = false;
        self.open.pop();
    }

    /// Adds a node below those that are open.
    fn push(&mut self, element: u16, value: Value) {
        // A catalogue is at most 32 levels deep, so the conversion cannot fail.
        let depth = u16::try_from(self.open.len()).unwrap_or(u16::MAX);
        self.nodes.push(Node { element, depth, value });
    }

    fn count_unknown(&mut self, more: usize) {
        self.unknown = self.unknown.saturating_add(u32::try_from(more).unwrap_or(u32::MAX));
    }
}

const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
