//! Steps of the paths that lead to elements.

use crate::bindings::exports::ssbtx::catalogue::types::{Element, Kind};

/// A step of a path: the name of an element or, written with `@`, of an attribute.
///
/// Namespaces are no part of it: siblings of one name in two namespaces share their rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Segment<'name> {
    /// An element.
    Element(&'name str),
    /// An attribute.
    Attribute(&'name str),
}

impl<'name> Segment<'name> {
    /// The step that leads to an element from its parent.
    pub fn of(element: &'name Element) -> Self {
        match element.kind {
            Kind::Attribute => Self::Attribute(&element.name),
            Kind::Object | Kind::List | Kind::Scalar => Self::Element(&element.name),
        }
    }
}

/// The position of the element that these steps lead to from the document's root.
///
/// Searches the elements once for every step: made for cases and tests, not for decisions.
pub fn position(steps: &[Segment<'_>], elements: &[Element]) -> Option<usize> {
    steps.iter().try_fold(0, |parent, step| {
        elements.iter().position(|element| {
            element.parent.is_some_and(|own| usize::from(own) == parent) && Segment::of(element) == *step
        })
    })
}
