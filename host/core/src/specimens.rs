//! Catalogues and documents for this crate's tests, made by hand and at random.

use std::sync::Arc;

use proptest::prelude::*;

use crate::agency::AgencyId;
use crate::catalogue::{
    Bilingual, Catalogue, CatalogueSource, Dataset, Element, ElementId, Encoding, Kind, Scope, ValueType,
};
use crate::document::{Document, Node, Value};

pub(crate) fn bilingual(text: &str) -> Bilingual {
    Bilingual { sv: text.to_owned(), en: text.to_owned() }
}

/// An optional scalar of dataset `a` below the root; tests change what they are about.
pub(crate) fn element(parent: u16, name: &str, kind: Kind) -> Element {
    Element {
        parent: Some(ElementId(parent)),
        name: name.to_owned(),
        namespace: String::new(),
        kind,
        value_type: if kind.holds_value() { ValueType::Text } else { ValueType::None },
        required: false,
        repeats: false,
        scope: Scope::Dataset("a".parse().unwrap()),
        label: bilingual(name),
        help: bilingual(""),
        marks_protection: false,
    }
}

pub(crate) fn root() -> Element {
    Element { parent: None, required: true, scope: Scope::Technical, ..element(0, "root", Kind::Object) }
}

/// A catalogue with the datasets `a` and `b`.
pub(crate) fn source(elements: Vec<Element>) -> CatalogueSource {
    let dataset = |id: &str| Dataset {
        id: id.parse().unwrap(),
        discloser: AgencyId::AF,
        label: bilingual(id),
        help: bilingual(id),
    };
    CatalogueSource {
        agency: AgencyId::AF,
        version: "1.0.0".to_owned(),
        encoding: Encoding::Xml,
        elements,
        datasets: vec![dataset("a"), dataset("b")],
    }
}

pub(crate) fn catalogue(elements: Vec<Element>) -> Arc<Catalogue> {
    Arc::new(Catalogue::parse(source(elements)).unwrap())
}

/// What one random element is made of: where it hangs, its kind, and its flags.
type Draw = (prop::sample::Index, bool, bool, bool, bool);

/// Random catalogues of 1 to 24 elements.
pub(crate) fn catalogues() -> impl Strategy<Value = Arc<Catalogue>> {
    prop::collection::vec(any::<Draw>(), 0..24).prop_map(|draws| {
        let mut elements = vec![root()];
        for (number, (parent, is_object, required, repeats, is_technical)) in draws.iter().enumerate() {
            let objects: Vec<usize> =
                (0..elements.len()).filter(|index| elements[*index].kind == Kind::Object).collect();
            let parent = u16::try_from(objects[parent.index(objects.len())]).unwrap();
            let kind = if *is_object { Kind::Object } else { Kind::Scalar };
            let scope = if *is_technical { Scope::Technical } else { Scope::Dataset("a".parse().unwrap()) };
            elements.push(Element {
                required: *required,
                repeats: *repeats,
                scope,
                ..element(parent, &format!("e{number}"), kind)
            });
        }
        catalogue(elements)
    })
}

/// A random document of a catalogue: every element at random absent, present, or repeated where it may be.
pub(crate) fn documents(catalogue: Arc<Catalogue>) -> impl Strategy<Value = Document> {
    prop::collection::vec(0usize..3, 256).prop_map(move |counts| {
        let mut counts = counts.into_iter().cycle();
        let mut nodes = vec![Node { element: ElementId::ROOT, depth: 0, value: Value::Structure }];
        grow(&catalogue, ElementId::ROOT, 1, &mut counts, &mut nodes);
        Document::new(Arc::clone(&catalogue), nodes, 0).unwrap()
    })
}

fn grow(
    catalogue: &Catalogue,
    parent: ElementId,
    depth: u16,
    counts: &mut impl Iterator<Item = usize>,
    nodes: &mut Vec<Node>,
) {
    for (id, element) in catalogue.iter().filter(|(_, element)| element.parent == Some(parent)) {
        let most = if element.repeats { 2 } else { 1 };
        for _ in 0..counts.next().unwrap_or_default().min(most) {
            // The tree doubles at every level; enough is enough.
            if nodes.len() > 200 {
                return;
            }
            let is_object = element.kind == Kind::Object;
            let value = if is_object { Value::Structure } else { Value::Text(format!("v{}", nodes.len())) };
            nodes.push(Node { element: id, depth, value });
            if is_object {
                grow(catalogue, id, depth + 1, counts, nodes);
            }
        }
    }
}
