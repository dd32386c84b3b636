//! A catalogue as text, for snapshots that a reviewer reads.

use ssbtx_adapter_kit::bindings::exports::ssbtx::catalogue::types::{AgencyCatalogue, Element, Kind, Scope};

/// One line for each dataset: its name, its discloser and the names of its elements.
pub fn datasets(catalogue: &AgencyCatalogue) -> String {
    let lines = catalogue.datasets.iter().map(|dataset| {
        let is_in = |element: &&Element| matches!(&element.scope, Scope::Dataset(id) if *id == dataset.id);
        let names: Vec<&str> = catalogue.elements.iter().filter(is_in).map(|element| element.name.as_str()).collect();
        format!("{} ({}): {}", dataset.id, dataset.discloser, names.join(" "))
    });
    lines.collect::<Vec<String>>().join("\n")
}

/// One line for each value that no policy decides about: its path.
///
/// Whoever reviews a catalogue sees here that nothing about the person is called technical.
pub fn technical(catalogue: &AgencyCatalogue) -> String {
    let holds_value = |element: &Element| matches!(element.kind, Kind::Scalar | Kind::Attribute);
    paths(catalogue, |element| holds_value(element) && matches!(element.scope, Scope::Technical))
}

/// One line for each element whose `true` says that the person's identity is protected: its path.
pub fn marks(catalogue: &AgencyCatalogue) -> String {
    paths(catalogue, |element| element.marks_protection)
}

/// The path of an element: names from below the root, joined by `/`, an attribute's with `@`; empty for the root.
pub fn path(elements: &[Element], element: &Element) -> String {
    let Some(parent) = element.parent else { return String::new() };
    let mark = if element.kind == Kind::Attribute { "@" } else { "" };
    let name = format!("{mark}{}", element.name);
    match elements.get(usize::from(parent)) {
        Some(holder) if holder.parent.is_some() => format!("{}/{name}", path(elements, holder)),
        _ => name,
    }
}

fn paths(catalogue: &AgencyCatalogue, chosen: impl Fn(&Element) -> bool) -> String {
    let chosen = catalogue.elements.iter().filter(|element| chosen(element));
    chosen.map(|element| path(&catalogue.elements, element)).collect::<Vec<String>>().join("\n")
}
