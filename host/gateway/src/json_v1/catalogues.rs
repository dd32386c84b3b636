//! `GET /v1/catalogues`: what the agencies can disclose, for those who build forms and help texts.

use serde::Serialize;
use ssbtx_core::{Bilingual, Catalogue, Dataset, Element, ElementId, Encoding, Kind, Scope, ValueType};
use utoipa::ToSchema;

use super::openapi::words;

/// What every loaded adapter's agency can disclose, in brief.
#[derive(Serialize, ToSchema)]
pub(super) struct CatalogueList<'a> {
    catalogues: Vec<Brief<'a>>,
}

/// One catalogue, in brief.
#[derive(Serialize, ToSchema)]
#[schema(as = CatalogueInBrief)]
struct Brief<'a> {
    /// The base service.
    #[schema(schema_with = words::base_service)]
    agency: String,
    version: &'a str,
    /// What the agency answers in.
    #[schema(schema_with = words::encoding)]
    encoding: &'static str,
    /// The digest of the catalogue.
    #[schema(schema_with = words::sha256)]
    sha256: String,
    /// The agencies whose data it is.
    #[schema(schema_with = words::agencies)]
    disclosers: Vec<String>,
    /// How many elements it has.
    elements: usize,
}

/// What an agency can disclose: its datasets, and every element of its documents.
#[derive(Serialize, ToSchema)]
#[schema(as = Catalogue)]
pub(super) struct WholeCatalogue<'a> {
    /// The base service.
    #[schema(schema_with = words::base_service)]
    agency: String,
    version: &'a str,
    /// What the agency answers in.
    #[schema(schema_with = words::encoding)]
    encoding: &'static str,
    /// The digest of the catalogue.
    #[schema(schema_with = words::sha256)]
    sha256: String,
    datasets: Vec<DatasetBody<'a>>,
    /// In the order of the agency's documents, each after what it lies in.
    elements: Vec<ElementBody<'a>>,
}

/// A set of elements (informationsmängd) that is asked for, granted and withheld as one.
#[derive(Serialize, ToSchema)]
#[schema(as = Dataset)]
struct DatasetBody<'a> {
    id: &'a str,
    /// The agency whose data it is.
    #[schema(schema_with = words::agency)]
    discloser: &'a str,
    label: Text<'a>,
    help: Text<'a>,
}

/// An element (uppgift) of an agency's documents.
#[derive(Serialize, ToSchema)]
#[schema(as = Element)]
#[serde(rename_all = "camelCase")]
struct ElementBody<'a> {
    /// Its path below the root; empty for the root itself.
    path: String,
    /// Its XML namespace; empty without one.
    namespace: &'a str,
    #[schema(schema_with = words::kind)]
    kind: &'static str,
    /// The type of its value, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(schema_with = words::value_type)]
    r#type: Option<&'static str>,
    /// Whether the agency's schema demands it where what it lies in is.
    required: bool,
    /// Whether it may be there more than once.
    repeats: bool,
    /// The dataset that it belongs to; absent where it is technical and no data about a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    dataset: Option<&'a str>,
    label: Text<'a>,
    help: Text<'a>,
    /// Whether it tells that a person's identity is protected.
    marks_protection: bool,
}

/// A text in both languages.
#[derive(Serialize, ToSchema)]
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

/// What an agency answers in, in a word.
pub(super) fn encoding(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Xml => "xml",
        Encoding::Json => "json",
    }
}

/// What an element is, in a word.
pub(super) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Object => "object",
        Kind::List => "list",
        Kind::Scalar => "scalar",
        Kind::Attribute => "attribute",
    }
}

/// The type of a value, in a word.
pub(super) fn value_type(value_type: ValueType) -> Option<&'static str> {
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
