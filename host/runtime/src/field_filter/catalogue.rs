//! A catalogue as a policy is given it.

use ssbtx_core::{AgencyId, Bilingual, Catalogue, Dataset, Element, Encoding, Kind, Scope, ValueType};

use crate::bindings::policy::exports::ssbtx::catalogue::types as wire;

/// A catalogue in the contract's words, which are the catalogue's own.
pub(super) struct Listed<'c> {
    agency: AgencyId,
    version: &'c str,
    encoding: wire::Encoding,
    elements: Vec<wire::Element<'c>>,
    datasets: Vec<wire::Dataset<'c>>,
}

impl<'c> Listed<'c> {
    pub(super) fn new(catalogue: &'c Catalogue) -> Self {
        let elements = catalogue.elements().iter().map(element).collect();
        let datasets = catalogue.datasets().iter().map(dataset).collect();
        let encoding = match catalogue.encoding() {
            Encoding::Xml => wire::Encoding::Xml,
            Encoding::Json => wire::Encoding::Json,
        };
        Self { agency: catalogue.agency(), version: catalogue.version(), encoding, elements, datasets }
    }

    pub(super) fn to_wire(&self) -> wire::AgencyCatalogue<'_> {
        wire::AgencyCatalogue {
            agency: self.agency.as_str(),
            version: self.version,
            encoding: self.encoding,
            elements: &self.elements,
            datasets: &self.datasets,
        }
    }
}

fn element(element: &Element) -> wire::Element<'_> {
    wire::Element {
        parent: element.parent.map(|parent| parent.0),
        name: &element.name,
        namespace: &element.namespace,
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
            Scope::Dataset(dataset) => wire::Scope::Dataset(dataset.as_str()),
        },
        label: bilingual(&element.label),
        help: bilingual(&element.help),
        marks_protection: element.marks_protection,
    }
}

fn dataset(dataset: &Dataset) -> wire::Dataset<'_> {
    wire::Dataset {
        id: dataset.id.as_str(),
        discloser: dataset.discloser.as_str(),
        label: bilingual(&dataset.label),
        help: bilingual(&dataset.help),
    }
}

fn bilingual(text: &Bilingual) -> wire::BilingualParam<'_> {
    wire::BilingualParam { sv: &text.sv, en: &text.en }
}
