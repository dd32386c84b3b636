//! An element's children, read one after the other as the schema's `sequence` says.

use std::fmt;
use std::iter::Peekable;
use std::vec::IntoIter;

use roxmltree::Node;

use super::envelope::NAMESPACE;
use super::fault::Fault;

/// An element or attribute that is missing, or is where it does not belong.
///
/// Names that the contract has are shown; a name that it does not have is the caller's text and is not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Misplaced {
    /// Something else stands where an element must.
    #[error("`{parent}` has {found}, expected `{expected}`")]
    Expected {
        /// The element around it.
        parent: &'static str,
        /// What stands there.
        found: Found,
        /// The element that must.
        expected: &'static str,
    },
    /// Something stands after the last element.
    #[error("`{parent}` has {found}, expected nothing more")]
    Surplus {
        /// The element around it.
        parent: &'static str,
        /// What stands there.
        found: Found,
    },
    /// Text between elements.
    #[error("`{0}` has text between its elements, expected elements alone")]
    StrayText(&'static str),
    /// An element where text should be.
    #[error("`{0}` has elements, expected text alone")]
    NotText(&'static str),
    /// An attribute that the contract does not have.
    #[error("`{0}` has an attribute that the contract does not have")]
    UnknownAttribute(&'static str),
    /// An attribute that must be there.
    #[error("`{0}` has no attribute `{1}`")]
    MissingAttribute(&'static str, &'static str),
}

/// What stands where something else should.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// Nothing.
    Nothing,
    /// An element of the contract.
    Known(&'static str),
    /// An element of the contract's names, in another namespace or none.
    KnownElsewhere(&'static str),
    /// An element that the contract does not have.
    Unknown,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("nothing more"),
            Self::Known(name) => write!(f, "`{name}`"),
            Self::KnownElsewhere(name) => write!(f, "`{name}` in another namespace"),
            Self::Unknown => f.write_str("an element that the contract does not have"),
        }
    }
}

/// The children that are still to be read.
pub(super) struct Sequence<'a, 'i> {
    parent: &'static str,
    rest: Peekable<IntoIter<Node<'a, 'i>>>,
}

impl<'a, 'i> Sequence<'a, 'i> {
    /// Opens an element that holds elements alone and no other attributes than these.
    pub(super) fn open(node: Node<'a, 'i>, name: &'static str, attributes: &[&str]) -> Result<Self, Fault> {
        check_attributes(node, name, attributes)?;
        if node.children().any(|child| child.is_text() && child.text().is_some_and(|text| !text.trim().is_empty())) {
            return Err(Misplaced::StrayText(name).into());
        }
        let rest: Vec<_> = node.children().filter(Node::is_element).collect();
        Ok(Self { parent: name, rest: rest.into_iter().peekable() })
    }

    /// The next element, if it has this name.
    pub(super) fn optional(&mut self, name: &str) -> Option<Node<'a, 'i>> {
        self.rest.next_if(|node| node.has_tag_name((NAMESPACE, name)))
    }

    /// The next element, which must have this name.
    pub(super) fn required(&mut self, name: &'static str) -> Result<Node<'a, 'i>, Fault> {
        match self.optional(name) {
            Some(node) => Ok(node),
            None => {
                Err(Misplaced::Expected { parent: self.parent, found: found(self.rest.peek()), expected: name }.into())
            }
        }
    }

    /// There must be no element left.
    pub(super) fn finish(mut self) -> Result<(), Fault> {
        match self.rest.peek() {
            None => Ok(()),
            some => Err(Misplaced::Surplus { parent: self.parent, found: found(some) }.into()),
        }
    }
}

/// The text of an element that holds text alone: comments cut it into pieces, which are put together.
pub(super) fn text(node: Node<'_, '_>, name: &'static str) -> Result<String, Fault> {
    check_attributes(node, name, &[])?;
    if node.children().any(|child| child.is_element()) {
        return Err(Misplaced::NotText(name).into());
    }
    Ok(node.children().filter(Node::is_text).filter_map(|child| child.text()).collect())
}

/// The value of an attribute that must be there.
pub(super) fn attribute<'a>(node: Node<'a, '_>, name: &'static str, attribute: &'static str) -> Result<&'a str, Fault> {
    node.attribute(attribute).ok_or_else(|| Misplaced::MissingAttribute(name, attribute).into())
}

/// `xsi:schemaLocation` and its like say nothing of the question; `xsi:nil` and `xsi:type` would change what an element means.
fn check_attributes(node: Node<'_, '_>, name: &'static str, known: &[&str]) -> Result<(), Fault> {
    let belongs = |attribute: roxmltree::Attribute<'_, '_>| match attribute.namespace() {
        None => known.contains(&attribute.name()),
        Some(XSI) => matches!(attribute.name(), "schemaLocation" | "noNamespaceSchemaLocation"),
        Some(_) => false,
    };
    if node.attributes().all(belongs) { Ok(()) } else { Err(Misplaced::UnknownAttribute(name).into()) }
}

fn found(node: Option<&Node<'_, '_>>) -> Found {
    let Some(node) = node else { return Found::Nothing };
    let known = CONTRACT_NAMES.into_iter().find(|name| *name == node.tag_name().name());
    match (known, node.tag_name().namespace()) {
        (Some(name), Some(NAMESPACE)) => Found::Known(name),
        (Some(name), _) => Found::KnownElsewhere(name),
        (None, _) => Found::Unknown,
    }
}

const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
/// Every element that a question may hold.
const CONTRACT_NAMES: [&str; 29] = [
    "generellaFrageparametrar",
    "specifikaFrageparametrar",
    "frageTidpunkt",
    "korrelationsid",
    "fraganSkallInkluderasISvaret",
    "ingivare",
    "organisationsnummer",
    "namn",
    "handlaggare",
    "personidentitet",
    "arendeidentitet",
    "tidsperiod",
    "fromDatum",
    "tomDatum",
    "personuppgiftsbitrade",
    "ordningsnummer",
    "syfte",
    "lagtext",
    "fraga",
    "version",
    "aktorsid",
    "lefiJsonFraga",
    "AF",
    "CSN",
    "FK",
    "SKV",
    "SO",
    "TNS",
    "MIV",
];
