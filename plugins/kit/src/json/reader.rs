//! One pass over an agency's document, with no tree in between.
//!
//! Tolerant, because real answers do not always follow their schema: members are matched by name, in any order, and mandatory ones may be
//! missing. What the catalogue does not know, or knows as another kind of value, is dropped and counted, a whole subtree as one.

use serde::de::DeserializeSeed;

use crate::bindings::exports::ssbtx::adapter::translation::{Document, Node, Value};
use crate::bindings::exports::ssbtx::catalogue::types::Kind;
use crate::catalogue::{Catalogue, Element, are_same};

use super::place::Place;
use super::{MOST_LEVELS, Undecodable, decode, is_deeper};

/// Reads the document that these bytes are, against a catalogue of JSON.
///
/// Numbers keep their digits. `[]`, `{}`, null and what is absent stay apart: a list or object without content is a node without children, null a
/// node with the value null, and what is absent is no node. Where the catalogue has an object and a list of one name, the one that fits is taken.
///
/// # Errors
///
/// [`Undecodable`]. A document that is merely odd is read, but for a mark of protected identity that cannot be. A number beyond what a double
/// holds, where the catalogue has anything but a number, counts as malformed.
pub fn read(bytes: &[u8], catalogue: &Catalogue) -> Result<Document, Undecodable> {
    let mut reader = Reader::new(catalogue, bytes.len() / BYTES_OF_A_NODE);
    let mut json = serde_json::Deserializer::from_str(decode(bytes)?);
    let whole = Place::root(&mut reader).deserialize(&mut json).and_then(|()| json.end());
    if let Some(refusal) = reader.refusal {
        return Err(refusal);
    }
    whole?;
    match reader.nodes.first() {
        Some(Node { value: Value::Structure, .. }) => {}
        _ => return Err(Undecodable::NotAnObject),
    }
    Ok(Document { nodes: reader.nodes, unknown_elements: reader.unknown })
}

/// What has been read so far.
pub(super) struct Reader<'c> {
    catalogue: &'c Catalogue,
    nodes: Vec<Node>,
    unknown: u32,
    /// For each element, the object in which its name was last seen: whether a member comes again.
    seen_in: Vec<u32>,
    objects: u32,
    /// Why the document is refused, although it is JSON.
    refusal: Option<Undecodable>,
}

/// The catalogued elements of one name in one object.
#[derive(Clone, Copy)]
pub(super) struct Known {
    /// The only one, or the first of two.
    pub(super) first: u16,
    /// The other, where an object and a list share the name.
    pub(super) second: Option<u16>,
}

impl<'c> Reader<'c> {
    fn new(catalogue: &'c Catalogue, nodes: usize) -> Self {
        Self {
            catalogue,
            nodes: Vec::with_capacity(nodes),
            unknown: 0,
            seen_in: vec![0; catalogue.elements.len()],
            objects: 0,
            refusal: None,
        }
    }

    /// The elements that a member of this name of this object can be, looked for from `next` on.
    pub(super) fn members_named(&self, object: u16, name: &str, next: &mut usize) -> Option<Known> {
        let is_named = |child: &Element| are_same(child.name, name);
        let id = self.catalogue.child_from(object, next, is_named)?;
        let second = match self.element(id)?.kind {
            Kind::Object | Kind::List => {
                let mut others = self.catalogue.element(object)?.children.iter().copied().filter(|other| *other != id);
                others.find(|other| self.element(*other).is_some_and(is_named))
            }
            Kind::Scalar | Kind::Attribute => None,
        };
        Some(match second {
            Some(earlier) if earlier < id => Known { first: earlier, second: Some(id) },
            _ => Known { first: id, second },
        })
    }

    /// The element that every item of this list is.
    pub(super) fn item_of(&self, list: u16) -> Option<Known> {
        let first = *self.catalogue.element(list)?.children.first()?;
        Some(Known { first, second: None })
    }

    pub(super) fn element(&self, id: u16) -> Option<&'static Element> {
        self.catalogue.element(id)
    }

    /// The one of these that is built so.
    pub(super) fn of_kind(&self, known: Known, kind: Kind) -> Option<u16> {
        [Some(known.first), known.second]
            .into_iter()
            .flatten()
            .find(|&id| self.element(id).is_some_and(|element| element.kind == kind))
    }

    /// Begins an object and gives the number by which [`Self::is_first`] knows it.
    pub(super) fn open_object(&mut self) -> u32 {
        self.objects = self.objects.saturating_add(1);
        self.objects
    }

    /// Whether this is the first member of its name in this object.
    pub(super) fn is_first(&mut self, known: Known, object: u32) -> bool {
        match self.seen_in.get_mut(usize::from(known.first)) {
            Some(seen_in) if *seen_in != object => {
                *seen_in = object;
                true
            }
            _ => false,
        }
    }

    pub(super) fn push(&mut self, element: u16, depth: u16, value: Value) {
        self.nodes.push(Node { element, depth, value });
    }

    /// Refuses a value that is passed over and nested too deep, where so many levels are open around it.
    ///
    /// # Errors
    ///
    /// The words for a document that is refused.
    pub(super) fn pass(&mut self, value: &str, levels: u16) -> Result<(), &'static str> {
        if is_deeper(value, MOST_LEVELS.saturating_sub(usize::from(levels))) {
            self.refusal = Some(Undecodable::TooDeep);
            return Err("a value is nested too deep");
        }
        Ok(())
    }

    /// Counts a value that is dropped.
    ///
    /// # Errors
    ///
    /// The words for a document that is refused, where the value could have said that the identity is protected.
    pub(super) fn drop_value(&mut self, known: Option<Known>) -> Result<(), &'static str> {
        if known.and_then(|known| self.element(known.first)).is_some_and(|element| element.marks_protection) {
            self.refusal = Some(Undecodable::UnreadableMark);
            return Err("a mark of protected identity cannot be read");
        }
        self.unknown = self.unknown.saturating_add(1);
        Ok(())
    }
}

/// Fewer than LEFI writes for a node (16), so that the list of nodes seldom moves: in a component what it has left behind is not used again.
const BYTES_OF_A_NODE: usize = 12;
