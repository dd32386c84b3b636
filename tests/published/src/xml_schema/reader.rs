//! From the documents of a schema to the tree of one global element.

use roxmltree::{Document, Node as Xml};

use super::{XS, simple};
use crate::model::{Kind, Node, Occurs, Particle};

/// Reads the declarations of a schema in one or more documents.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a, 'i> {
    documents: &'a [Document<'i>],
}

impl<'a, 'i> Reader<'a, 'i> {
    pub(super) fn new(documents: &'a [Document<'i>]) -> Self {
        Self { documents }
    }

    /// The tree of a global element of this document.
    pub(super) fn root(self, document: &'a Document<'i>, name: &str) -> Node {
        let namespace = target_namespace(document.root_element());
        let Some(element) = self.global("element", namespace, name) else {
            panic!("the schema has no element `{name}`")
        };
        self.holder(element, Node::new(String::new(), name, namespace, Kind::Scalar))
    }

    /// The global declaration of this kind and name.
    pub(super) fn global(self, kind: &str, namespace: &str, name: &str) -> Option<Xml<'a, 'i>> {
        let schemas = self.documents.iter().map(Document::root_element);
        schemas
            .filter(|schema| target_namespace(*schema) == namespace)
            .flat_map(|schema| schema.children())
            .find(|node| node.has_tag_name((XS, kind)) && node.attribute("name") == Some(name))
    }

    /// The global declaration that a qualified name in this place refers to.
    pub(super) fn referred(self, kind: &str, place: Xml<'a, 'i>, name: &str) -> Option<Xml<'a, 'i>> {
        let (prefix, local) = name.split_once(':').map_or((None, name), |(prefix, local)| (Some(prefix), local));
        self.global(kind, place.lookup_namespace_uri(prefix).unwrap_or_default(), local)
    }

    fn holder(self, declared: Xml<'a, 'i>, mut node: Node) -> Node {
        node.nillable = declared.attribute("nillable") == Some("true");
        match self.complex_type(declared) {
            Some(content) => {
                node.kind = Kind::Object;
                node.members = self.members(content, &node);
            }
            None => node.value = Some(simple::value(self, declared)),
        }
        node
    }

    fn complex_type(self, declared: Xml<'a, 'i>) -> Option<Xml<'a, 'i>> {
        match declared.attribute("type") {
            Some(name) => self.referred("complexType", declared, name),
            None => declared.children().find(|node| node.has_tag_name((XS, "complexType"))),
        }
    }

    fn members(self, content: Xml<'a, 'i>, holder: &Node) -> Vec<Particle> {
        // A schema has attributes after the elements, a document before them.
        let attributes = content.children().filter(|node| node.has_tag_name((XS, "attribute")));
        let mut members: Vec<Particle> = attributes.map(|declared| self.attribute(declared, holder)).collect();
        for declared in content.children().filter(Xml::is_element) {
            match declared.tag_name().name() {
                "attribute" | "anyAttribute" | "annotation" => {}
                // A sequence that occurs once is its parts.
                "sequence" if occurs(declared) == Occurs::once(true) => {
                    members.extend(self.particles(declared, holder));
                }
                "sequence" => members.push(self.particle(declared, holder)),
                other => panic!("`{other}` in a complex type is more of XML Schema than is understood here"),
            }
        }
        members
    }

    fn particles(self, sequence: Xml<'a, 'i>, holder: &Node) -> Vec<Particle> {
        let parts = sequence.children().filter(|node| node.is_element() && !node.has_tag_name((XS, "annotation")));
        parts.map(|declared| self.particle(declared, holder)).collect()
    }

    fn particle(self, declared: Xml<'a, 'i>, holder: &Node) -> Particle {
        match declared.tag_name().name() {
            "element" => {
                let element = declared.attribute("ref").map_or(declared, |name| self.global_element(declared, name));
                let name = named(element);
                let schema = element.document().root_element();
                let qualified = element != declared || schema.attribute("elementFormDefault") == Some("qualified");
                let namespace = if qualified { target_namespace(schema) } else { "" };
                let node = Node::new(holder.path_below(name), name, namespace, Kind::Scalar);
                Particle::One(Box::new(self.holder(element, node)), occurs(declared))
            }
            "sequence" => Particle::Sequence(self.particles(declared, holder), occurs(declared)),
            "any" => Particle::Any,
            other => panic!("`{other}` in a sequence is more of XML Schema than is understood here"),
        }
    }

    fn global_element(self, place: Xml<'a, 'i>, name: &str) -> Xml<'a, 'i> {
        self.referred("element", place, name).unwrap_or_else(|| panic!("the schema has no element `{name}`"))
    }

    fn attribute(self, declared: Xml<'a, 'i>, holder: &Node) -> Particle {
        let name = named(declared);
        let mut node = Node::new(holder.path_below(&format!("@{name}")), name, "", Kind::Attribute);
        node.value = Some(simple::value(self, declared));
        Particle::One(Box::new(node), Occurs::once(declared.attribute("use") == Some("required")))
    }
}

fn occurs(declared: Xml<'_, '_>) -> Occurs {
    let number = |text: &str| text.parse().unwrap_or_else(|_| panic!("`{text}` is no number of occurrences"));
    Occurs {
        min: declared.attribute("minOccurs").map_or(1, number),
        max: match declared.attribute("maxOccurs") {
            Some("unbounded") => None,
            max => Some(max.map_or(1, number)),
        },
    }
}

fn target_namespace<'a>(schema: Xml<'a, '_>) -> &'a str {
    schema.attribute("targetNamespace").unwrap_or_default()
}

fn named<'a>(declared: Xml<'a, '_>) -> &'a str {
    declared.attribute("name").unwrap_or_else(|| panic!("a declaration without a name is more than is understood here"))
}
