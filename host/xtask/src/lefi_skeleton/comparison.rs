//! A catalogue held against a schema, element by element.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use ssbtx_catalogue_source::{Catalogue, Element, Kind};

use super::open_api::{OpenApi, Shape};

/// What a catalogue lacks, has in excess and says otherwise.
#[derive(Debug, Default)]
pub struct Comparison {
    /// For each schema whose objects the catalogue has, the properties that it lacks there.
    pub lacking: BTreeMap<String, BTreeSet<String>>,
    /// The schemas that something lacking is of and that nothing in the catalogue is of.
    pub unknown: BTreeSet<String>,
    /// Paths in the catalogue that the schema does not have.
    pub excess: BTreeSet<String>,
    /// Paths in the catalogue whose type or necessity is not the schema's.
    pub different: BTreeSet<String>,
}

impl Comparison {
    /// Compares a catalogue with the schema that its root is of.
    pub fn of(catalogue: &Catalogue, open_api: &OpenApi, root: &str) -> Result<Self> {
        let mut walk = Walk { catalogue, open_api, known: BTreeSet::new(), result: Self::default() };
        let element = catalogue.elements.first().context("find the catalogue's root")?;
        walk.object(element, root)?;
        let mut result = walk.result;
        let lacking: Vec<(String, String)> = result
            .lacking
            .iter()
            .flat_map(|(schema, properties)| properties.iter().map(|property| (schema.clone(), property.clone())))
            .collect();
        for (schema, property) in lacking {
            result.add_unknown(open_api, &walk.known, &schema, Some(&property))?;
        }
        Ok(result)
    }

    /// Whether catalogue and schema agree.
    pub fn is_equal(&self) -> bool {
        self.lacking.is_empty() && self.excess.is_empty() && self.different.is_empty()
    }

    /// Adds what one or all properties of a schema are of, and what that is made of.
    fn add_unknown(
        &mut self,
        open_api: &OpenApi,
        known: &BTreeSet<String>,
        schema: &str,
        only: Option<&str>,
    ) -> Result<()> {
        for (name, property) in open_api.schema(schema)?.properties() {
            if only.is_none_or(|only| only == name)
                && let Some(of) = open_api.shape(property)?.of
                && !known.contains(of)
                && self.unknown.insert(of.to_owned())
            {
                self.add_unknown(open_api, known, of, None)?;
            }
        }
        Ok(())
    }
}

struct Walk<'a> {
    catalogue: &'a Catalogue,
    open_api: &'a OpenApi,
    known: BTreeSet<String>,
    result: Comparison,
}

impl<'a> Walk<'a> {
    fn object(&mut self, element: &'a Element, schema_name: &str) -> Result<()> {
        self.known.insert(schema_name.to_owned());
        let schema = self.open_api.schema(schema_name)?;
        let mut rest = self.children(element);
        for (name, property) in schema.properties() {
            let shape = self.open_api.shape(property)?;
            let Some(position) = rest.iter().position(|child| child.name == *name && child.kind == shape.kind) else {
                self.result.lacking.entry(schema_name.to_owned()).or_default().insert(name.clone());
                continue;
            };
            let child = rest.remove(position);
            self.property(child, &shape, schema.requires(name))?;
            // A list beside an object of its name is that object where there is nothing, as agencies write it: `[]`.
            rest.retain(|other| other.name != *name || shape.kind != Kind::Object || other.kind != Kind::List);
        }
        self.result.excess.extend(rest.iter().map(|child| child.path.clone()));
        Ok(())
    }

    fn property(&mut self, element: &'a Element, shape: &Shape<'_>, required: bool) -> Result<()> {
        let content = if shape.kind == Kind::List { self.children(element).into_iter().next() } else { Some(element) };
        let value_type = content.and_then(|content| content.value_type);
        if value_type != shape.value_type || element.required != required {
            self.result.different.insert(element.path.clone());
        }
        match (shape.of, content) {
            (Some(of), Some(content)) => self.object(content, of),
            _ => Ok(()),
        }
    }

    fn children(&self, element: &Element) -> Vec<&'a Element> {
        let catalogue = self.catalogue;
        element.children.iter().filter_map(|&id| catalogue.elements.get(usize::from(id))).collect()
    }
}
