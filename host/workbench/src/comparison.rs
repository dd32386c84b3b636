//! What one catalogue changes against another.

use std::collections::BTreeMap;

use serde::Serialize;
use ssbtx_core::{Bilingual, Catalogue, Dataset, Element, Encoding, Kind, Scope, ValueType};

/// One difference between two catalogues.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What changed.
    pub kind: ChangeKind,
    /// Where: an element's path, a dataset's name, or empty for the root and the whole catalogue.
    pub place: String,
    /// What the old catalogue says, empty for what it does not have.
    pub old: String,
    /// What the new catalogue says, empty for what it does not have.
    pub new: String,
}

/// What changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// The agency, which makes it another catalogue altogether.
    Agency,
    /// The encoding.
    Encoding,
    /// The catalogue's version.
    Version,
    /// A dataset that was not there.
    DatasetAdded,
    /// A dataset that is there no more.
    DatasetRemoved,
    /// Whose data a dataset is.
    Discloser,
    /// An element that was not there.
    ElementAdded,
    /// An element that is there no more.
    ElementRemoved,
    /// The dataset that an element is in.
    Moved,
    /// How an element is built, or the name or namespace that it is written with.
    Form,
    /// What an element's value means.
    Type,
    /// Whether the schema demands it.
    Required,
    /// Whether it may occur more than once.
    Repeats,
    /// Whether it says that the person's identity is protected.
    ProtectionMark,
    /// What a caseworker calls it.
    Label,
    /// What a caseworker must know of it.
    Help,
}

impl ChangeKind {
    /// The stable name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Agency => "agency",
            Self::Encoding => "encoding",
            Self::Version => "version",
            Self::DatasetAdded => "dataset-added",
            Self::DatasetRemoved => "dataset-removed",
            Self::Discloser => "discloser",
            Self::ElementAdded => "element-added",
            Self::ElementRemoved => "element-removed",
            Self::Moved => "moved",
            Self::Form => "form",
            Self::Type => "type",
            Self::Required => "required",
            Self::Repeats => "repeats",
            Self::ProtectionMark => "protection-mark",
            Self::Label => "label",
            Self::Help => "help",
        }
    }
}

/// Everything that a catalogue changes against an older one: what holds for the whole of it, then datasets, then elements by path.
///
/// An element is known by its path, so one that is renamed is removed and added. The order of elements is not compared.
pub fn compare(old: &Catalogue, new: &Catalogue) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut note = |kind, place: &str, old: String, new: String| {
        if old != new {
            changes.push(Change { kind, place: place.to_owned(), old, new });
        }
    };
    note(ChangeKind::Agency, "", old.agency().to_string(), new.agency().to_string());
    note(ChangeKind::Encoding, "", encoding(old), encoding(new));
    note(ChangeKind::Version, "", old.version().to_owned(), new.version().to_owned());
    for (place, pair) in pairs(datasets(old), datasets(new)) {
        compare_datasets(&place, pair, &mut note);
    }
    for ((place, _), pair) in pairs(elements(old), elements(new)) {
        compare_elements(&place, pair, &mut note);
    }
    changes
}

type Pair<T> = (Option<T>, Option<T>);

fn compare_datasets(place: &str, pair: Pair<&Dataset>, note: &mut impl FnMut(ChangeKind, &str, String, String)) {
    let (old, new) = match pair {
        (Some(old), Some(new)) => (old, new),
        (None, Some(new)) => return note(ChangeKind::DatasetAdded, place, String::new(), new.label.sv.clone()),
        (Some(old), None) => return note(ChangeKind::DatasetRemoved, place, old.label.sv.clone(), String::new()),
        (None, None) => return,
    };
    note(ChangeKind::Discloser, place, old.discloser.to_string(), new.discloser.to_string());
    note(ChangeKind::Label, place, both(&old.label), both(&new.label));
    note(ChangeKind::Help, place, both(&old.help), both(&new.help));
}

fn compare_elements(place: &str, pair: Pair<&Element>, note: &mut impl FnMut(ChangeKind, &str, String, String)) {
    let (old, new) = match pair {
        (Some(old), Some(new)) => (old, new),
        (None, Some(new)) => return note(ChangeKind::ElementAdded, place, String::new(), scope(new)),
        (Some(old), None) => return note(ChangeKind::ElementRemoved, place, scope(old), String::new()),
        (None, None) => return,
    };
    note(ChangeKind::Moved, place, scope(old), scope(new));
    note(ChangeKind::Form, place, form(old), form(new));
    note(ChangeKind::Type, place, value_type(old), value_type(new));
    note(ChangeKind::Required, place, old.required.to_string(), new.required.to_string());
    note(ChangeKind::Repeats, place, old.repeats.to_string(), new.repeats.to_string());
    note(ChangeKind::ProtectionMark, place, old.marks_protection.to_string(), new.marks_protection.to_string());
    note(ChangeKind::Label, place, both(&old.label), both(&new.label));
    note(ChangeKind::Help, place, both(&old.help), both(&new.help));
}

fn datasets(catalogue: &Catalogue) -> BTreeMap<String, &Dataset> {
    catalogue.datasets().iter().map(|dataset| (dataset.id.as_str().to_owned(), dataset)).collect()
}

/// Elements by path; in JSON a list may have the path of an object.
fn elements(catalogue: &Catalogue) -> BTreeMap<(String, bool), &Element> {
    // The list itself, and its `item`, which an object of the same name may have as well.
    let in_list = |element: &Element| {
        element.kind == Kind::List
            || element
                .parent
                .and_then(|parent| catalogue.element(parent))
                .is_some_and(|parent| parent.kind == Kind::List)
    };
    catalogue.iter().map(|(id, element)| ((catalogue.path(id), in_list(element)), element)).collect()
}

fn pairs<K: Ord, T: Copy>(old: BTreeMap<K, T>, new: BTreeMap<K, T>) -> BTreeMap<K, Pair<T>> {
    let mut pairs: BTreeMap<K, Pair<T>> = old.into_iter().map(|(key, value)| (key, (Some(value), None))).collect();
    for (key, value) in new {
        pairs.entry(key).or_default().1 = Some(value);
    }
    pairs
}

fn scope(element: &Element) -> String {
    match &element.scope {
        Scope::Technical => "technical".to_owned(),
        Scope::Dataset(dataset) => dataset.as_str().to_owned(),
    }
}

fn form(element: &Element) -> String {
    let kind = match element.kind {
        Kind::Object => "object",
        Kind::List => "list",
        Kind::Scalar => "scalar",
        Kind::Attribute => "attribute",
    };
    format!("{kind} `{}` in namespace `{}`", element.name, element.namespace)
}

fn value_type(element: &Element) -> String {
    let name = match element.value_type {
        ValueType::None => "none",
        ValueType::Text => "text",
        ValueType::Integer => "integer",
        ValueType::Decimal => "decimal",
        ValueType::Boolean => "boolean",
        ValueType::Date => "date",
        ValueType::DateTime => "date-time",
    };
    name.to_owned()
}

fn encoding(catalogue: &Catalogue) -> String {
    let name = match catalogue.encoding() {
        Encoding::Xml => "xml",
        Encoding::Json => "json",
    };
    name.to_owned()
}

fn both(text: &Bilingual) -> String {
    format!("{} / {}", text.sv, text.en)
}

#[cfg(test)]
mod tests;
