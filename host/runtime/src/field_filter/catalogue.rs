//! A catalogue as a policy is given it.

use ssbtx_core::{Bilingual, Catalogue, Dataset, Element, Encoding, Kind, Scope, ValueType};

use crate::bindings::policy::exports::ssbtx::catalogue::types as wire;

/// A catalogue in the contract's words.
pub(super) fn to_wire(catalogue: &Catalogue) -> wire::AgencyCatalogue {
    wire::AgencyCatalogue {
        agency: catalogue.agency().as_str().to_owned(),
        version: catalogue.version().to_owned(),
        encoding: match catalogue.encoding() {
            Encoding::Xml => wire::Encoding::Xml,
            Encoding::Json => wire::Encoding::Json,
        },
        elements: catalogue.elements().iter().map(element).collect(),
        datasets: catalogue.datasets().iter().map(dataset).collect(),
    }
}

fn element(element: &Element) -> wire::Element {
    wire::Element {
        parent: element.parent.map(|parent| parent.0),
        name: element.name.clone(),
        namespace: element.namespace.clone(),
        kind: match element.kind {
            Kind::Object => wire::Kind::Object,
            Kind::List => wire::Kind::List,
            Kind::Scalar => wire::Kind::Scalar,
            Kind::Attribute => wire::Kind::Attribute,
        },
        value_type: match element.value_type {
            ValueType::None => wire::ValueType::None,
            ValueType::Text => wire::ValueType::Text,
            ValueType::Integer => wire::ValueType::Integer,
            ValueType::Decimal => wire::ValueType::Decimal,
            ValueType::Boolean => wire::ValueType::Boolean,
            ValueType::Date => wire::ValueType::Date,
            ValueType::DateTime => wire::ValueType::DateTime,
        },
        required: element.required,
        repeats: element.repeats,
        scope: match &element.scope {
            Scope::Technical => wire::Scope::Technical,
            Scope::Dataset(dataset) => wire::Scope::Dataset(dataset.as_str().to_owned()),
        },
        label: bilingual(&element.label),
        help: bilingual(&element.help),
        marks_protection: element.marks_protection,
    }
}

fn dataset(dataset: &Dataset) -> wire::Dataset {
    wire::Dataset {
        id: dataset.id.as_str().to_owned(),
        discloser: dataset.discloser.as_str().to_owned(),
        label: bilingual(&dataset.label),
        help: bilingual(&dataset.help),
    }
}

fn bilingual(text: &Bilingual) -> wire::Bilingual {
    wire::Bilingual { sv: text.sv.clone(), en: text.en.clone() }
}
