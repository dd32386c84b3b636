//! What a schema declares, as a tree: the same for XML Schema and OpenAPI.
//!
//! A tree is written out in full: a type that is used in two places is there twice. None of the published types holds itself.

mod value;

pub use value::{Facets, Value, ValueType};

/// One declared element or attribute, member or item.
#[derive(Clone, Debug)]
pub struct Node {
    /// Names from below the root, joined by `/`; an attribute's with `@`; empty for the root. A list's items are named `item`.
    pub path: String,
    /// The local name in XML, the key in JSON; the root's in JSON is its schema's.
    pub name: String,
    /// The XML namespace, empty for an unqualified name and in JSON.
    pub namespace: String,
    /// How it is built.
    pub kind: Kind,
    /// What its value may be; objects and lists have none.
    pub value: Option<Value>,
    /// Whether `xsi:nil` may stand for what it holds.
    pub nillable: bool,
    /// Whether no two items of this list may be equal.
    pub distinct: bool,
    /// What it holds, in order, attributes first.
    pub members: Vec<Particle>,
}

/// How a declared thing is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Holds attributes and elements, or members.
    Object,
    /// A JSON array.
    List,
    /// Holds one value.
    Scalar,
    /// An XML attribute.
    Attribute,
}

/// What may stand at one place in an object or list.
#[derive(Clone, Debug)]
pub enum Particle {
    /// A declared element, attribute, member or item.
    One(Box<Node>, Occurs),
    /// A group, which occurs as a whole: its parts stand in this order each time.
    Sequence(Vec<Particle>, Occurs),
    /// Anything at all, a wildcard.
    Any,
}

/// How often something may stand at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurs {
    /// The least number.
    pub min: usize,
    /// The greatest number; `None` for any.
    pub max: Option<usize>,
}

impl Occurs {
    /// Once, or not at all unless it is required.
    pub(crate) fn once(required: bool) -> Self {
        Self { min: usize::from(required), max: Some(1) }
    }

    /// Whether it must be there.
    pub fn is_required(self) -> bool {
        self.min > 0
    }

    /// Whether it may be there more than once.
    pub fn may_repeat(self) -> bool {
        self.max.is_none_or(|max| max > 1)
    }
}

impl Node {
    /// One that holds nothing yet.
    pub(crate) fn new(path: String, name: &str, namespace: &str, kind: Kind) -> Self {
        Self {
            path,
            name: name.to_owned(),
            namespace: namespace.to_owned(),
            kind,
            value: None,
            nillable: false,
            distinct: false,
            members: Vec::new(),
        }
    }

    /// The path of something that it holds, which has this name, or `@` and this name.
    pub(crate) fn path_below(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}/{name}", self.path) }
    }
}
