//! What every schema is written with.

use ssbtx_core::{Bilingual, Element, ValueType};

use super::markup::{element, empty};
use crate::soap_v10::xml::{DECLARATION, Writer};

/// The namespace of XML Schema.
pub(super) const NAMESPACE: &str = "http://www.w3.org/2001/XMLSchema";

/// How often an element occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Occurs {
    /// Once.
    Once,
    /// At most once.
    AtMostOnce,
    /// At least once.
    AtLeastOnce,
    /// Any number of times.
    Freely,
}

impl Occurs {
    /// As a catalogue says it.
    pub(super) fn of(element: &Element) -> Self {
        match (element.required, element.repeats) {
            (true, false) => Self::Once,
            (false, false) => Self::AtMostOnce,
            (true, true) => Self::AtLeastOnce,
            (false, true) => Self::Freely,
        }
    }

    /// The attributes that say so.
    pub(super) fn attributes(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Once => &[],
            Self::AtMostOnce => &[("minOccurs", "0")],
            Self::AtLeastOnce => &[("maxOccurs", "unbounded")],
            Self::Freely => &[("minOccurs", "0"), ("maxOccurs", "unbounded")],
        }
    }
}

/// Writes a schema whose local elements are qualified.
pub(super) fn schema(namespace: &str, prefixes: &[(&str, &str)], content: impl FnOnce(&mut Writer)) -> String {
    let mut out = Writer::default();
    out.append(DECLARATION);
    out.start("xsd:schema");
    out.attribute("xmlns:xsd", NAMESPACE);
    for (prefix, namespace) in prefixes {
        out.attribute(&format!("xmlns:{prefix}"), namespace);
    }
    out.attribute("targetNamespace", namespace);
    out.attribute("elementFormDefault", "qualified");
    out.started();
    content(&mut out);
    out.close("xsd:schema");
    out.finish()
}

/// Writes where the schema of a namespace is found.
pub(super) fn import(out: &mut Writer, namespace: &str, schema: &str) {
    empty(out, "xsd:import", &[("namespace", namespace), ("schemaLocation", &location(schema))]);
}

/// Where a schema is found, seen from the contract or another schema.
///
/// It resolves to this front's address over HTTP, and to a file of that very name where the contract was saved: whoever fetched all parts with
/// a client that names files after addresses can validate without any of them being touched.
pub(super) fn location(schema: &str) -> String {
    format!("v10?xsd={schema}")
}

/// Writes what something means, in both languages.
pub(super) fn annotation(out: &mut Writer, sv: &str, en: &str) {
    element(out, "xsd:annotation", &[], |out| {
        for (language, text) in [("sv", sv), ("en", en)] {
            element(out, "xsd:documentation", &[("xml:lang", language)], |out| out.text(text));
        }
    });
}

/// Writes what a catalogue says of an element: what it is called, and how it is read right.
pub(super) fn meaning(out: &mut Writer, label: &Bilingual, help: &Bilingual) {
    let told = |label: &str, help: &str| if help.is_empty() { label.to_owned() } else { format!("{label}. {help}") };
    annotation(out, &told(&label.sv, &help.sv), &told(&label.en, &help.en));
}

/// The type of a value.
///
/// Formats of codes and lengths are not said: a catalogue does not have them, and the agencies do not keep to them.
pub(super) fn value(value_type: ValueType) -> &'static str {
    match value_type {
        ValueType::None | ValueType::Text => "xsd:string",
        ValueType::Integer => "xsd:integer",
        ValueType::Decimal => "xsd:decimal",
        ValueType::Boolean => "xsd:boolean",
        ValueType::Date => "xsd:date",
        ValueType::DateTime => "xsd:dateTime",
    }
}
