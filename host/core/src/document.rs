//! One agency's answer as a tree of catalogued elements.

use std::fmt;
use std::mem;
use std::sync::Arc;

use zeroize::ZeroizeOnDrop;

use crate::catalogue::{Catalogue, ElementId, Encoding, Kind, ValueType};
use crate::wiped::WipedBytes;

/// An agency's answer: nodes in pre-order, each an element of one catalogue in its right place.
///
/// A document cannot hold what its catalogue does not list. Its `Debug` shows no value.
#[derive(Clone, PartialEq, Eq)]
pub struct Document {
    catalogue: Arc<Catalogue>,
    nodes: Vec<Node>,
    unknown_elements: u32,
}

/// One element's occurrence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Which element.
    pub element: ElementId,
    /// How deep: the root is 0.
    pub depth: u16,
    /// Its value.
    pub value: Value,
}

/// The value of a node, verbatim as the agency wrote it. It is wiped from memory when it is dropped, by a mask or with its answer.
#[derive(Clone, PartialEq, Eq)]
pub enum Value {
    /// An object or list.
    Structure,
    /// JSON null or `xsi:nil`.
    Null,
    /// A JSON boolean.
    Boolean(bool),
    /// A JSON number, its digits as written.
    Number(String),
    /// A text.
    Text(String),
}

impl Value {
    /// Whether a text is a number of JSON, and can stand there unquoted and verbatim.
    ///
    /// # Source
    ///
    /// RFC 8259, section 6.
    pub fn is_json_number(text: &str) -> bool {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
            None => (unsigned, None),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (mantissa, None),
        };
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        digits(whole)
            && (whole == "0" || !whole.starts_with('0'))
            && fraction.is_none_or(digits)
            && exponent.is_none_or(digits)
    }
}

impl Drop for Value {
    fn drop(&mut self) {
        match self {
            Self::Number(text) | Self::Text(text) => drop(WipedBytes::from(mem::take(text))),
            Self::Structure | Self::Null | Self::Boolean(_) => {}
        }
    }
}

impl ZeroizeOnDrop for Value {}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Structure => "Structure",
            Self::Null => "Null",
            Self::Boolean(_) => "Boolean(redacted)",
            Self::Number(_) => "Number(redacted)",
            Self::Text(_) => "Text(redacted)",
        })
    }
}

impl Document {
    /// Builds a document against its catalogue.
    ///
    /// # Errors
    ///
    /// [`InvalidDocument`] with the position of the first wrong node; it quotes no value.
    pub fn new(catalogue: Arc<Catalogue>, nodes: Vec<Node>, unknown_elements: u32) -> Result<Self, InvalidDocument> {
        check(&catalogue, &nodes)?;
        Ok(Self { catalogue, nodes, unknown_elements })
    }

    /// The catalogue that it is built against.
    pub fn catalogue(&self) -> &Arc<Catalogue> {
        &self.catalogue
    }

    /// The nodes in pre-order.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// How many elements the agency sent that the catalogue does not list; they were dropped.
    pub fn unknown_elements(&self) -> u32 {
        self.unknown_elements
    }

    /// Whether an element that marks protection does: a boolean by `true`, a text by anything but white space.
    pub fn marks_protection(&self) -> bool {
        self.nodes.iter().any(|node| {
            let marks = self.catalogue.element(node.element).filter(|element| element.marks_protection);
            marks.is_some_and(|element| match (&node.value, element.value_type) {
                (Value::Boolean(marked), _) => *marked,
                // Whatever is not clearly false protects: the mark may be written in a way that nobody foresaw.
                (Value::Text(text), ValueType::Boolean) => !matches!(text.trim(), "false" | "0" | ""),
                (Value::Text(text), _) => !text.trim().is_empty(),
                (Value::Number(number), _) => number != "0",
                (Value::Structure | Value::Null, _) => false,
            })
        })
    }

    /// Keeps the nodes for which `keep` holds, whole subtrees at a time. Only [`crate::Mask`] calls it.
    pub(crate) fn retain(mut self, keep: impl Fn(ElementId) -> bool) -> Self {
        let mut dropped_below: Option<u16> = None;
        self.nodes.retain(|node| {
            if dropped_below.is_some_and(|depth| node.depth > depth) {
                return false;
            }
            let kept = keep(node.element);
            dropped_below = if kept { None } else { Some(node.depth) };
            kept
        });
        self
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Document({}, {} nodes)", self.catalogue.agency(), self.nodes.len())
    }
}

/// What is wrong with a document. Positions and depths, never a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidDocument {
    /// No node at all, or a first node that is not the root.
    #[error("document does not begin with its root")]
    Root,
    /// An element id that the catalogue does not have.
    #[error("node {0} is element {1}, which the catalogue does not list")]
    UnknownElement(usize, u16),
    /// A depth that its element does not have, a parent that is another element or null, or an attribute after the content.
    #[error("node {0} lies at depth {1}, where its element {2} does not belong")]
    Place(usize, u16, u16),
    /// A value that the element's kind or the catalogue's encoding does not allow.
    #[error("node {0} has a value of a kind that element {1} does not hold")]
    Value(usize, u16),
    /// An element that does not repeat, twice under one parent.
    #[error("node {0} repeats element {1}, which does not repeat")]
    Repeated(usize, u16),
    /// An object and a list of one name under one parent: a JSON object has a key once.
    #[error("node {0} is element {1}, whose name another element under its parent has")]
    Namesake(usize, u16),
}

/// A node whose children are being read.
struct Open {
    element: ElementId,
    index: usize,
    /// Whether it is null and can have attributes alone.
    is_null: bool,
    /// Whether it has had a child that is no attribute; attributes come first.
    has_content: bool,
}

fn check(catalogue: &Catalogue, nodes: &[Node]) -> Result<(), InvalidDocument> {
    // Every ancestor of the node at hand, by depth.
    let mut open: Vec<Open> = Vec::new();
    // For each element, the parent node under which it was last seen.
    let mut last_parent: Vec<Option<usize>> = vec![None; catalogue.elements().len()];
    for (index, node) in nodes.iter().enumerate() {
        let id = node.element.0;
        let misplaced = InvalidDocument::Place(index, node.depth, id);
        let Some(element) = catalogue.element(node.element) else {
            return Err(InvalidDocument::UnknownElement(index, id));
        };
        if (index == 0) != (node.element == ElementId::ROOT) {
            return Err(InvalidDocument::Root);
        }
        if catalogue.depth(node.element) != Some(node.depth) || usize::from(node.depth) > open.len() {
            return Err(misplaced);
        }
        open.truncate(usize::from(node.depth));
        let is_attribute = element.kind == Kind::Attribute;
        if open.last().map(|parent| parent.element) != element.parent {
            return Err(misplaced);
        }
        if let Some(parent) = open.last_mut() {
            let comes_too_late = is_attribute && parent.has_content;
            let has_no_place = !is_attribute && parent.is_null;
            if comes_too_late || has_no_place {
                return Err(misplaced);
            }
            parent.has_content |= !is_attribute;
            let namesake = match element.kind {
                Kind::Object | Kind::List => catalogue.namesake(node.element),
                Kind::Scalar | Kind::Attribute => None,
            };
            let namesake = namesake.and_then(|other| last_parent.get(other.index()));
            if namesake.is_some_and(|seen| *seen == Some(parent.index)) {
                return Err(InvalidDocument::Namesake(index, id));
            }
            if let Some(seen) = last_parent.get_mut(node.element.index()) {
                if *seen == Some(parent.index) && !element.repeats {
                    return Err(InvalidDocument::Repeated(index, id));
                }
                *seen = Some(parent.index);
            }
        }
        if !value_fits(catalogue.encoding(), element.kind, element.value_type, &node.value) {
            return Err(InvalidDocument::Value(index, id));
        }
        open.push(Open { element: node.element, index, is_null: node.value == Value::Null, has_content: false });
    }
    if nodes.is_empty() { Err(InvalidDocument::Root) } else { Ok(()) }
}

fn value_fits(encoding: Encoding, kind: Kind, value_type: ValueType, value: &Value) -> bool {
    let json_scalar = |value: &Value| match value {
        Value::Text(_) => matches!(value_type, ValueType::Text | ValueType::Date | ValueType::DateTime),
        Value::Number(digits) => {
            matches!(value_type, ValueType::Integer | ValueType::Decimal) && Value::is_json_number(digits)
        }
        Value::Boolean(_) => value_type == ValueType::Boolean,
        Value::Null => true,
        Value::Structure => false,
    };
    match (kind, encoding) {
        (Kind::Object | Kind::List, _) => matches!(value, Value::Structure | Value::Null),
        (Kind::Scalar, Encoding::Xml) => matches!(value, Value::Text(_) | Value::Null),
        (Kind::Scalar, Encoding::Json) => json_scalar(value),
        (Kind::Attribute, Encoding::Xml) => matches!(value, Value::Text(_)),
        // A catalogue of JSON has no attributes.
        (Kind::Attribute, Encoding::Json) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{CatalogueSource, Element};
    use crate::specimens::{catalogue, element, root, source};

    fn specimen() -> Arc<Catalogue> {
        catalogue(vec![
            root(),
            element(0, "object", Kind::Object),
            element(1, "scalar", Kind::Scalar),
            element(1, "other", Kind::Scalar),
        ])
    }

    fn node(element: u16, depth: u16, value: Value) -> Node {
        Node { element: ElementId(element), depth, value }
    }

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    fn error(nodes: Vec<Node>) -> InvalidDocument {
        Document::new(specimen(), nodes, 0).unwrap_err()
    }

    #[test]
    fn ok_document() {
        let nodes = vec![
            node(0, 0, Value::Structure),
            node(1, 1, Value::Structure),
            node(3, 2, text("x")),
            node(2, 2, Value::Null),
        ];
        assert_eq!(Document::new(specimen(), nodes, 0).unwrap().nodes().len(), 4);
    }

    #[test]
    fn err_document() {
        let root = || node(0, 0, Value::Structure);
        assert_eq!(error(vec![]), InvalidDocument::Root);
        assert_eq!(error(vec![node(1, 1, Value::Structure)]), InvalidDocument::Root);
        assert_eq!(error(vec![root(), root()]), InvalidDocument::Root);
        assert_eq!(error(vec![root(), node(4, 1, text("x"))]), InvalidDocument::UnknownElement(1, 4));
        assert_eq!(error(vec![root(), node(2, 2, text("x"))]), InvalidDocument::Place(1, 2, 2));
        assert_eq!(error(vec![root(), node(2, 1, text("x"))]), InvalidDocument::Place(1, 1, 2));
        assert_eq!(error(vec![root(), node(1, 1, text("x"))]), InvalidDocument::Value(1, 1));
        let with = |value| vec![root(), node(1, 1, Value::Structure), node(2, 2, value)];
        assert_eq!(error(with(Value::Number("1".to_owned()))), InvalidDocument::Value(2, 2));
        assert_eq!(error(with(Value::Boolean(true))), InvalidDocument::Value(2, 2));
        assert_eq!(error(with(Value::Structure)), InvalidDocument::Value(2, 2));
        let below_null = vec![root(), node(1, 1, Value::Null), node(2, 2, text("x"))];
        assert_eq!(error(below_null), InvalidDocument::Place(2, 2, 2));
        let twice = vec![root(), node(1, 1, Value::Structure), node(1, 1, Value::Structure)];
        assert_eq!(error(twice), InvalidDocument::Repeated(2, 1));
    }

    #[test]
    fn an_attribute_after_the_content_of_its_element_is_refused() {
        let with_attribute =
            catalogue(vec![root(), element(0, "attribute", Kind::Attribute), element(0, "child", Kind::Scalar)]);
        let nodes = vec![node(0, 0, Value::Structure), node(2, 1, text("x")), node(1, 1, text("y"))];
        assert_eq!(Document::new(with_attribute, nodes, 0), Err(InvalidDocument::Place(2, 1, 1)));
    }

    #[test]
    fn a_json_document_has_one_of_an_object_and_a_list_of_one_name_under_one_parent() {
        let row = Element { repeats: true, ..element(1, "item", Kind::Object) };
        let item = Element { repeats: true, ..element(4, "item", Kind::Scalar) };
        let elements = vec![
            root(),
            element(0, "rows", Kind::List),
            row,
            element(2, "avvikelser", Kind::Object),
            element(2, "avvikelser", Kind::List),
            Element { parent: Some(ElementId(4)), ..item },
        ];
        let source = CatalogueSource { encoding: Encoding::Json, ..source(elements) };
        let catalogue = Arc::new(Catalogue::parse(source).unwrap());
        let parse = |tail: &[(u16, u16)]| {
            let mut nodes = vec![node(0, 0, Value::Structure), node(1, 1, Value::Structure)];
            nodes.extend(tail.iter().map(|(id, depth)| node(*id, *depth, Value::Structure)));
            Document::new(Arc::clone(&catalogue), nodes, 0)
        };
        assert!(parse(&[(2, 2), (3, 3), (2, 2), (4, 3)]).is_ok());
        assert_eq!(parse(&[(2, 2), (3, 3), (4, 3)]), Err(InvalidDocument::Namesake(4, 4)));
        assert_eq!(parse(&[(2, 2), (4, 3), (3, 3)]), Err(InvalidDocument::Namesake(4, 3)));
    }

    #[test]
    fn a_boolean_marks_protection_unless_it_is_false_and_a_text_unless_it_is_blank() {
        let marks = |value_type, value: &str| {
            let mark = Element { marks_protection: true, value_type, ..element(0, "mark", Kind::Attribute) };
            let nodes = vec![node(0, 0, Value::Structure), node(1, 1, text(value))];
            Document::new(catalogue(vec![root(), mark]), nodes, 0).unwrap().marks_protection()
        };
        for (value, as_boolean, as_text) in [
            ("true", true, true),
            ("1", true, true),
            ("ja", true, true),
            ("false", false, true),
            ("0", false, true),
            (" S", true, true),
            ("  ", false, false),
            ("", false, false),
            ("\t\u{A0}\n", false, false),
        ] {
            assert_eq!(marks(ValueType::Boolean, value), as_boolean, "{value:?}");
            assert_eq!(marks(ValueType::Text, value), as_text, "{value:?}");
        }
    }

    #[test]
    fn a_document_never_prints_a_value() {
        let nodes = vec![node(0, 0, Value::Structure), node(1, 1, Value::Structure), node(2, 2, text("marker"))];
        let document = Document::new(specimen(), nodes, 0).unwrap();
        assert!(!format!("{document:?} {:?}", document.nodes()).contains("marker"));
    }

    #[test]
    fn ok_json_numbers() {
        for text in ["0", "-0", "12", "1.50", "-1.5e+10", "1E3"] {
            assert!(Value::is_json_number(text), "{text}");
        }
    }

    #[test]
    fn err_json_numbers() {
        for text in ["", "-", "+1", "01", ".5", "1.", "1e", "1 ", "0x1", "NaN", "1e1e1"] {
            assert!(!Value::is_json_number(text), "{text}");
        }
    }
}
