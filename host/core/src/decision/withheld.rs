//! What is left out, told as shortly as it can be.

use std::iter;

use super::Word;
use crate::catalogue::{ElementId, Scope};
use crate::mask::Mask;
use crate::reason::Reason;

/// An element that is left out, with everything below it that is left out for the same reason.
///
/// It follows from the catalogue and the context, not from a document: it does not tell whether the agency had a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withheld {
    /// The element's path, as [`Catalogue::path`](crate::Catalogue::path) writes it; empty for the whole document.
    pub element: String,
    /// Why.
    pub reason: Reason,
}

/// What is left out, in the catalogue's order. A container stands for its content where all of that is left out for one reason; technical
/// elements are told of only where they are withheld by name, since they say nothing of a person.
pub(super) fn withheld(mask: &Mask, words: &[Word<'_>]) -> Vec<Withheld> {
    let catalogue = mask.catalogue();
    let mut below: ByElement<Below> = ByElement::new(words.len());
    let mut shared: ByElement<Reason> = ByElement::new(words.len());
    for (id, element) in catalogue.iter().rev() {
        let own = words.get(id.index());
        let reason = match (mask.keeps(id), below.take(id)) {
            (true, _) | (false, Some(Below::Several)) => None,
            (false, Some(Below::One(reason))) => Some(reason),
            (false, None) => match own {
                Some(Err(reason)) => Some(reason.clone()),
                Some(Ok(_)) | None if element.scope == Scope::Technical => continue,
                Some(Ok(_)) | None => Some(Reason::DependsOnWithheld),
            },
        };
        if let Some(parent) = element.parent {
            let with_this = match (below.take(parent), &reason) {
                (None, Some(reason)) => Below::One(reason.clone()),
                (Some(Below::One(earlier)), Some(reason)) if earlier == *reason => Below::One(earlier),
                (_, _) => Below::Several,
            };
            below.set(parent, with_this);
        }
        if let Some(reason) = reason {
            shared.set(id, reason);
        }
    }
    let mut covered: ByElement<()> = ByElement::new(words.len());
    let mut list = Vec::new();
    for (id, element) in catalogue.iter() {
        if element.parent.is_some_and(|parent| covered.has(parent)) {
            covered.set(id, ());
        } else if let Some(reason) = shared.take(id) {
            covered.set(id, ());
            let withheld = Withheld { element: catalogue.path(id), reason };
            // An object and a list of one name have one path, and it is told once.
            if catalogue.namesake(id).is_none() || !list.contains(&withheld) {
                list.push(withheld);
            }
        }
    }
    list
}

/// What is known of some elements of a catalogue.
struct ByElement<T>(Vec<Option<T>>);

impl<T> ByElement<T> {
    fn new(elements: usize) -> Self {
        Self(iter::repeat_with(|| None).take(elements).collect())
    }

    fn has(&self, id: ElementId) -> bool {
        self.0.get(id.index()).is_some_and(Option::is_some)
    }

    fn set(&mut self, id: ElementId, value: T) {
        if let Some(place) = self.0.get_mut(id.index()) {
            *place = Some(value);
        }
    }

    fn take(&mut self, id: ElementId) -> Option<T> {
        self.0.get_mut(id.index()).and_then(Option::take)
    }
}

/// Why what lies below an element is left out.
enum Below {
    /// All of it for this reason.
    One(Reason),
    /// For several reasons, or some of it is let through.
    Several,
}
