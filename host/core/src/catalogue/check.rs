//! The rules of a catalogue.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{CatalogueSource, Element, ElementId, Encoding, Kind, Scope, ValueType};
use crate::identifier::DatasetId;

/// What is wrong with a catalogue. Elements are named by position and name, both of which are public.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidCatalogue {
    /// None, or more than 8,192.
    #[error("catalogue has {0} elements, expected 1 to 8192")]
    ElementCount(usize),
    /// Element 0 is no object without a parent.
    #[error("element 0 is not the root: an object that is required, does not repeat and has no parent")]
    Root,
    /// Another element without a parent, or one whose parent does not come before it.
    #[error("element {0} `{1}` has no parent before it")]
    Parent(u16, String),
    /// A scalar or attribute with children, or a list without exactly one repeating child `item`.
    #[error("element {0} `{1}` does not fit into its parent")]
    Child(u16, String),
    /// More than 32 levels.
    #[error("element {0} `{1}` lies deeper than 32 levels")]
    Depth(u16, String),
    /// Two siblings with one name, where they are not an attribute and an element, or in JSON an object and a list.
    #[error("element {0} `{1}` has the name of a sibling")]
    Sibling(u16, String),
    /// A name that is empty, too long or no name, or a namespace where there can be none.
    #[error("element {0} has no usable name or namespace")]
    Name(u16),
    /// A container with a value type or a scalar without one.
    #[error("element {0} `{1}` has a value type that does not fit its kind")]
    ValueType(u16, String),
    /// A dataset that the catalogue does not list.
    #[error("element {0} `{1}` is in dataset `{2}`, which the catalogue does not list")]
    UnknownDataset(u16, String, DatasetId),
    /// No label, a missing language, or a text over 4,096 bytes.
    #[error("element {0} `{1}` has no label in both languages, or a text over 4096 bytes")]
    Text(u16, String),
    /// A protection mark on something that holds neither a boolean nor a text.
    #[error("element {0} `{1}` marks protection but is no boolean and no text")]
    Protection(u16, String),
    /// Listed twice, or more than 256 of them, or without label.
    #[error("dataset `{0}` is listed twice, has no label in both languages, or is one of more than 256")]
    Dataset(DatasetId),
}

/// What the rules bring to light.
pub(super) struct Checked {
    /// Every element's depth.
    pub(super) depths: Vec<u16>,
    /// Elements whose name a sibling shares, each with that sibling.
    pub(super) namesakes: BTreeMap<ElementId, ElementId>,
}

/// Checks a catalogue.
pub(super) fn check(source: &CatalogueSource) -> Result<Checked, InvalidCatalogue> {
    let count = source.elements.len();
    if !(1..=MAX_ELEMENTS).contains(&count) {
        return Err(InvalidCatalogue::ElementCount(count));
    }
    let datasets = check_datasets(source)?;
    let mut depths: Vec<u16> = Vec::with_capacity(count);
    let mut siblings = Siblings::default();
    let mut list_children = HashSet::new();
    for (position, element) in (0u16..).zip(&source.elements) {
        let depth = match (position, element.parent) {
            (0, None) if is_root(element) => 0,
            (0, _) => return Err(InvalidCatalogue::Root),
            (_, Some(ElementId(parent))) if parent < position => {
                let parent_depth = depths.get(usize::from(parent)).copied().unwrap_or_default();
                check_place(source, position, element, parent, &mut siblings, &mut list_children)?;
                parent_depth + 1
            }
            _ => return Err(InvalidCatalogue::Parent(position, element.name.clone())),
        };
        if depth > MAX_DEPTH {
            return Err(InvalidCatalogue::Depth(position, element.name.clone()));
        }
        check_element(source.encoding, position, element, &datasets)?;
        depths.push(depth);
    }
    for (position, element) in (0u16..).zip(&source.elements) {
        if element.kind == Kind::List && !list_children.contains(&position) {
            return Err(InvalidCatalogue::Child(position, element.name.clone()));
        }
    }
    Ok(Checked { depths, namesakes: siblings.namesakes })
}

fn is_root(element: &Element) -> bool {
    element.kind == Kind::Object && element.required && !element.repeats
}

fn check_datasets(source: &CatalogueSource) -> Result<HashSet<&DatasetId>, InvalidCatalogue> {
    let mut known = HashSet::new();
    for dataset in &source.datasets {
        let labelled = !dataset.label.sv.is_empty() && !dataset.label.en.is_empty();
        if !known.insert(&dataset.id) || !labelled || known.len() > MAX_DATASETS {
            return Err(InvalidCatalogue::Dataset(dataset.id.clone()));
        }
    }
    Ok(known)
}

/// Checks an element against its parent and the siblings before it.
fn check_place<'s>(
    source: &'s CatalogueSource,
    position: u16,
    element: &'s Element,
    parent: u16,
    siblings: &mut Siblings<'s>,
    list_children: &mut HashSet<u16>,
) -> Result<(), InvalidCatalogue> {
    let wrong = || InvalidCatalogue::Child(position, element.name.clone());
    match source.elements.get(usize::from(parent)).map(|parent| parent.kind) {
        Some(Kind::Object) => {}
        Some(Kind::List) => {
            let fits = element.name == "item" && element.repeats && element.kind != Kind::Attribute;
            if !fits || !list_children.insert(parent) {
                return Err(wrong());
            }
        }
        Some(Kind::Scalar) if element.kind == Kind::Attribute => {}
        Some(Kind::Scalar | Kind::Attribute) | None => return Err(wrong()),
    }
    if siblings.add(source.encoding, parent, ElementId(position), element) {
        Ok(())
    } else {
        Err(InvalidCatalogue::Sibling(position, element.name.clone()))
    }
}

/// The names that are taken, by parent.
#[derive(Default)]
struct Siblings<'s> {
    taken: HashMap<(u16, Place, &'s str, &'s str), ElementId>,
    namesakes: BTreeMap<ElementId, ElementId>,
}

/// What a name can be taken for.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Place {
    Attribute,
    Element,
    List,
}

impl<'s> Siblings<'s> {
    /// Takes an element's name; `false` where it is taken. A scalar of JSON takes it for both an object and a list: only these two can be told
    /// apart by their brackets, even when they are empty.
    fn add(&mut self, encoding: Encoding, parent: u16, id: ElementId, element: &'s Element) -> bool {
        let key = |place| (parent, place, element.namespace.as_str(), element.name.as_str());
        let places: &[Place] = match (encoding, element.kind) {
            (_, Kind::Attribute) => &[Place::Attribute],
            (Encoding::Json, Kind::Scalar) => &[Place::Element, Place::List],
            (Encoding::Json, Kind::List) => &[Place::List],
            (Encoding::Json, Kind::Object) | (Encoding::Xml, Kind::Object | Kind::Scalar | Kind::List) => {
                &[Place::Element]
            }
        };
        if places.iter().any(|place| self.taken.insert(key(*place), id).is_some()) {
            return false;
        }
        let other = match element.kind {
            Kind::Object => self.taken.get(&key(Place::List)),
            Kind::List => self.taken.get(&key(Place::Element)),
            Kind::Scalar | Kind::Attribute => None,
        };
        if let Some(other) = other.copied() {
            self.namesakes.extend([(id, other), (other, id)]);
        }
        true
    }
}

/// Checks what an element says of itself.
fn check_element(
    encoding: Encoding,
    position: u16,
    element: &Element,
    datasets: &HashSet<&DatasetId>,
) -> Result<(), InvalidCatalogue> {
    let name = || element.name.clone();
    let shaped = match encoding {
        Encoding::Xml => is_nc_name(&element.name),
        Encoding::Json => !element.name.chars().any(|c| c.is_control() || matches!(c, '/' | '@' | '#')),
    };
    let named = shaped && (1..=MAX_NAME_BYTES).contains(&element.name.len());
    let spaced = match encoding {
        Encoding::Xml => element.kind != Kind::List && element.namespace.len() <= MAX_TEXT_BYTES,
        Encoding::Json => element.kind != Kind::Attribute && element.namespace.is_empty(),
    };
    // The root of a JSON document is the anonymous outermost object; it still has a name to talk about.
    if !named || !spaced {
        return Err(InvalidCatalogue::Name(position));
    }
    if element.kind.holds_value() == (element.value_type == ValueType::None)
        || (element.kind == Kind::Attribute && element.repeats)
    {
        return Err(InvalidCatalogue::ValueType(position, name()));
    }
    if let Scope::Dataset(dataset) = &element.scope
        && !datasets.contains(dataset)
    {
        return Err(InvalidCatalogue::UnknownDataset(position, name(), dataset.clone()));
    }
    let texts = [&element.label.sv, &element.label.en, &element.help.sv, &element.help.en];
    if element.label.sv.is_empty()
        || element.label.en.is_empty()
        || texts.iter().any(|text| text.len() > MAX_TEXT_BYTES)
    {
        return Err(InvalidCatalogue::Text(position, name()));
    }
    if element.marks_protection && !matches!(element.value_type, ValueType::Boolean | ValueType::Text) {
        return Err(InvalidCatalogue::Protection(position, name()));
    }
    Ok(())
}

/// Whether a text is a name that an XML element or attribute can have without a prefix.
///
/// Letters, digits and `_`, `-`, `.` suffice: every published name is made of them.
///
/// # Source
///
/// Namespaces in XML 1.0, production `NCName`.
fn is_nc_name(name: &str) -> bool {
    let is_start = |c: char| c.is_alphabetic() || c == '_';
    name.starts_with(is_start) && name.chars().all(|c| is_start(c) || c.is_ascii_digit() || matches!(c, '-' | '.'))
}

const MAX_ELEMENTS: usize = 8192;
const MAX_DATASETS: usize = 256;
const MAX_DEPTH: u16 = 32;
const MAX_NAME_BYTES: usize = 128;
const MAX_TEXT_BYTES: usize = 4096;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::specimens::{bilingual, element, root, source};

    fn error(change: impl FnOnce(&mut Vec<Element>)) -> String {
        let mut elements = vec![root(), element(0, "object", Kind::Object), element(1, "scalar", Kind::Scalar)];
        change(&mut elements);
        Catalogue::parse(source(elements)).unwrap_err().to_string()
    }

    #[test]
    fn ok_catalogue() {
        let catalogue =
            Catalogue::parse(source(vec![root(), element(0, "a", Kind::Object), element(1, "b", Kind::Attribute)]));
        assert_eq!(catalogue.unwrap().path(ElementId(2)), "a/@b");
    }

    #[test]
    fn err_catalogue() {
        assert_eq!(error(Vec::clear), "catalogue has 0 elements, expected 1 to 8192");
        assert_eq!(
            error(|elements| elements[0].kind = Kind::Scalar),
            "element 0 is not the root: an object that is required, does not repeat and has no parent"
        );
        assert_eq!(error(|elements| elements[1].parent = None), "element 1 `object` has no parent before it");
        assert_eq!(
            error(|elements| elements[1].parent = Some(ElementId(2))),
            "element 1 `object` has no parent before it"
        );
        assert_eq!(
            error(|elements| elements[1].parent = Some(ElementId(1))),
            "element 1 `object` has no parent before it"
        );
        assert_eq!(
            error(|elements| elements.push(element(2, "below", Kind::Scalar))),
            "element 3 `below` does not fit into its parent"
        );
        assert_eq!(
            error(|elements| elements.push(element(1, "scalar", Kind::Scalar))),
            "element 3 `scalar` has the name of a sibling"
        );
        assert_eq!(error(|elements| elements[1].name.clear()), "element 1 has no usable name or namespace");
        for name in ["a/b", "a=b", "1a", "a:b", "a b"] {
            assert_eq!(
                error(|elements| elements[1].name = name.to_owned()),
                "element 1 has no usable name or namespace"
            );
        }
        assert_eq!(
            error(|elements| elements[2].value_type = ValueType::None),
            "element 2 `scalar` has a value type that does not fit its kind"
        );
        assert_eq!(
            error(|elements| elements[2].scope = Scope::Dataset("c".parse().unwrap())),
            "element 2 `scalar` is in dataset `c`, which the catalogue does not list"
        );
        assert_eq!(
            error(|elements| elements[2].label = bilingual("")),
            "element 2 `scalar` has no label in both languages, or a text over 4096 bytes"
        );
        assert_eq!(
            error(|elements| {
                elements[2].value_type = ValueType::Date;
                elements[2].marks_protection = true;
            }),
            "element 2 `scalar` marks protection but is no boolean and no text"
        );
    }

    #[test]
    fn a_catalogue_deeper_than_32_levels_is_refused() {
        let deep = (0..33).map(|parent| element(parent, "down", Kind::Object));
        let elements = std::iter::once(root()).chain(deep).collect();
        let error = Catalogue::parse(source(elements)).unwrap_err();
        assert_eq!(error, InvalidCatalogue::Depth(33, "down".to_owned()));
    }

    fn json(elements: Vec<Element>) -> Result<Catalogue, InvalidCatalogue> {
        Catalogue::parse(CatalogueSource { encoding: Encoding::Json, ..source(elements) })
    }

    #[test]
    fn an_object_and_a_list_of_json_may_share_a_name_and_nothing_else_may() {
        let item = |list| Element { repeats: true, ..element(list, "item", Kind::Scalar) };
        let object = || element(0, "avvikelser", Kind::Object);
        let list = || element(0, "avvikelser", Kind::List);
        let scalar = || element(0, "avvikelser", Kind::Scalar);
        let both = json(vec![root(), object(), list(), item(2)]).unwrap();
        assert_eq!(both.namesake(ElementId(1)), Some(ElementId(2)));
        assert_eq!(both.namesake(ElementId(2)), Some(ElementId(1)));
        assert_eq!(both.namesake(ElementId(3)), None);
        assert!(json(vec![root(), list(), item(1), object()]).is_ok());
        for (first, second) in [(object(), object()), (object(), scalar()), (scalar(), object()), (scalar(), scalar())]
        {
            let error = json(vec![root(), first, second]).unwrap_err();
            assert_eq!(error, InvalidCatalogue::Sibling(2, "avvikelser".to_owned()));
        }
        for second in [list(), scalar()] {
            let error = json(vec![root(), list(), item(1), second]).unwrap_err();
            assert_eq!(error, InvalidCatalogue::Sibling(3, "avvikelser".to_owned()));
        }
        assert!(json(vec![root(), scalar(), list(), item(2)]).is_err());
        assert!(json(vec![root(), object(), list(), item(2), object()]).is_err());
    }

    #[test]
    fn a_dataset_listed_twice_is_refused() {
        let mut twice = source(vec![root()]);
        twice.datasets[1].id = twice.datasets[0].id.clone();
        assert_eq!(Catalogue::parse(twice), Err(InvalidCatalogue::Dataset("a".parse().unwrap())));
    }

    #[test]
    fn catalogues_that_differ_in_one_flag_have_different_digests() {
        let digest = |required| {
            Catalogue::parse(source(vec![root(), Element { required, ..element(0, "a", Kind::Scalar) }]))
                .unwrap()
                .digest()
        };
        assert_ne!(digest(true), digest(false));
    }
}
