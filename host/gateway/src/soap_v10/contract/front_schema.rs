//! The schema of SSBTEK's own namespace: types, names, order and occurrence as published, the words about them our own.

mod answer;
mod question;

use super::markup::{element, empty};
use super::xsd::{Occurs, annotation, import, schema};
use crate::soap_v10::envelope::NAMESPACE;
use crate::soap_v10::xml::Writer;

/// Writes the schema. An import is a prefix, its namespace and the schema's name.
pub(super) fn write(imports: &[(&str, String, String)]) -> String {
    let mut prefixes = vec![("ssbt", NAMESPACE)];
    prefixes.extend(imports.iter().map(|(prefix, namespace, _)| (*prefix, namespace.as_str())));
    schema(NAMESPACE, &prefixes, |out| {
        for (_, namespace, name) in imports {
            import(out, namespace, name);
        }
        question::write(out);
        answer::write(out);
        for (name, of) in ELEMENTS {
            empty(out, "xsd:element", &[("name", name), ("type", of)]);
        }
    })
}

/// A type whose content is elements, one after the other.
struct Type {
    name: &'static str,
    says: Note,
    fields: &'static [Field],
    attribute: Attribute,
}

/// The attribute of a type.
#[derive(Clone, Copy)]
enum Attribute {
    /// It has none.
    None,
    /// `inkludera`, which must be there.
    Inkludera,
}

/// An element of a type.
struct Field {
    name: &'static str,
    of: &'static str,
    occurs: Occurs,
    /// What it means; empty where its name or type says it.
    says: Note,
}

/// What something means, in Swedish and English.
#[derive(Clone, Copy)]
struct Note(&'static str, &'static str);

impl Type {
    const fn new(name: &'static str, says: Note, fields: &'static [Field]) -> Self {
        Self { name, says, fields, attribute: Attribute::None }
    }

    /// A base service's block in the question.
    const fn block(name: &'static str, says: Note, fields: &'static [Field]) -> Self {
        Self { name, says, fields, attribute: Attribute::Inkludera }
    }

    fn write(&self, out: &mut Writer) {
        element(out, "xsd:complexType", &[("name", self.name)], |out| {
            self.says.write(out);
            element(out, "xsd:sequence", &[], |out| {
                for field in self.fields {
                    field.write(out);
                }
            });
            match self.attribute {
                Attribute::None => {}
                Attribute::Inkludera => {
                    let attributes = [("name", "inkludera"), ("type", "xsd:boolean"), ("use", "required")];
                    empty(out, "xsd:attribute", &attributes);
                }
            }
        });
    }
}

impl Field {
    const fn new(name: &'static str, of: &'static str, occurs: Occurs, says: Note) -> Self {
        Self { name, of, occurs, says }
    }

    fn write(&self, out: &mut Writer) {
        let mut attributes = vec![("name", self.name), ("type", self.of)];
        attributes.extend(self.occurs.attributes());
        element(out, "xsd:element", &attributes, |out| self.says.write(out));
    }
}

impl Note {
    const EMPTY: Self = Self("", "");

    fn write(self, out: &mut Writer) {
        if !self.0.is_empty() {
            annotation(out, self.0, self.1);
        }
    }
}

/// The elements that messages hold.
const ELEMENTS: [(&str, &str); 6] = [
    ("hamtaBastjanstInformation", "ssbt:SammansattBastjanstFraga"),
    ("hamtaBastjanstInformationResponse", "ssbt:SammansattBastjanstSvar"),
    ("hamtaBastjanstInformationFault", "ssbt:BastjanstInformationFault"),
    ("testaBastjanstInformation", "ssbt:SammansattBastjanstTestFraga"),
    ("testaBastjanstInformationResponse", "ssbt:SammansattBastjanstTestSvar"),
    ("testaBastjanstInformationFault", "ssbt:BastjanstInformationFault"),
];
