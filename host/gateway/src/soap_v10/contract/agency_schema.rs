//! An agency's schemas, written from its catalogue: one for each namespace, the root's first.
//!
//! Wildcards that the agency's own schema may have are not described: what the catalogue does not list never passes. Every element may be
//! `xsi:nil`, since a catalogue does not say which may and values are carried as the agency wrote them.

mod layout;

use ssbtx_core::{Catalogue, Element, ElementId, Kind};

use super::markup::{element, empty};
use super::schemas::schema_name;
use super::xsd::{Occurs, import, meaning, schema, value};
use crate::soap_v10::xml::Writer;
use layout::{Global, Layout, Schema, is_foreign};

/// Writes the schemas of a catalogue whose root has a type of this name in this namespace.
pub(super) fn write(catalogue: &Catalogue, type_name: &str, namespace: &str) -> Vec<String> {
    let layout = Layout::of(catalogue, type_name, namespace);
    let write = |schema| Description { catalogue, layout: &layout, schema }.write();
    layout.schemas().iter().map(write).collect()
}

/// One schema, being written.
#[derive(Clone, Copy)]
struct Description<'l> {
    catalogue: &'l Catalogue,
    layout: &'l Layout<'l>,
    schema: &'l Schema<'l>,
}

/// How an element of a schema is declared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Declared {
    /// Within a type.
    Locally,
    /// For itself, so that a type in another namespace can refer to it.
    Globally,
}

impl Description<'_> {
    fn write(self) -> String {
        let prefixes: Vec<_> = self
            .layout
            .schemas()
            .iter()
            .map(|schema| (self.layout.prefix(schema.namespace), schema.namespace))
            .collect();
        let declared: Vec<_> = prefixes
            .iter()
            .filter(|(prefix, _)| prefix != layout::XML_PREFIX)
            .map(|(prefix, namespace)| (prefix.as_str(), *namespace))
            .collect();
        schema(self.schema.namespace, &declared, |out| {
            for (position, other) in self.layout.schemas().iter().enumerate() {
                if self.schema.imports.contains(other.namespace) {
                    import(out, other.namespace, &schema_name(self.catalogue.agency(), position));
                }
            }
            for global in &self.schema.globals {
                self.global(out, *global);
            }
            for (name, id) in &self.schema.types {
                if let Some(described) = self.catalogue.element(*id) {
                    self.complex_type(out, *id, described, Some(name));
                }
            }
        })
    }

    fn global(self, out: &mut Writer, global: Global) {
        let (id, is_ambiguous) = match global {
            Global::Declared(id) => (id, false),
            Global::Anything(id) => (id, true),
        };
        match self.catalogue.element(id) {
            None => {}
            Some(described) if described.kind == Kind::Attribute => {
                let of = if is_ambiguous { "xsd:anySimpleType" } else { value(described.value_type) };
                empty(out, "xsd:attribute", &[("name", &described.name), ("type", of)]);
            }
            Some(described) if is_ambiguous => {
                empty(out, "xsd:element", &[("name", &described.name), ("type", "xsd:anyType"), NILLABLE]);
            }
            Some(described) => self.element(out, id, described, Declared::Globally),
        }
    }

    /// Declares an element of this schema's namespace or of none.
    fn element(self, out: &mut Writer, id: ElementId, described: &Element, declared: Declared) {
        let named = self.layout.type_name(id);
        let mut attributes = vec![("name", described.name.as_str())];
        if let Some(name) = &named {
            attributes.push(("type", name));
        } else if described.kind == Kind::Scalar && !self.layout.has_attributes(id) {
            attributes.push(("type", value(described.value_type)));
        }
        attributes.push(NILLABLE);
        if declared == Declared::Locally {
            attributes.extend(Occurs::of(described).attributes());
            if described.namespace != self.schema.namespace {
                attributes.push(("form", "unqualified"));
            }
        }
        element(out, "xsd:element", &attributes, |out| {
            meaning(out, &described.label, &described.help);
            if named.is_none() && (described.kind != Kind::Scalar || self.layout.has_attributes(id)) {
                self.complex_type(out, id, described, None);
            }
        });
    }

    fn complex_type(self, out: &mut Writer, id: ElementId, described: &Element, name: Option<&str>) {
        let named: Vec<_> = name.map(|name| ("name", name)).into_iter().collect();
        element(out, "xsd:complexType", &named, |out| {
            if name.is_some() {
                meaning(out, &described.label, &described.help);
            }
            if described.kind == Kind::Scalar {
                element(out, "xsd:simpleContent", &[], |out| {
                    element(out, "xsd:extension", &[("base", value(described.value_type))], |out| {
                        self.attributes(out, id);
                    });
                });
            } else {
                element(out, "xsd:sequence", &[], |out| {
                    for (child, described) in self.layout.elements(id) {
                        if is_foreign(described, self.schema.namespace) {
                            self.reference(out, described);
                        } else {
                            self.element(out, child, described, Declared::Locally);
                        }
                    }
                });
                self.attributes(out, id);
            }
        });
    }

    fn attributes(self, out: &mut Writer, id: ElementId) {
        for described in self.layout.attributes(id) {
            let qualified = format!("{}:{}", self.layout.prefix(&described.namespace), described.name);
            let mut attributes = if described.namespace.is_empty() {
                vec![("name", described.name.as_str()), ("type", value(described.value_type))]
            } else {
                vec![("ref", qualified.as_str())]
            };
            if described.required {
                attributes.push(("use", "required"));
            }
            element(out, "xsd:attribute", &attributes, |out| meaning(out, &described.label, &described.help));
        }
    }

    /// Refers to an element of another namespace.
    fn reference(self, out: &mut Writer, described: &Element) {
        let qualified = format!("{}:{}", self.layout.prefix(&described.namespace), described.name);
        let mut attributes = vec![("ref", qualified.as_str())];
        attributes.extend(Occurs::of(described).attributes());
        element(out, "xsd:element", &attributes, |out| meaning(out, &described.label, &described.help));
    }
}

const NILLABLE: (&str, &str) = ("nillable", "true");
