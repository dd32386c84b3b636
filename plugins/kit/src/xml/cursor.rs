//! A walk through a document, one piece of markup at a time.
//!
//! Here is what is never tolerated: bytes that are not well-formed, entities other than XML's own, nesting without end. Comments and processing
//! instructions are passed over; CDATA and references become text.

use std::borrow::Cow;

use quick_xml::events::{BytesDecl, BytesRef, BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::{NsReader, XmlVersion, escape};

use super::{FormerNamespace, Name, Undecodable, is_xml_char};

/// A place in a document.
pub(crate) struct Cursor<'x> {
    reader: NsReader<&'x [u8]>,
    former: &'static [FormerNamespace],
    origin: Origin,
    depth: usize,
    stage: Stage,
}

/// What a document came as.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// Bytes: what the XML declaration says of their encoding must be so.
    Bytes,
    /// The text of an element: the encoding was another document's matter.
    Text,
}

/// How far into the document the cursor has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Nothing has been read: only here may the XML declaration stand.
    Start,
    /// Before the root element.
    Prologue,
    /// The root element has been opened.
    Root,
}

/// What comes next in a document.
pub(crate) enum Piece<'x> {
    /// An element opens.
    Start(BytesStart<'x>),
    /// Text of the open element, or a part of it: line ends as XML reads them, references resolved.
    Text(Cow<'x, str>),
    /// The open element ends.
    End,
}

impl<'x> Cursor<'x> {
    /// Stands before the first character of a document that came as bytes. Former namespaces of elements are read as their current ones.
    pub(crate) fn of_bytes(text: &'x str, former: &'static [FormerNamespace]) -> Self {
        Self::new(text, former, Origin::Bytes)
    }

    /// Stands before the first character of a document that came inside another's text.
    pub(crate) fn of_text(text: &'x str, former: &'static [FormerNamespace]) -> Self {
        Self::new(text, former, Origin::Text)
    }

    fn new(text: &'x str, former: &'static [FormerNamespace], origin: Origin) -> Self {
        let mut reader = NsReader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, former, origin, depth: 0, stage: Stage::Start }
    }

    /// The next piece, or `None` after a complete document.
    pub(crate) fn next(&mut self) -> Result<Option<Piece<'x>>, Undecodable> {
        loop {
            // Taken apart at once: to change only the error would copy the event, which costs more than to find it.
            let Ok(event) = self.reader.read_event() else { return Err(Undecodable::Malformed) };
            let first = self.stage == Stage::Start;
            if first {
                self.stage = Stage::Prologue;
            }
            match event {
                Event::Start(tag) => return self.open(&tag).map(|()| Some(Piece::Start(tag))),
                Event::End(_) => {
                    self.depth = self.depth.checked_sub(1).ok_or(Undecodable::Malformed)?;
                    return Ok(Some(Piece::End));
                }
                Event::Text(text) if self.depth > 0 => return Ok(Some(Piece::Text(text.xml10_content()))),
                Event::Text(text) if text.trim_ascii().is_empty() => {}
                Event::CData(text) if self.depth > 0 => return Ok(Some(Piece::Text(text.xml10_content()))),
                Event::GeneralRef(reference) if self.depth > 0 => {
                    return resolve(&reference).map(|text| Some(Piece::Text(text)));
                }
                Event::Comment(_) | Event::PI(_) => {}
                Event::Decl(_) if first && self.origin == Origin::Text => {}
                Event::Decl(declaration) if first => require_utf8(&declaration)?,
                Event::DocType(_) => return Err(Undecodable::Doctype),
                Event::Eof => return self.finish().map(|()| None),
                Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) | Event::Decl(_) | Event::Empty(_) => {
                    return Err(Undecodable::Malformed);
                }
            }
        }
    }

    /// Goes past the end of the element that has just been opened.
    pub(crate) fn skip(&mut self) -> Result<(), Undecodable> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            self.next()?.ok_or(Undecodable::Truncated)?;
        }
        Ok(())
    }

    /// The text of the element that has just been opened, to its end. Elements in it are passed over.
    pub(crate) fn read_text(&mut self) -> Result<String, Undecodable> {
        let mut content = String::new();
        loop {
            match self.next()?.ok_or(Undecodable::Truncated)? {
                Piece::Start(_) => self.skip()?,
                Piece::Text(text) => content.push_str(&text),
                Piece::End => return Ok(content),
            }
        }
    }

    /// The name of the element that has just been opened.
    pub(crate) fn name_of<'n>(&'n self, tag: &'n BytesStart<'_>) -> Result<Name<'n>, Undecodable> {
        let (namespace, local) = self.reader.resolver().resolve_element(tag.name());
        Ok(Name { namespace: self.current(bound(&namespace)?), local: local.into_inner() })
    }

    /// The attributes of the element that has just been opened, without namespace declarations.
    pub(crate) fn attributes_of<'n>(
        &'n self,
        tag: &'n BytesStart<'_>,
    ) -> impl Iterator<Item = Result<(Name<'n>, Cow<'n, str>), Undecodable>> {
        let declares = |name: &str| name == "xmlns" || name.starts_with("xmlns:");
        tag.attributes().filter_map(move |attribute| match attribute {
            Err(_) => Some(Err(Undecodable::Malformed)),
            Ok(attribute) if declares(attribute.key.into_inner()) => None,
            Ok(attribute) => {
                let (namespace, local) = self.reader.resolver().resolve_attribute(attribute.key);
                let name = bound(&namespace).map(|namespace| Name { namespace, local: local.into_inner() });
                let value =
                    attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| Undecodable::UndefinedEntity);
                Some(name.and_then(|name| Ok((name, legal(value?)?))))
            }
        })
    }

    fn current<'n>(&self, namespace: &'n str) -> &'n str {
        self.former.iter().find(|renamed| renamed.former == namespace).map_or(namespace, |renamed| renamed.current)
    }

    fn open(&mut self, tag: &BytesStart<'_>) -> Result<(), Undecodable> {
        if self.depth == 0 && self.stage == Stage::Root {
            return Err(Undecodable::Malformed);
        }
        if self.depth == MOST_LEVELS {
            return Err(Undecodable::TooDeep);
        }
        self.stage = Stage::Root;
        self.depth += 1;
        self.resolve_declarations(tag)
    }

    /// Binds the prefixes anew whose namespaces are written with references: the reader has bound them to the text as it is written.
    fn resolve_declarations(&mut self, tag: &BytesStart<'_>) -> Result<(), Undecodable> {
        if !tag.attributes_raw().contains('&') {
            return Ok(());
        }
        // Attributes that are not well-formed are told where their element is read.
        for attribute in tag.attributes().with_checks(false).flatten() {
            let Some(prefix) = attribute.key.as_namespace_binding() else { continue };
            let namespace =
                attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| Undecodable::UndefinedEntity)?;
            let bound = self.reader.resolver_mut().add(prefix, Namespace(&legal(namespace)?));
            bound.map_err(|_| Undecodable::Malformed)?;
        }
        Ok(())
    }

    fn finish(&self) -> Result<(), Undecodable> {
        match (self.depth, self.stage) {
            (0, Stage::Root) => Ok(()),
            (0, Stage::Start | Stage::Prologue) => Err(Undecodable::Malformed),
            _ => Err(Undecodable::Truncated),
        }
    }
}

fn require_utf8(declaration: &BytesDecl<'_>) -> Result<(), Undecodable> {
    match declaration.encoding() {
        None => Ok(()),
        Some(Ok(name)) if is_utf8(&name) => Ok(()),
        Some(Ok(_)) => Err(Undecodable::Encoding),
        Some(Err(_)) => Err(Undecodable::Malformed),
    }
}

/// Whether this names UTF-8 or the part of it that ASCII is.
pub(crate) fn is_utf8(encoding: &str) -> bool {
    ["utf-8", "utf8", "us-ascii", "ascii"].iter().any(|name| encoding.eq_ignore_ascii_case(name))
}

fn resolve(reference: &BytesRef<'_>) -> Result<Cow<'static, str>, Undecodable> {
    match reference.resolve_char_ref() {
        Ok(Some(character)) if is_xml_char(character) => Ok(Cow::Owned(character.into())),
        Ok(Some(_)) | Err(_) => Err(Undecodable::Malformed),
        Ok(None) => escape::resolve_xml_entity(reference).map(Cow::Borrowed).ok_or(Undecodable::UndefinedEntity),
    }
}

fn bound<'n>(namespace: &ResolveResult<'n>) -> Result<&'n str, Undecodable> {
    match namespace {
        ResolveResult::Unbound => Ok(""),
        ResolveResult::Bound(Namespace(namespace)) => Ok(namespace),
        ResolveResult::Unknown(_) => Err(Undecodable::Malformed),
    }
}

/// The value, unless a character reference in it stands for what XML forbids.
fn legal(value: Cow<'_, str>) -> Result<Cow<'_, str>, Undecodable> {
    if value.chars().all(is_xml_char) { Ok(value) } else { Err(Undecodable::Malformed) }
}

/// Twice what a catalogue may be deep: an unknown subtree may lie below a known one.
const MOST_LEVELS: usize = 64;
