//! From an agency's document to items with labels.

use super::shape::Shape;
use super::{Item, Value, advice, pairs, wording};
use crate::catalogue::{Catalogue, Element, Kind};
use crate::document::{Node, below, path_of_items};

/// Reads what one discloser has given in a document. Left out are technical elements and whatever is empty.
pub struct Reading<'a> {
    /// The catalogue of the document.
    pub catalogue: &'a Catalogue,
    /// Whose data is read.
    pub discloser: &'a str,
}

/// What stands around an element.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    /// Only what is technical.
    Frame,
    /// Data: what is technical there tells it apart, such as a serial number.
    Data,
}

impl Around {
    /// What stands around the members of an element that stands here itself.
    fn and(self, element: &Element) -> Self {
        if element.dataset.is_some() { Self::Data } else { self }
    }
}

impl Reading<'_> {
    /// The items of a document, by dataset in the catalogue's order: who it is about comes first.
    pub fn read(&self, document: &Node) -> Vec<Item> {
        let mut items = match document {
            Node::Object(members) => self.members(members, "", Around::Frame),
            _ => Vec::new(),
        };
        items.sort_by_key(|item| item.rank);
        items
    }

    fn members(&self, members: &[(String, Node)], path: &str, around: Around) -> Vec<Item> {
        let items = members.iter().flat_map(|(name, member)| self.member(member, &below(path, name), around));
        pairs::join(items.collect())
    }

    fn member(&self, node: &Node, path: &str, around: Around) -> Vec<Item> {
        let Some(element) = self.catalogue.element(path).filter(|element| self.is_read(element, around)) else {
            return Vec::new();
        };
        let mut items = match node {
            Node::Object(members) => self.object(members, element, path, around),
            Node::List(items) => self.list(items, element, path, around),
            Node::Text(_) | Node::Number(_) | Node::Boolean(_) | Node::Null => self.value(node, element),
        };
        if let (true, Some(first)) = (advice::is_given(&self.catalogue.agency, path), items.first_mut()) {
            first.note = Some(element.help.sv.clone());
        }
        items
    }

    /// A value is read where it is the discloser's data; a container, unless it is another's.
    fn is_read(&self, element: &Element, around: Around) -> bool {
        match self.catalogue.discloser(element) {
            Some(discloser) => discloser == self.discloser,
            None => around == Around::Data || matches!(element.kind, Kind::Object | Kind::List),
        }
    }

    fn value(&self, node: &Node, element: &Element) -> Vec<Item> {
        let value = wording::value(node, element);
        value.map(|value| Item::value(&element.label.sv, self.rank(element), value)).into_iter().collect()
    }

    fn object(&self, members: &[(String, Node)], element: &Element, path: &str, outside: Around) -> Vec<Item> {
        let inside = outside.and(element);
        if let Some(words) = self.one_value(members, path, inside) {
            return vec![Item::value(&element.label.sv, self.rank(element), Value::plain(words))];
        }
        let items = self.members(members, path, inside);
        // A frame, or something around one thing, says nothing of its own.
        if inside == Around::Frame || items.len() < 2 {
            return items;
        }
        vec![Item::blocks(&element.label.sv, self.rank(element), vec![items])]
    }

    fn list(&self, nodes: &[Node], element: &Element, path: &str, outside: Around) -> Vec<Item> {
        let path = path_of_items(path, self.catalogue);
        let Some(item) = self.catalogue.element(&path) else {
            return Vec::new();
        };
        let inside = outside.and(item);
        if nodes.iter().all(|node| !matches!(node, Node::Object(_)) || self.shape(&path, inside).is_some()) {
            let words: Vec<String> = nodes.iter().filter_map(|node| self.one_word(node, item, inside)).collect();
            let value = || Item::value(&element.label.sv, self.rank(item), Value::plain(words.join("; ")));
            return (!words.is_empty()).then(value).into_iter().collect();
        }
        let members = nodes.iter().filter_map(|node| match node {
            Node::Object(members) => Some(self.members(members, &path, inside)),
            _ => None,
        });
        let mut blocks: Vec<Vec<Item>> = members.filter(|block| !block.is_empty()).collect();
        match blocks.len() {
            0 => Vec::new(),
            1 if inside == Around::Frame => blocks.pop().unwrap_or_default(),
            _ => vec![Item::blocks(&element.label.sv, self.rank_of(item, &blocks), blocks)],
        }
    }

    /// An item of a list, where it is one value.
    fn one_word(&self, node: &Node, item: &Element, inside: Around) -> Option<String> {
        match node {
            Node::Object(members) => self.one_value(members, &item.path, inside),
            node => Some(wording::value(node, item)?.words()),
        }
    }

    fn one_value(&self, members: &[(String, Node)], path: &str, inside: Around) -> Option<String> {
        self.shape(path, inside)?.words(|name| {
            let (_, node) = members.iter().find(|(member, _)| member == name)?;
            let element = self.catalogue.element(&below(path, name))?;
            Some(wording::value(node, element)?.text)
        })
    }

    /// The shape of an object that is one value; what is technical is none.
    fn shape(&self, path: &str, inside: Around) -> Option<Shape> {
        Shape::of(self.catalogue, path).filter(|_| inside == Around::Data)
    }

    fn rank(&self, element: &Element) -> usize {
        let dataset = element.dataset.as_deref().and_then(|dataset| self.catalogue.dataset(dataset));
        dataset.map_or(usize::MAX, |(rank, _)| rank)
    }

    /// That of the element, or of the first thing in it.
    fn rank_of(&self, element: &Element, blocks: &[Vec<Item>]) -> usize {
        let inner = blocks.iter().flatten().map(|item| item.rank).min().unwrap_or(usize::MAX);
        self.rank(element).min(inner)
    }
}

#[cfg(test)]
mod tests;
