//! Steps of the paths that lead to elements.

use crate::bindings::exports::ssbtx::catalogue::types::Kind;
use crate::bindings::exports::ssbtx::policy::field_filter::OutlinedElement;

/// A step of a path: the name of an element or, written with `@`, of an attribute; or, written `*`, any one element.
///
/// Namespaces are no part of it: siblings of one name in two namespaces share their rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Segment<'name> {
    /// An element.
    Element(&'name str),
    /// An attribute.
    Attribute(&'name str),
    /// Any one element, whatever its name. No attribute.
    Any,
}

impl<'name> Segment<'name> {
    /// The step that leads to an element from its parent.
    pub fn of(element: &'name OutlinedElement) -> Self {
        match element.kind {
            Kind::Attribute => Self::Attribute(&element.name),
            Kind::Object | Kind::List | Kind::Scalar => Self::Element(&element.name),
        }
    }

    /// Whether it leads to this element from its parent.
    fn leads_to(self, element: &OutlinedElement) -> bool {
        self == Segment::of(element) || (self == Self::Any && element.kind != Kind::Attribute)
    }
}

/// The positions of the elements that these steps lead to from the document's root, in the outline's order: one or none unless a step is
/// [`Segment::Any`].
///
/// Goes through the elements once for every step: made for cases and tests, not for decisions.
pub fn positions(steps: &[Segment<'_>], elements: &[OutlinedElement]) -> Vec<usize> {
    steps.iter().fold(vec![0], |holders, step| {
        let is_next = |element: &OutlinedElement| {
            let held = element.parent.is_some_and(|parent| holders.binary_search(&usize::from(parent)).is_ok());
            held && step.leads_to(element)
        };
        elements.iter().enumerate().filter(|(_, element)| is_next(element)).map(|(position, _)| position).collect()
    })
}
