//! A grant as the agency that signs it reads it.

use std::collections::BTreeSet;

use ssbtx_core::{ElementId, Grant, GrantEntry, Scope};

use crate::elements::{gather, holds_data};
use crate::report::text::say;
use crate::subject::Listed;
use crate::words::{self, visible};

/// Writes what a grant lets through for a terminal: Swedish with English beside it.
///
/// Elements are named by their labels where a catalogue lists them. Containers hold no data of their own and are counted.
pub fn grant_as_text(grant: &Grant, listed: &[Listed]) -> String {
    let mut text = String::new();
    let (agency, role) = (words::agency(grant.agency()), grant.role());
    say(&mut text, &format!("Medgivande: {agency} låter rollen {role} se"));
    say(&mut text, &format!("Grant: what {agency} lets the role {role} see"));
    for entry in grant.entries() {
        let Some(basis) = grant.bases().iter().find(|basis| basis.id == entry.basis) else { continue };
        say(&mut text, &visible(&format!("\nLagstöd · basis: {}", words::granted_basis(basis))));
        let (swedish, english) = (words::granted_when(entry), words::granted_when_in_english(entry));
        say(&mut text, &visible(&format!("När · when: {swedish} · {english}")));
        elements(&mut text, entry, listed);
    }
    if grant.entries().is_empty() {
        say(&mut text, "\nIngenting · nothing");
    }
    text
}

fn elements(text: &mut String, entry: &GrantEntry, listed: &[Listed]) {
    let mut containers = 0;
    let mut unlisted: BTreeSet<&str> = entry.elements.iter().map(String::as_str).collect();
    for catalogue in listed.iter().map(|listed| listed.catalogue.as_ref()) {
        let named = |id: ElementId| format!("{}/{}", catalogue.agency(), catalogue.path(id));
        for dataset in catalogue.datasets() {
            let mut chosen = BTreeSet::new();
            for (id, element) in catalogue.iter() {
                let is_of = matches!(&element.scope, Scope::Dataset(of) if *of == dataset.id);
                let name = if is_of { named(id) } else { continue };
                if !entry.elements.contains(&name) {
                    continue;
                }
                unlisted.remove(name.as_str());
                if holds_data(element) {
                    chosen.insert(id);
                } else {
                    containers += 1;
                }
            }
            if chosen.is_empty() {
                continue;
            }
            let label = format!("{} · {}", dataset.label.sv, dataset.label.en);
            say(text, &visible(&format!("- {}/{}: {label}", catalogue.agency(), dataset.id)));
            for line in gather(catalogue, dataset, &chosen) {
                say(text, &visible(&format!("    {}", words::gathered(&line).replace('\n', "\n      "))));
            }
        }
    }
    if containers > 0 {
        let count = words::number(containers);
        say(
            text,
            &format!("  Dessutom {count} behållare utan eget värde · besides, containers without a value: {count}"),
        );
    }
    for element in unlisted {
        say(text, &visible(&format!("- {element} (finns inte i någon katalog · in no catalogue)")));
    }
}
