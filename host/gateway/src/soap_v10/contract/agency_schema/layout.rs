//! Which schema describes what: a schema describes one namespace, and a document may have several.
//!
//! An element whose children are all of another namespace than its own has a named type there; whatever else stands in another namespace is
//! declared there for itself and referred to. All other types are written where they are used.

use std::collections::{BTreeSet, HashMap};

use ssbtx_core::{Catalogue, Element, ElementId, Kind};

/// The prefix that is bound without a declaration.
pub(super) const XML_PREFIX: &str = "xml";

/// What describes a whole catalogue.
pub(super) struct Layout<'c> {
    catalogue: &'c Catalogue,
    children: HashMap<ElementId, Vec<ElementId>>,
    schemas: Vec<Schema<'c>>,
    names: HashMap<ElementId, String>,
}

/// What one schema holds.
pub(super) struct Schema<'c> {
    /// The namespace that it describes.
    pub(super) namespace: &'c str,
    /// The namespaces that it refers to.
    pub(super) imports: BTreeSet<&'c str>,
    /// What is declared for itself.
    pub(super) globals: Vec<Global>,
    /// The named types, each with the element that it is the type of.
    pub(super) types: Vec<(String, ElementId)>,
}

/// An element or attribute that is declared for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Global {
    /// As the catalogue has it.
    Declared(ElementId),
    /// By its name alone: the catalogue has it in several places with different content, and a schema can declare it but once.
    Anything(ElementId),
}

impl<'c> Layout<'c> {
    /// Lays out a catalogue whose root has a type of this name in this namespace.
    pub(super) fn of(catalogue: &'c Catalogue, type_name: &str, namespace: &'c str) -> Self {
        let mut children: HashMap<ElementId, Vec<ElementId>> = HashMap::new();
        for (id, element) in catalogue.iter() {
            if let Some(parent) = element.parent {
                children.entry(parent).or_default().push(id);
            }
        }
        let mut layout = Self { catalogue, children, schemas: Vec::new(), names: HashMap::new() };
        layout.name(ElementId::ROOT, namespace, type_name);
        layout.change(namespace, |schema| schema.globals.push(Global::Declared(ElementId::ROOT)));
        layout.walk(ElementId::ROOT, namespace);
        layout
    }

    /// Every schema, the root's first.
    pub(super) fn schemas(&self) -> &[Schema<'c>] {
        &self.schemas
    }

    /// The prefix that every schema has for a namespace.
    pub(super) fn prefix(&self, namespace: &str) -> String {
        if namespace == XML_NAMESPACE {
            return XML_PREFIX.to_owned();
        }
        let position = self.schemas.iter().position(|schema| schema.namespace == namespace).unwrap_or_default();
        format!("n{}", position + 1)
    }

    /// The type of an element that has a named one, with its prefix.
    pub(super) fn type_name(&self, id: ElementId) -> Option<String> {
        self.names.get(&id).cloned()
    }

    /// The elements in an element, in order.
    pub(super) fn elements(&self, id: ElementId) -> impl Iterator<Item = (ElementId, &'c Element)> {
        self.children_of(id).filter(|(_, element)| element.kind != Kind::Attribute)
    }

    /// The attributes of an element.
    pub(super) fn attributes(&self, id: ElementId) -> impl Iterator<Item = &'c Element> {
        self.children_of(id).filter(|(_, element)| element.kind == Kind::Attribute).map(|(_, element)| element)
    }

    /// Whether an element has attributes.
    pub(super) fn has_attributes(&self, id: ElementId) -> bool {
        self.attributes(id).next().is_some()
    }

    fn children_of(&self, id: ElementId) -> impl Iterator<Item = (ElementId, &'c Element)> {
        let catalogue = self.catalogue;
        let children = self.children.get(&id).map(Vec::as_slice).unwrap_or_default();
        children.iter().filter_map(move |child| Some((*child, catalogue.element(*child)?)))
    }

    /// Places everything below an element whose type is in this namespace. A catalogue is at most 32 levels deep.
    fn walk(&mut self, id: ElementId, namespace: &'c str) {
        for (child, element) in self.children_of(id).collect::<Vec<_>>() {
            let is_attribute = element.kind == Kind::Attribute;
            // A local attribute has no namespace: one that has a namespace is always referred to.
            let stands_alone =
                if is_attribute { !element.namespace.is_empty() } else { is_foreign(element, namespace) };
            let here = if stands_alone { element.namespace.as_str() } else { namespace };
            if stands_alone {
                self.refer(namespace, here);
                if !self.declare(child, here) {
                    continue;
                }
            }
            let home = self.home(child, here);
            if home != here {
                let name = self.free_type_name(child, element, home);
                self.name(child, home, &name);
                self.refer(here, home);
            }
            self.walk(child, home);
        }
    }

    /// The namespace that an element's type is in: its surroundings', unless all that it holds is of others.
    fn home(&self, id: ElementId, here: &'c str) -> &'c str {
        let mut others = None;
        for (_, element) in self.elements(id) {
            let namespace = element.namespace.as_str();
            if namespace == here || namespace.is_empty() {
                return here;
            }
            others = others.or(Some(namespace));
        }
        others.unwrap_or(here)
    }

    /// Declares an element or attribute for itself, and says whether that is the first time.
    fn declare(&mut self, id: ElementId, namespace: &'c str) -> bool {
        let known = self.schemas.iter().find(|schema| schema.namespace == namespace).and_then(|schema| {
            schema.globals.iter().map(|global| global.id()).find(|known| self.share_a_name(*known, id))
        });
        let Some(known) = known else {
            self.change(namespace, |schema| schema.globals.push(Global::Declared(id)));
            return true;
        };
        if !self.share_a_plain_type(known, id) {
            self.change(namespace, |schema| {
                for global in schema.globals.iter_mut().filter(|global| global.id() == known) {
                    *global = Global::Anything(known);
                }
            });
        }
        false
    }

    fn share_a_name(&self, one: ElementId, other: ElementId) -> bool {
        let named = |id| self.catalogue.element(id).map(|element| (&element.name, element.kind == Kind::Attribute));
        named(one) == named(other)
    }

    /// Whether both hold a value of the same type and nothing else.
    fn share_a_plain_type(&self, one: ElementId, other: ElementId) -> bool {
        let plain = |id| {
            let element = self.catalogue.element(id).filter(|element| element.kind.holds_value())?;
            (!self.has_attributes(id)).then_some(element.value_type)
        };
        plain(one).is_some() && plain(one) == plain(other)
    }

    /// The element's name, or where a type of the namespace has it already, the path to the element.
    fn free_type_name(&self, id: ElementId, element: &Element, namespace: &str) -> String {
        let path = self.catalogue.path(id).replace('/', ".");
        let numbered = format!("{path}.{}", id.index());
        let is_free = |name: &String| !self.schemas.iter().any(|schema| schema.has_type(namespace, name));
        [element.name.clone(), path].into_iter().find(is_free).unwrap_or(numbered)
    }

    fn refer(&mut self, from: &'c str, to: &'c str) {
        self.change(to, |_| {});
        if from != to {
            self.change(from, |schema| {
                schema.imports.insert(to);
            });
        }
    }

    fn name(&mut self, id: ElementId, namespace: &'c str, name: &str) {
        self.change(namespace, |schema| schema.types.push((name.to_owned(), id)));
        let qualified = format!("{}:{name}", self.prefix(namespace));
        self.names.insert(id, qualified);
    }

    /// Changes the schema of a namespace, which is there from then on.
    fn change(&mut self, namespace: &'c str, change: impl FnOnce(&mut Schema<'c>)) {
        if !self.schemas.iter().any(|schema| schema.namespace == namespace) {
            self.schemas.push(Schema { namespace, imports: BTreeSet::new(), globals: Vec::new(), types: Vec::new() });
        }
        if let Some(schema) = self.schemas.iter_mut().find(|schema| schema.namespace == namespace) {
            change(schema);
        }
    }
}

impl Schema<'_> {
    fn has_type(&self, namespace: &str, name: &str) -> bool {
        self.namespace == namespace && self.types.iter().any(|(known, _)| known == name)
    }
}

impl Global {
    fn id(self) -> ElementId {
        match self {
            Self::Declared(id) | Self::Anything(id) => id,
        }
    }
}

/// Whether an element in a type of this namespace has to be referred to.
pub(super) fn is_foreign(element: &Element, namespace: &str) -> bool {
    !element.namespace.is_empty() && element.namespace != namespace
}

const XML_NAMESPACE: &str = "http://www.w3.org/XML/1998/namespace";
