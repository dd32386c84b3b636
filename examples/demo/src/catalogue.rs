//! A catalogue, as `GET /v1/catalogues/{agency}` gives it.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde::Deserialize;

/// What a base service can disclose, with Swedish labels and help.
pub struct Catalogue {
    /// The base service.
    pub agency: String,
    /// The datasets, in the order in which a reader meets them.
    pub datasets: Vec<Dataset>,
    elements: BTreeMap<String, Element>,
    order: Vec<String>,
    children: BTreeMap<String, Vec<String>>,
}

/// Elements that belong together.
#[derive(Deserialize)]
pub struct Dataset {
    /// Its id.
    pub id: String,
    /// Whose data it is.
    pub discloser: String,
    /// What a caseworker calls it.
    pub label: Text,
}

/// One element of the document.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Element {
    /// The names on the way to it, below the root.
    pub path: String,
    /// What it is made of.
    pub kind: Kind,
    /// The type of its value; none where it has no value of its own.
    #[serde(rename = "type")]
    pub value_type: Option<ValueType>,
    /// What it belongs to; none where it is technical.
    pub dataset: Option<String>,
    /// What a caseworker calls it.
    pub label: Text,
    /// What it means.
    pub help: Text,
    /// Whether it marks a protected identity.
    pub marks_protection: bool,
}

/// What an element is made of.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Named members.
    Object,
    /// Items, each under the name `item` in a path.
    List,
    /// One value.
    Scalar,
    /// One value, of an attribute.
    Attribute,
}

/// The type of a value.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValueType {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Decimal,
    /// True or false.
    Boolean,
    /// A day.
    Date,
    /// A moment.
    DateTime,
}

/// A text; the demo reads the Swedish one.
#[derive(Deserialize)]
pub struct Text {
    /// In Swedish.
    pub sv: String,
}

/// The resource as it is written.
#[derive(Deserialize)]
struct CatalogueBody {
    agency: String,
    datasets: Vec<Dataset>,
    elements: Vec<Element>,
}

impl Catalogue {
    /// Reads the resource's text.
    pub fn read(json: &str) -> Result<Self> {
        let body: CatalogueBody = serde_json::from_str(json).context("read a catalogue")?;
        let order: Vec<String> = body.elements.iter().map(|element| element.path.clone()).collect();
        let mut children: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for path in &order {
            if let Some((above, name)) = path.rsplit_once('/') {
                children.entry(above.to_owned()).or_default().push(name.to_owned());
            }
        }
        // Two siblings may share a name where one is an object and the other a list; nothing of that kind is shown.
        let elements = body.elements.into_iter().map(|element| (element.path.clone(), element)).collect();
        Ok(Self { agency: body.agency, datasets: body.datasets, elements, order, children })
    }

    /// The element at a path.
    pub fn element(&self, path: &str) -> Option<&Element> {
        self.elements.get(path)
    }

    /// Every element, in the catalogue's order.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.order.iter().filter_map(|path| self.elements.get(path))
    }

    /// The names directly below a path.
    pub fn children(&self, path: &str) -> &[String] {
        self.children.get(path).map(Vec::as_slice).unwrap_or_default()
    }

    /// A dataset and its place among the catalogue's datasets.
    pub fn dataset(&self, id: &str) -> Option<(usize, &Dataset)> {
        self.datasets.iter().enumerate().find(|(_, dataset)| dataset.id == id)
    }

    /// The agency whose data an element is; none where it is technical.
    pub fn discloser(&self, element: &Element) -> Option<&str> {
        let (_, dataset) = self.dataset(element.dataset.as_deref()?)?;
        Some(&dataset.discloser)
    }
}
