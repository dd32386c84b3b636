//! What of a catalogue's documents is let through: a bit per element.

use std::sync::Arc;

use crate::catalogue::{Catalogue, Element, ElementId, Kind, Scope};
use crate::digest::Sha256Digest;
use crate::document::Document;

/// The elements that may be disclosed, closed over the tree.
///
/// It can only remove: projecting never adds, moves or changes a node. Closed means that leaving out what is withheld leaves a document that
/// follows the agency's schema wherever it did before, and that this depends on the catalogue alone, never on a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mask {
    catalogue: Arc<Catalogue>,
    kept: Vec<bool>,
    // Both follow from the two above, and every record asks for them: a mask is made once and used by many questions.
    withheld_values: u64,
    digest: Sha256Digest,
}

impl Mask {
    /// Closes a set of open elements over the tree.
    ///
    /// Technical elements are always open. Then, from the leaves up: a withheld element that its parent's schema requires takes the parent
    /// with it, and a container of which nothing is left goes too, since an empty one would read as "there is nothing". Last, from the root
    /// down, nothing stays below what is withheld.
    pub fn closing(catalogue: Arc<Catalogue>, is_open: impl Fn(ElementId) -> bool) -> Self {
        let technical: Vec<bool> =
            catalogue.elements().iter().map(|element| element.scope == Scope::Technical).collect();
        Self::closing_all(catalogue, |id| technical.get(id.index()).copied().unwrap_or_default() || is_open(id))
    }

    /// Closes a set of open elements over the tree, technical ones as any other: only what is withheld by name closes one of those.
    pub(crate) fn closing_all(catalogue: Arc<Catalogue>, is_open: impl Fn(ElementId) -> bool) -> Self {
        let mut kept: Vec<bool> = catalogue.iter().map(|(id, _)| is_open(id)).collect();
        let mut has_children = vec![false; kept.len()];
        let mut has_kept_child = vec![false; kept.len()];
        for (id, element) in catalogue.iter().rev() {
            let of = |flags: &[bool]| flags.get(id.index()).copied().unwrap_or_default();
            let is_emptied =
                matches!(element.kind, Kind::Object | Kind::List) && of(&has_children) && !of(&has_kept_child);
            let stays = of(&kept) && !is_emptied;
            set(&mut kept, id, stays);
            if let Some(parent) = element.parent {
                set(&mut has_children, parent, true);
                if stays {
                    set(&mut has_kept_child, parent, true);
                } else if element.required {
                    set(&mut kept, parent, false);
                }
            }
        }
        for (id, element) in catalogue.iter() {
            if element.parent.is_some_and(|parent| !kept.get(parent.index()).copied().unwrap_or_default()) {
                set(&mut kept, id, false);
            }
        }
        let withholds = |(id, element): (ElementId, &Element)| {
            element.kind.holds_value() && !kept.get(id.index()).copied().unwrap_or_default()
        };
        let withheld_values = catalogue.iter().map(|element| u64::from(withholds(element))).sum();
        let digest = digest(&catalogue, &kept);
        Self { catalogue, kept, withheld_values, digest }
    }

    /// Lets everything through.
    pub fn full(catalogue: Arc<Catalogue>) -> Self {
        Self::closing(catalogue, |_| true)
    }

    /// Lets nothing through but what carries no personal data.
    pub fn empty(catalogue: Arc<Catalogue>) -> Self {
        Self::closing(catalogue, |_| false)
    }

    /// The catalogue that it is for.
    pub fn catalogue(&self) -> &Arc<Catalogue> {
        &self.catalogue
    }

    /// Whether an element is let through.
    pub fn keeps(&self, id: ElementId) -> bool {
        self.kept.get(id.index()).copied().unwrap_or_default()
    }

    /// Whether any value of any dataset is let through. If not, there is no reason to ask the agency.
    pub fn discloses_anything(&self) -> bool {
        self.catalogue.iter().any(|(id, element)| {
            self.keeps(id) && element.kind.holds_value() && matches!(element.scope, Scope::Dataset(_))
        })
    }

    /// The identity of what is let through of this catalogue: two decisions with equal digests disclose the same.
    ///
    /// # Shape
    ///
    /// SHA-256 over the 32 bytes of the catalogue's digest, then a bit per element in the catalogue's order, set where it is let through, eight to
    /// a byte with the first in the highest place; the last byte is filled up with zeros.
    pub fn digest(&self) -> Sha256Digest {
        self.digest
    }

    /// How many elements that hold a value are not let through. It does not tell whether the agency has values for them.
    pub fn withheld_values(&self) -> u64 {
        self.withheld_values
    }

    /// Removes from a document whatever is not let through.
    ///
    /// Nothing is left, hence `None`, where the root itself is withheld, or where the document is of another catalogue: a mask says nothing
    /// about that one.
    pub fn project(&self, document: Document) -> Option<Document> {
        let same = Arc::ptr_eq(&self.catalogue, document.catalogue())
            || self.catalogue.digest() == document.catalogue().digest();
        (same && self.keeps(ElementId::ROOT)).then(|| document.retain(|id| self.keeps(id)))
    }
}

fn digest(catalogue: &Catalogue, kept: &[bool]) -> Sha256Digest {
    let mut bytes = catalogue.digest().as_bytes().to_vec();
    bytes.extend(kept.chunks(8).map(|eight| {
        let bits = eight.iter().fold(0u8, |bits, kept| bits << 1 | u8::from(*kept));
        bits << (8 - eight.len())
    }));
    Sha256Digest::of(&bytes)
}

fn set(flags: &mut [bool], id: ElementId, value: bool) {
    if let Some(flag) = flags.get_mut(id.index()) {
        *flag = value;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::Node;
    use crate::specimens::{catalogue, catalogues, documents, element, root};

    /// A catalogue, a document of it, and a set of open elements.
    fn cases() -> impl Strategy<Value = (Arc<Catalogue>, Document, Vec<bool>)> {
        catalogues().prop_flat_map(|catalogue| {
            let open = prop::collection::vec(any::<bool>(), catalogue.elements().len());
            (Just(Arc::clone(&catalogue)), documents(catalogue), open)
        })
    }

    fn masked(catalogue: &Arc<Catalogue>, open: &[bool]) -> Mask {
        Mask::closing(Arc::clone(catalogue), |id| open[id.index()])
    }

    /// Whether `part` is `whole` with nothing but whole subtrees left out.
    fn is_sub_tree(part: &[Node], whole: &[Node]) -> bool {
        let mut rest = whole.iter().peekable();
        let mut left_out_at: Option<u16> = None;
        for node in part {
            loop {
                let Some(candidate) = rest.next() else { return false };
                if left_out_at.is_none_or(|depth| candidate.depth <= depth) && candidate == node {
                    left_out_at = None;
                    break;
                }
                if left_out_at.is_none_or(|depth| candidate.depth <= depth) {
                    left_out_at = Some(candidate.depth);
                }
            }
        }
        true
    }

    proptest! {
        #[test]
        fn a_projected_document_is_a_sub_tree_of_the_original((catalogue, document, open) in cases()) {
            if let Some(projected) = masked(&catalogue, &open).project(document.clone()) {
                prop_assert!(is_sub_tree(projected.nodes(), document.nodes()));
                prop_assert!(Document::new(catalogue, projected.nodes().to_vec(), 0).is_ok());
            }
        }

        #[test]
        fn what_is_not_open_is_never_in_a_projected_document((catalogue, document, open) in cases()) {
            if let Some(projected) = masked(&catalogue, &open).project(document) {
                for node in projected.nodes() {
                    let element = &catalogue.elements()[node.element.index()];
                    prop_assert!(open[node.element.index()] || element.scope == Scope::Technical);
                }
            }
        }

        #[test]
        fn projecting_twice_is_projecting_once((catalogue, document, open) in cases()) {
            let mask = masked(&catalogue, &open);
            if let Some(once) = mask.project(document) {
                prop_assert_eq!(mask.project(once.clone()), Some(once));
            }
        }

        #[test]
        fn a_full_mask_is_the_identity((catalogue, document, _) in cases()) {
            prop_assert_eq!(Mask::full(catalogue).project(document.clone()), Some(document));
        }

        #[test]
        fn an_empty_mask_keeps_nothing_but_technical_elements((catalogue, document, _) in cases()) {
            if let Some(projected) = Mask::empty(Arc::clone(&catalogue)).project(document) {
                for node in projected.nodes() {
                    prop_assert_eq!(&catalogue.elements()[node.element.index()].scope, &Scope::Technical);
                }
            }
        }

        #[test]
        fn what_the_schema_requires_is_there_wherever_it_was_before((catalogue, document, open) in cases()) {
            let mask = masked(&catalogue, &open);
            for (id, element) in catalogue.iter() {
                let parent_is_kept = element.parent.is_none_or(|parent| mask.keeps(parent));
                prop_assert!(!(element.required && parent_is_kept) || mask.keeps(id) || id == ElementId::ROOT);
            }
            drop(document);
        }
    }

    fn keeps(elements: Vec<Element>, open: &[u16]) -> Vec<bool> {
        let catalogue = catalogue(elements);
        let mask = Mask::closing(Arc::clone(&catalogue), |id| open.contains(&id.0));
        catalogue.iter().map(|(id, _)| mask.keeps(id)).collect()
    }

    #[test]
    fn a_withheld_required_element_takes_the_smallest_optional_subtree_with_it() {
        let elements = vec![
            root(),
            element(0, "optional", Kind::Object),
            Element { required: true, ..element(1, "required", Kind::Object) },
            Element { required: true, ..element(2, "withheld", Kind::Scalar) },
            element(1, "neighbour", Kind::Scalar),
            element(0, "elsewhere", Kind::Scalar),
        ];
        assert_eq!(keeps(elements, &[1, 2, 4, 5]), [true, false, false, false, false, true]);
    }

    #[test]
    fn a_container_of_which_nothing_is_left_is_left_out() {
        let elements = vec![
            root(),
            element(0, "container", Kind::Object),
            element(1, "withheld", Kind::Scalar),
            element(0, "open", Kind::Scalar),
        ];
        assert_eq!(keeps(elements, &[1, 3]), [true, false, false, true]);
    }

    #[test]
    fn a_required_root_element_that_is_withheld_leaves_nothing() {
        let elements = vec![
            root(),
            Element { required: true, ..element(0, "identity", Kind::Scalar) },
            element(0, "open", Kind::Scalar),
        ];
        assert_eq!(keeps(elements, &[2]), [false, false, false]);
    }

    #[test]
    fn what_is_withheld_is_counted_by_elements_that_hold_values() {
        let elements = vec![
            root(),
            element(0, "container", Kind::Object),
            element(1, "withheld", Kind::Scalar),
            element(1, "attribute", Kind::Attribute),
            element(0, "open", Kind::Scalar),
        ];
        let catalogue = catalogue(elements);
        assert_eq!(Mask::closing(Arc::clone(&catalogue), |id| matches!(id.0, 0 | 4)).withheld_values(), 2);
        assert_eq!(Mask::full(catalogue).withheld_values(), 0);
    }

    #[test]
    fn masks_have_one_digest_where_they_let_through_the_same_of_one_catalogue() {
        let tree = |name| catalogue(vec![root(), element(0, name, Kind::Scalar), element(0, "b", Kind::Scalar)]);
        let digest = |name, open: u16| Mask::closing(tree(name), |id| id.0 == open).digest();
        assert_eq!(digest("a", 1), digest("a", 1));
        assert_ne!(digest("a", 1), digest("a", 2));
        assert_ne!(digest("a", 1), digest("other", 1));
    }

    #[test]
    fn a_digest_is_over_the_catalogues_and_a_bit_per_element() {
        let elements = (1..=9).map(|number| element(0, &format!("e{number}"), Kind::Scalar));
        let tree = catalogue([root()].into_iter().chain(elements).collect());
        let mask = Mask::closing(Arc::clone(&tree), |id| matches!(id.0, 0 | 2 | 9));
        let bits = [0b1010_0000, 0b0100_0000];
        assert_eq!(mask.digest(), Sha256Digest::of(&[&tree.digest().as_bytes()[..], &bits].concat()));
    }

    #[test]
    fn the_digest_of_a_mask_stays_what_it_was_from_one_host_to_the_next() {
        // Records of years past hold it: what changes it makes every one of them disagree with its replay.
        let digest = Mask::full(catalogue(vec![root(), element(0, "a", Kind::Scalar)])).digest();
        assert_eq!(digest.to_string(), "6b7db1faabbecc16912927151fc334f300706549f29f7e4c9f3f52532a779d9f");
    }

    #[test]
    fn a_mask_says_nothing_about_a_document_of_another_catalogue() {
        let one = catalogue(vec![root(), element(0, "one", Kind::Scalar)]);
        let other = catalogue(vec![root(), element(0, "other", Kind::Scalar)]);
        let document = Document::new(
            other,
            vec![Node { element: ElementId::ROOT, depth: 0, value: crate::document::Value::Structure }],
            0,
        );
        assert_eq!(Mask::full(one).project(document.unwrap()), None);
    }
}
