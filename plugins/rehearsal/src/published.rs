//! What an agency has published of its base service.

use ssbtx_adapter_kit::bindings::exports::ssbtx::catalogue::types::{AgencyCatalogue, Element, Kind, ValueType};
use ssbtx_published::{Contracts, Declaration, DocumentType, compare};

use crate::catalogue::path;

/// What one agency has published of its base service, and where.
#[derive(Clone, Copy, Debug)]
pub struct Published {
    /// The base service's id, such as `AF`.
    pub agency: &'static str,
    /// The path that questions are posted to.
    pub path: &'static str,
    /// The schema's file, below the folder `ssbtek-v10` of the published interface files. What it imports is followed.
    pub schema: &'static str,
    /// The name of the global element that is an answer.
    pub answer: &'static str,
}

impl Published {
    /// The type of answers.
    pub(crate) fn answer(&self) -> DocumentType {
        DocumentType { file: self.schema, name: self.answer }
    }
}

/// Compares a catalogue with a published type of documents: every element and attribute, in order, with its kind, type, occurrence and namespace, and
/// nothing else but what is agreed to be in excess, one line an element, as [`Declaration`] writes it.
///
/// Where this machine has no published schemas that is printed, and the test shows nothing.
///
/// # Panics
///
/// At the first difference, and says which: an element that the catalogue lacks, tells otherwise, has in excess, or has in another place.
#[track_caller]
pub fn assert_covers(catalogue: &AgencyCatalogue, document_type: &DocumentType, agreed_excess: &[&str]) {
    let Some(contracts) = Contracts::find() else { return };
    let published = contracts.schema(document_type).declarations();
    if let Err(difference) = compare(&published, &declarations(&catalogue.elements), agreed_excess) {
        panic!("{difference}");
    }
}

fn declarations(elements: &[Element]) -> Vec<Declaration> {
    elements.iter().map(|element| declaration(elements, element)).collect()
}

fn declaration(elements: &[Element], element: &Element) -> Declaration {
    use ssbtx_published::{Kind as Declared, ValueType as Meaning};
    let path = match element.parent {
        Some(_) => path(elements, element),
        None => format!("/{}", element.name),
    };
    Declaration {
        path,
        namespace: element.namespace.clone(),
        kind: match element.kind {
            Kind::Object => Declared::Object,
            Kind::List => Declared::List,
            Kind::Scalar => Declared::Scalar,
            Kind::Attribute => Declared::Attribute,
        },
        value_type: match element.value_type {
            ValueType::None => None,
            ValueType::Text => Some(Meaning::Text),
            ValueType::Integer => Some(Meaning::Integer),
            ValueType::Decimal => Some(Meaning::Decimal),
            ValueType::Boolean => Some(Meaning::Boolean),
            ValueType::Date => Some(Meaning::Date),
            ValueType::DateTime => Some(Meaning::DateTime),
        },
        required: element.required,
        repeats: element.repeats,
    }
}
