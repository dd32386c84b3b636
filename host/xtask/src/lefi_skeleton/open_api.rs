//! The part of an OpenAPI file that says how answers are built.

use std::fmt;
use std::marker::PhantomData;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use ssbtx_catalogue_source::{Kind, ValueType};

/// An OpenAPI file.
#[derive(Deserialize)]
pub struct OpenApi {
    components: Components,
}

#[derive(Deserialize)]
struct Components {
    schemas: Ordered<Schema>,
}

/// A schema: of an object, a list or a value, or the name of one.
#[derive(Deserialize)]
pub struct Schema {
    #[serde(rename = "$ref")]
    reference: Option<String>,
    #[serde(rename = "type")]
    type_name: Option<String>,
    format: Option<String>,
    items: Option<Box<Schema>>,
    #[serde(default)]
    properties: Ordered<Schema>,
    #[serde(default)]
    required: Vec<String>,
    /// What the file says of it, in Swedish.
    #[serde(default)]
    pub description: String,
}

/// What an element of a schema must be in a catalogue.
#[derive(Debug, PartialEq, Eq)]
pub struct Shape<'a> {
    /// How it is built.
    pub kind: Kind,
    /// What its value, or each value in its list, means.
    pub value_type: Option<ValueType>,
    /// The name of the schema of the object, or of each object in the list.
    pub of: Option<&'a str>,
}

impl OpenApi {
    /// The schema of this name.
    pub fn schema(&self, name: &str) -> Result<&Schema> {
        let found = self.components.schemas.0.iter().find(|(known, _)| known == name);
        found.map(|(_, schema)| schema).with_context(|| format!("find schema `{name}`"))
    }

    /// The names of all schemas, in the order of the file.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.components.schemas.0.iter().map(|(name, _)| name.as_str())
    }

    /// What a property must be.
    pub fn shape<'a>(&'a self, property: &'a Schema) -> Result<Shape<'a>> {
        if let Some(reference) = &property.reference {
            let name = reference.rsplit('/').next().unwrap_or_default();
            let target = self.schema(name)?;
            return match target.type_name.as_deref() {
                Some("object") => Ok(Shape { kind: Kind::Object, value_type: None, of: Some(name) }),
                _ => self.shape(target),
            };
        }
        match (property.type_name.as_deref(), &property.items) {
            (Some("array"), Some(items)) => Ok(Shape { kind: Kind::List, ..self.shape(items)? }),
            (Some(name), _) => {
                let value_type = Some(value_type(name, property.format.as_deref())?);
                Ok(Shape { kind: Kind::Scalar, value_type, of: None })
            }
            (None, _) => bail!("a schema has neither a type nor a reference"),
        }
    }
}

impl Schema {
    /// Its properties, in the order of the file.
    pub fn properties(&self) -> &[(String, Schema)] {
        &self.properties.0
    }

    /// Whether a property must be there.
    pub fn requires(&self, property: &str) -> bool {
        self.required.iter().any(|name| name == property)
    }
}

fn value_type(name: &str, format: Option<&str>) -> Result<ValueType> {
    Ok(match (name, format) {
        ("integer", _) => ValueType::Integer,
        ("number", _) => ValueType::Decimal,
        ("boolean", _) => ValueType::Boolean,
        ("string", Some("date")) => ValueType::Date,
        ("string", Some("date-time")) => ValueType::DateTime,
        ("string", _) => ValueType::Text,
        _ => bail!("type `{name}` is none that a catalogue has"),
    })
}

/// A mapping in the order of the file.
struct Ordered<T>(Vec<(String, T)>);

impl<T> Default for Ordered<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Ordered<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Entries(PhantomData))
    }
}

struct Entries<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Entries<T> {
    type Value = Ordered<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a mapping")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Ordered<T>, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Ordered(entries))
    }
}
