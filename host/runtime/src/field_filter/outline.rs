//! A catalogue as a policy is given it.

use ssbtx_core::{Catalogue, Element, Kind, Scope};

use super::wire;

/// What of a catalogue a decision may rest on, in the contract's words.
pub(super) fn outline(catalogue: &Catalogue) -> wire::Outline {
    wire::Outline {
        agency: catalogue.agency().as_str().to_owned(),
        elements: catalogue.elements().iter().map(outlined).collect(),
    }
}

fn outlined(element: &Element) -> wire::OutlinedElement {
    wire::OutlinedElement {
        parent: element.parent.map(|parent| parent.0),
        name: element.name.clone(),
        kind: match element.kind {
            Kind::Object => wire::Kind::Object,
            Kind::List => wire::Kind::List,
            Kind::Scalar => wire::Kind::Scalar,
            Kind::Attribute => wire::Kind::Attribute,
        },
        scope: match &element.scope {
            Scope::Technical => wire::Scope::Technical,
            Scope::Dataset(dataset) => wire::Scope::Dataset(dataset.as_str().to_owned()),
        },
    }
}
