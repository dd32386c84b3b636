//! The rules of `ssbtx:catalogue@1.0.0` for names, texts and numbers, and for a catalogue as a whole.

use std::collections::HashSet;

use crate::catalogue::{Element, Scope};
use crate::fault::{ElementProblem, Fault};
use crate::file::{Bilingual, CatalogueFile, Dataset, Kind};
use crate::place::Place;

/// The most elements that a catalogue can have.
pub(crate) const MAX_ELEMENTS: usize = 8_192;

pub(crate) fn check_head(file: &CatalogueFile) -> Result<(), Fault> {
    check_agency("agency", &file.agency)?;
    let numbers = file.version.split('.').filter(|part| part.parse::<u32>().is_ok()).count();
    if numbers != 3 || file.version.split('.').count() != 3 {
        return Err(shape("version", &file.version, "three numbers such as `1.0.0`"));
    }
    at_most("datasets", file.dataset.len(), 256)
}

pub(crate) fn check_datasets(datasets: &[Dataset]) -> Result<(), Fault> {
    let mut names = HashSet::new();
    for dataset in datasets {
        let id = &dataset.id;
        let lower = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if !(1..=64).contains(&id.len()) || !id.chars().all(lower) {
            return Err(shape("dataset", id, "1 to 64 characters `a` to `z`, `0` to `9` and `-`"));
        }
        if !names.insert(id) {
            return Err(Fault::Twice(Place::Catalogue(id.clone())));
        }
        check_agency("discloser", &dataset.discloser)?;
        check_texts(&Place::Catalogue(id.clone()), &dataset.label, &dataset.help)?;
    }
    Ok(())
}

fn check_agency(what: &'static str, id: &str) -> Result<(), Fault> {
    let upper = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    if (1..=8).contains(&id.len()) && id.chars().all(upper) {
        return Ok(());
    }
    Err(shape(what, id, "1 to 8 characters `A` to `Z` and `0` to `9`"))
}

pub(crate) fn check_texts(owner: &Place, label: &Bilingual, help: &Bilingual) -> Result<(), Fault> {
    for (text, content) in [
        ("Swedish label", &label.sv),
        ("English label", &label.en),
        ("Swedish help", &help.sv),
        ("English help", &help.en),
    ] {
        let length = content.trim().len();
        if !(1..=4_096).contains(&length) {
            return Err(Fault::Text { owner: owner.clone(), text, length });
        }
    }
    Ok(())
}

pub(crate) fn check_name(what: &'static str, name: &str) -> Result<(), Fault> {
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    if (1..=128).contains(&name.len()) && name.chars().all(allowed) {
        return Ok(());
    }
    Err(shape(what, name, "1 to 128 bytes of letters, digits, `_`, `-` and `.`"))
}

pub(crate) fn check_use(elements: &[Element], datasets: &[Dataset]) -> Result<(), Fault> {
    for dataset in datasets {
        if !elements.iter().any(|element| element.scope == Scope::Dataset(dataset.id.clone())) {
            return Err(Fault::UnusedDataset(dataset.id.clone()));
        }
    }
    for element in elements {
        if element.kind == Kind::List && element.children.len() != 1 {
            let place = Place::Catalogue(element.path.clone());
            return Err(Fault::Element { place, problem: ElementProblem::List });
        }
    }
    Ok(())
}

fn shape(what: &'static str, found: &str, expected: &'static str) -> Fault {
    Fault::Shape { what, found: found.to_owned(), expected }
}

pub(crate) fn at_most(what: &'static str, found: usize, most: usize) -> Result<(), Fault> {
    if found <= most { Ok(()) } else { Err(Fault::TooMany { what, found, most }) }
}
