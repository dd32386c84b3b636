//! An OpenAPI file as it is written: a keyword of a schema that is not known here is refused, since it could change what is meant.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};

/// The file.
#[derive(Deserialize)]
pub(super) struct File {
    pub(super) components: Components,
}

/// Its reusable parts.
#[derive(Deserialize)]
pub(super) struct Components {
    pub(super) schemas: BTreeMap<String, Source>,
}

/// One schema.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Source {
    #[serde(rename = "$ref")]
    pub(super) reference: Option<String>,
    #[serde(rename = "type")]
    pub(super) type_name: Option<String>,
    pub(super) format: Option<String>,
    #[serde(default)]
    pub(super) properties: Ordered<Source>,
    #[serde(default)]
    pub(super) required: Vec<String>,
    pub(super) items: Option<Box<Source>>,
    #[serde(default)]
    pub(super) min_items: usize,
    pub(super) max_items: Option<usize>,
    #[serde(default)]
    pub(super) unique_items: bool,
    #[serde(rename = "enum", default)]
    pub(super) enumeration: Vec<serde_json::Value>,
    pub(super) pattern: Option<String>,
    #[serde(default)]
    pub(super) min_length: usize,
    pub(super) max_length: Option<usize>,
    pub(super) minimum: Option<f64>,
    pub(super) maximum: Option<f64>,
    #[serde(default, rename = "description")]
    _description: Option<IgnoredAny>,
    #[serde(default, rename = "x-enum-varnames")]
    _names_of_values: Option<IgnoredAny>,
}

/// A mapping in the order of the file.
pub(super) struct Ordered<T>(pub(super) Vec<(String, T)>);

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

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Ordered(entries))
    }
}
