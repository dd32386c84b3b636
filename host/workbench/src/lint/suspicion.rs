//! Technical elements that are named as data of a person is.

use ssbtx_core::{Catalogue, Scope};

use crate::finding::Finding;

/// Technical elements with a value whose name, or label in Swedish, has a word that data of a person has.
///
/// No policy decides about a technical element, so a person's data called technical would reach every role. What this does not find: such data
/// under a name that says nothing.
pub(super) fn findings(catalogue: &Catalogue) -> Vec<Finding> {
    let finding = |(id, element): (ssbtx_core::ElementId, &ssbtx_core::Element)| {
        if element.scope != Scope::Technical || !element.kind.holds_value() {
            return None;
        }
        let names = [element.name.to_lowercase(), element.label.sv.to_lowercase()];
        let word = WORDS.into_iter().find(|word| names.iter().any(|name| name.contains(word)))?;
        let text = format!("is technical, so that no policy decides about it, and its name or label holds `{word}`");
        Some(Finding::warning("suspicious-technical-element", catalogue.path(id), text))
    };
    catalogue.iter().filter_map(finding).collect()
}

/// Words of names and labels, in lower case and both with and without å, ä and ö.
const WORDS: [&str; 17] = [
    "personnummer",
    "personnr",
    "samordningsnummer",
    "personid",
    "identitet",
    "namn",
    "adress",
    "telefon",
    "epost",
    "e-post",
    "födelse",
    "fodelse",
    "belopp",
    "civilstånd",
    "civilstand",
    "sekretess",
    "skyddad",
];
