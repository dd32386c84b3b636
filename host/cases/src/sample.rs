//! A small catalogue for this crate's tests.

use std::sync::Arc;

use ssbtx_core::{
    AgencyId, Bilingual, Catalogue, CatalogueSource, Dataset, Element, ElementId, Encoding, Kind, Scope, ValueType,
    without_identity_numbers,
};

/// A catalogue that nothing is to be said about: two datasets, `arende` and `datum`, side by side below the root.
pub(crate) fn source() -> CatalogueSource {
    let scalar = |name: &str, scope: &str| Element {
        scope: Scope::Dataset(scope.parse().unwrap()),
        ..element(0, name, Kind::Scalar)
    };
    let dataset =
        |id: &str| Dataset { id: id.parse().unwrap(), discloser: AgencyId::MIV, label: label(id), help: help(id) };
    CatalogueSource {
        agency: AgencyId::MIV,
        version: "1.0.0".to_owned(),
        encoding: Encoding::Xml,
        elements: vec![root(), scalar("arendetyp", "arende"), scalar("beslutsdag", "datum")],
        datasets: vec![dataset("arende"), dataset("datum")],
    }
}

pub(crate) fn root() -> Element {
    Element { parent: None, required: true, ..element(0, "svar", Kind::Object) }
}

/// A technical element, optional, that occurs once.
pub(crate) fn element(parent: u16, name: &str, kind: Kind) -> Element {
    Element {
        parent: Some(ElementId(parent)),
        name: name.to_owned(),
        namespace: String::new(),
        kind,
        value_type: if kind.holds_value() { ValueType::Text } else { ValueType::None },
        required: false,
        repeats: false,
        scope: Scope::Technical,
        label: label(name),
        help: help(name),
        marks_protection: false,
    }
}

pub(crate) fn parse(source: CatalogueSource) -> Arc<Catalogue> {
    Arc::new(Catalogue::parse(source).unwrap())
}

fn label(name: &str) -> Bilingual {
    Bilingual { sv: format!("{name} (sv)"), en: format!("{name} (en)") }
}

fn help(name: &str) -> Bilingual {
    Bilingual { sv: format!("Vad {name} betyder."), en: format!("What {name} means.") }
}

/// A number with a date and a check digit that is no published test number, made here so that it stands nowhere.
pub(crate) fn identity_number_of_nobody() -> String {
    let candidates = (0..10).map(|digit| format!("20260101000{digit}"));
    candidates.into_iter().find(|number| without_identity_numbers(number) != *number).unwrap()
}
