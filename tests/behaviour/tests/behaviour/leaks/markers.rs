//! Markers in the place of everything that an agency has written about a person.

use serde_json::{Value, json};
use ssbtx_base_services::Agency;

/// An agency's document with a marker of its own in every field, but what decides how it is read; and the markers.
pub(crate) fn marked(agency: Agency, payload: &str) -> (String, Vec<String>) {
    let mut markers = Markers { agency, made: Vec::new() };
    let marked = match agency {
        Agency::Fk => markers.in_json(payload),
        _ => markers.in_xml(payload),
    };
    assert!(!markers.made.is_empty(), "{agency} has nothing to mark");
    (marked, markers.made)
}

struct Markers {
    agency: Agency,
    made: Vec<String>,
}

impl Markers {
    /// Another marker, as text.
    fn text(&mut self) -> String {
        let marker = format!("zq{}{}qz", self.agency, self.made.len());
        self.made.push(marker.clone());
        marker
    }

    /// Another marker, as a number that is nothing else.
    fn number(&mut self) -> u64 {
        let marker = 602_214_076_000_000 + u64::try_from(self.made.len()).unwrap();
        self.made.push(marker.to_string());
        marker
    }

    fn in_xml(&mut self, payload: &str) -> String {
        let document = roxmltree::Document::parse(payload).unwrap();
        let texts = document
            .descendants()
            .filter(|node| node.is_text() && !node.text().unwrap_or_default().trim().is_empty())
            .filter(|node| !DECISIVE.contains(&node.parent_element().unwrap().tag_name().name()))
            .map(|node| node.range());
        let attributes = document
            .descendants()
            .flat_map(|node| node.attributes())
            .filter(|attribute| MARKED_ATTRIBUTES.contains(&attribute.name()))
            .map(|attribute| attribute.range_value());
        let mut ranges: Vec<_> = texts.chain(attributes).collect();
        ranges.sort_by_key(|range| range.start);
        let mut text = payload.to_owned();
        for range in ranges.into_iter().rev() {
            text.replace_range(range, &self.text());
        }
        text
    }

    fn in_json(&mut self, payload: &str) -> String {
        let mut document: Value = serde_json::from_str(payload).unwrap();
        for (name, value) in document.as_object_mut().unwrap() {
            if !DECISIVE.contains(&name.as_str()) {
                self.in_value(value);
            }
        }
        // What arbetsmarknad may see of it, whoever the person is.
        document["formansinformation"]["programjobdagar"] = json!([{ "antalForbrukade": self.number() }]);
        document.to_string()
    }

    fn in_value(&mut self, value: &mut Value) {
        match value {
            Value::Object(members) => members.values_mut().for_each(|value| self.in_value(value)),
            Value::Array(items) => items.iter_mut().for_each(|item| self.in_value(item)),
            Value::String(text) => *text = self.text(),
            Value::Number(_) => *value = self.number().into(),
            Value::Bool(_) | Value::Null => {}
        }
    }
}

/// The elements and members whose content decides how the document is read.
const DECISIVE: [&str; 7] = [
    "StatusSokandeinformationKod",
    "Sekretessmarkering",
    "StatusSvarandeOrganisation",
    "ResultatKod",
    "resultat",
    "utlamnare",
    "avvikelser",
];
/// The attributes that hold what is about a person and does not decide how the document is read.
const MARKED_ATTRIBUTES: [&str; 2] = ["personnummer", "sekel"];
