//! What people are told.

use ssbtx_core::{Bilingual, Catalogue, Kind, Scope};

use crate::finding::Finding;

/// What the labels and help texts of elements and datasets leave to be wished for.
pub(super) fn findings(catalogue: &Catalogue) -> Vec<Finding> {
    let elements = catalogue.iter().flat_map(|(id, element)| {
        let needs_help = element.kind.holds_value() && element.scope != Scope::Technical;
        // An `item` repeats what its list says.
        let is_item = element.parent.and_then(|parent| catalogue.element(parent)).is_some_and(|p| p.kind == Kind::List);
        of(&catalogue.path(id), &element.label, &element.help, needs_help && !is_item)
    });
    let datasets =
        catalogue.datasets().iter().flat_map(|dataset| of(dataset.id.as_str(), &dataset.label, &dataset.help, true));
    elements.chain(datasets).collect()
}

fn of(place: &str, label: &Bilingual, help: &Bilingual, needs_help: bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (language, label, help) in [("Swedish", &label.sv, &help.sv), ("English", &label.en, &help.en)] {
        if help.trim().is_empty() {
            if needs_help {
                findings.push(Finding::fault("help-missing", place, format!("there is no help in {language}")));
            }
        } else if plain(help) == plain(label) {
            let text = format!("the help in {language} says what the label says and nothing more");
            findings.push(Finding::warning("help-repeats-label", place, text));
        }
    }
    if !help.sv.trim().is_empty() && plain(&help.sv) == plain(&help.en) {
        findings.push(Finding::warning("help-not-translated", place, "the help is the same in both languages"));
    }
    findings
}

/// The letters and digits of a text, which is what it says.
fn plain(text: &str) -> String {
    text.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
