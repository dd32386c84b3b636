//! A catalogue as an adapter writes it.

use ssbtx_core::{Bilingual, CatalogueSource, Dataset, Element, ElementId, Encoding, Kind, Scope, ValueType};

use super::describe::InvalidAdapter;
use crate::bindings::adapter::exports::ssbtx::catalogue::types as wire;

/// Takes a catalogue over, still to be checked as a whole.
pub(super) fn from_wire(catalogue: wire::AgencyCatalogue) -> Result<CatalogueSource, InvalidAdapter> {
    Ok(CatalogueSource {
        agency: catalogue.agency.parse()?,
        version: catalogue.version,
        encoding: match catalogue.encoding {
            wire::Encoding::Xml => Encoding::Xml,
            wire::Encoding::Json => Encoding::Json,
        },
        elements: catalogue.elements.into_iter().map(element).collect::<Result<_, _>>()?,
        datasets: catalogue.datasets.into_iter().map(dataset).collect::<Result<_, _>>()?,
    })
}

fn element(element: wire::Element) -> Result<Element, InvalidAdapter> {
    Ok(Element {
        parent: element.parent.map(ElementId),
        name: element.name,
        namespace: element.namespace,
        kind: match element.kind {
            wire::Kind::Object => Kind::Object,
            wire::Kind::List => Kind::List,
            wire::Kind::Scalar => Kind::Scalar,
            wire::Kind::Attribute => Kind::Attribute,
        },
        value_type: match element.value_type {
            wire::ValueType::None => ValueType::None,
            wire::ValueType::Text => ValueType::Text,
            wire::ValueType::Integer => ValueType::Integer,
            wire::ValueType::Decimal => ValueType::Decimal,
            wire::ValueType::Boolean => ValueType::Boolean,
            wire::ValueType::Date => ValueType::Date,
            wire::ValueType::DateTime => ValueType::DateTime,
        },
        required: element.required,
        repeats: element.repeats,
        scope: match element.scope {
            wire::Scope::Technical => Scope::Technical,
            wire::Scope::Dataset(dataset) => Scope::Dataset(dataset.parse()?),
        },
        label: bilingual(element.label),
        help: bilingual(element.help),
        marks_protection: element.marks_protection,
    })
}

fn dataset(dataset: wire::Dataset) -> Result<Dataset, InvalidAdapter> {
    Ok(Dataset {
        id: dataset.id.parse()?,
        discloser: dataset.discloser.parse()?,
        label: bilingual(dataset.label),
        help: bilingual(dataset.help),
    })
}

fn bilingual(text: wire::Bilingual) -> Bilingual {
    Bilingual { sv: text.sv, en: text.en }
}
