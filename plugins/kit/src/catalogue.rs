//! A catalogue as static tables, written by `ssbtx-catalogue-source` from an adapter's `catalogue.toml`.
//!
//! The fields are public because generated code writes them as literals; the rules of `ssbtx:catalogue@1.0.0` are checked when an adapter is
//! built.

use crate::bindings::exports::ssbtx::catalogue::types;
use crate::xml::Name;

/// Everything that one base service can disclose.
pub struct Catalogue {
    /// The base service's id, such as `AF`.
    pub agency: &'static str,
    /// The catalogue's own version, semantic versioning.
    pub version: &'static str,
    /// How its documents look on the wire.
    pub encoding: types::Encoding,
    /// Every element, each directly before its first child. The first is the document's root.
    pub elements: &'static [Element],
    /// Every dataset that an element names.
    pub datasets: &'static [Dataset],
}

/// One element. Its id is its position in the catalogue.
pub struct Element {
    /// The id of the element that holds this one; the root has none.
    pub parent: Option<u16>,
    /// The ids of the elements in it, in the order of the schema.
    pub children: &'static [u16],
    /// The local name.
    pub name: &'static str,
    /// The namespace, empty for an unqualified name.
    pub namespace: &'static str,
    /// How it is built.
    pub kind: types::Kind,
    /// What its value means.
    pub value_type: types::ValueType,
    /// Whether the agency's schema demands at least one where its parent is.
    pub required: bool,
    /// Whether it may occur more than once under one parent.
    pub repeats: bool,
    /// What it belongs to.
    pub scope: Scope,
    /// What a caseworker calls it.
    pub label: Bilingual,
    /// What a caseworker must know to read it right.
    pub help: Bilingual,
    /// Whether a `true` here, or in a text anything but white space, says that the person's identity is protected.
    pub marks_protection: bool,
}

/// A dataset (informationsmängd).
pub struct Dataset {
    /// Its name.
    pub id: &'static str,
    /// The agency that owns the data.
    pub discloser: &'static str,
    /// What a caseworker calls it.
    pub label: Bilingual,
    /// What it holds, in a sentence.
    pub help: Bilingual,
}

/// A text in both languages.
pub struct Bilingual {
    /// Swedish.
    pub sv: &'static str,
    /// English.
    pub en: &'static str,
}

/// What an element belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Carries no personal data and is needed by the schema.
    Technical,
    /// Part of this dataset.
    Dataset(&'static str),
}

impl Catalogue {
    /// The element with this id.
    pub fn element(&self, id: u16) -> Option<&'static Element> {
        self.elements.get(usize::from(id))
    }

    /// Whether the element with this id belongs to a dataset: whether it is about the person.
    pub fn in_dataset(&self, id: u16) -> bool {
        self.element(id).is_some_and(|element| matches!(element.scope, Scope::Dataset(_)))
    }

    /// Whether a document's root has this name.
    pub(crate) fn has_root(&self, name: Name<'_>) -> bool {
        self.element(0).is_some_and(|root| root.namespace == name.namespace && root.name == name.local)
    }

    /// The child element or, with `attribute`, the attribute of this name.
    pub(crate) fn child(
        &self,
        parent: u16,
        name: &Name<'_>,
        attribute: bool,
        next: &mut usize,
    ) -> Option<(u16, &'static Element)> {
        let id = self.child_from(parent, next, |element| {
            (element.kind == types::Kind::Attribute) == attribute
                && are_same(element.name, name.local)
                && are_same(element.namespace, name.namespace)
        })?;
        Some((id, self.element(id)?))
    }

    /// The child for which `is_meant` holds. Agencies write most of them in the catalogue's order, so it is looked for from `next` on, which moves
    /// to what is found, and to behind it where it comes once.
    pub(crate) fn child_from(&self, parent: u16, next: &mut usize, is_meant: impl Fn(&Element) -> bool) -> Option<u16> {
        let children = self.element(parent)?.children;
        let is_meant = |id: &u16| self.element(*id).is_some_and(&is_meant);
        let (before, after) = children.split_at_checked(*next)?;
        let ahead = after.iter().position(is_meant).map(|position| before.len() + position);
        let found = ahead.or_else(|| before.iter().position(is_meant))?;
        let id = *children.get(found)?;
        *next = found + usize::from(!self.element(id)?.repeats);
        Some(id)
    }
}

/// Whether two names are the same, compared eight bytes at a time: the comparison that the compiler has for WebAssembly goes byte by byte.
pub(crate) fn are_same(one: &str, other: &str) -> bool {
    let ((words, rest), (other_words, other_rest)) =
        (one.as_bytes().as_chunks::<8>(), other.as_bytes().as_chunks::<8>());
    let same = |(one, other): (&[u8; 8], &[u8; 8])| u64::from_ne_bytes(*one) == u64::from_ne_bytes(*other);
    one.len() == other.len()
        && words.iter().zip(other_words).all(same)
        && rest.iter().zip(other_rest).all(|(one, other)| one == other)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn names_are_the_same_where_every_byte_is(one in "[ab]{0,20}", other in "[ab]{0,20}") {
            prop_assert_eq!(are_same(&one, &other), one == other);
            prop_assert!(are_same(&one, &one.clone()));
        }
    }
}
