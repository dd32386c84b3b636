//! `GET /v1/catalogues`: what the agencies can disclose, for those who build forms and help texts.

use serde::Serialize;
use ssbtx_core::{Bilingual, Catalogue, Dataset, Element, ElementId, Encoding, Kind, Scope, ValueType};

/// All catalogues, in brief.
#[derive(Serialize)]
pub(super) struct CatalogueList<'a> {
    catalogues: Vec<Brief<'a>>,
}

/// One catalogue, in brief.
#[derive(Serialize)]
struct Brief<'a> {
    agency: String,
    version: &'a str,
    encoding: &'static str,
    sha256: String,
    disclosers: Vec<String>,
    elements: usize,
}

/// One catalogue, whole.
#[derive(Serialize)]
pub(super) struct WholeCatalogue<'a> {
    agency: String,
    version: &'a str,
    encoding: &'static str,
    sha256: String,
    datasets: Vec<DatasetBody<'a>>,
    elements: Vec<ElementBody<'a>>,
}

#[derive(Serialize)]
struct DatasetBody<'a> {
    id: &'a str,
    discloser: &'a str,
    label: Text<'a>,
    help: Text<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ElementBody<'a> {
    path: String,
    namespace: &'a str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    r#type: Option<&'static str>,
    required: bool,
    repeats: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    dataset: Option<&'a str>,
    label: Text<'a>,
    help: Text<'a>,
    marks_protection: bool,
}

/// A text in both languages.
#[derive(Serialize)]
pub(super) struct Text<'a> {
    sv: &'a str,
    en: &'a str,
}

impl<'a> CatalogueList<'a> {
    pub(super) fn of(catalogues: impl Iterator<Item = &'a Catalogue>) -> Self {
        let brief = |catalogue: &'a Catalogue| Brief {
            agency: catalogue.agency().to_string(),
            version: catalogue.version(),
            encoding: encoding(catalogue.encoding()),
            sha256: catalogue.digest().to_string(),
            disclosers: catalogue.disclosers().iter().map(ToString::to_string).collect(),
            elements: catalogue.elements().len(),
        };
        Self { catalogues: catalogues.map(brief).collect() }
    }
}

impl<'a> WholeCatalogue<'a> {
    pub(super) fn of(catalogue: &'a Catalogue) -> Self {
        Self {
            agency: catalogue.agency().to_string(),
            version: catalogue.version(),
            encoding: encoding(catalogue.encoding()),
            sha256: catalogue.digest().to_string(),
            datasets: catalogue.datasets().iter().map(DatasetBody::of).collect(),
            elements: catalogue.iter().map(|(id, element)| ElementBody::of(catalogue, id, element)).collect(),
        }
    }
}

impl<'a> DatasetBody<'a> {
    fn of(dataset: &'a Dataset) -> Self {
        Self {
            id: dataset.id.as_str(),
            discloser: dataset.discloser.as_str(),
            label: Text::of(&dataset.label),
            help: Text::of(&dataset.help),
        }
    }
}

impl<'a> ElementBody<'a> {
    fn of(catalogue: &Catalogue, id: ElementId, element: &'a Element) -> Self {
        Self {
            path: catalogue.path(id),
            namespace: &element.namespace,
            kind: kind(element.kind),
            r#type: value_type(element.value_type),
            required: element.required,
            repeats: element.repeats,
            dataset: match &element.scope {
                Scope::Technical => None,
                Scope::Dataset(dataset) => Some(dataset.as_str()),
            },
            label: Text::of(&element.label),
            help: Text::of(&element.help),
            marks_protection: element.marks_protection,
        }
    }
}

impl<'a> Text<'a> {
    pub(super) fn of(text: &'a Bilingual) -> Self {
        Self { sv: &text.sv, en: &text.en }
    }
}

fn encoding(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Xml => "xml",
        Encoding::Json => "json",
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Object => "object",
        Kind::List => "list",
        Kind::Scalar => "scalar",
        Kind::Attribute => "attribute",
    }
}

fn value_type(value_type: ValueType) -> Option<&'static str> {
    match value_type {
        ValueType::None => None,
        ValueType::Text => Some("text"),
        ValueType::Integer => Some("integer"),
        ValueType::Decimal => Some("decimal"),
        ValueType::Boolean => Some("boolean"),
        ValueType::Date => Some("date"),
        ValueType::DateTime => Some("date-time"),
    }
}
