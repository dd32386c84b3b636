//! The description: what can be asked for, opened and withheld.

use ssbtx_adapter_arbetsformedlingen::Arbetsformedlingen;
use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Guest, PingStep};
use ssbtx_adapter_kit::bindings::exports::ssbtx::catalogue::types::{Kind, Scope};

#[test]
fn every_dataset_holds_exactly_these_elements() {
    let catalogue = Arbetsformedlingen::describe().catalogue;
    let mut lines = Vec::new();
    for dataset in &catalogue.datasets {
        let names: Vec<&str> = catalogue
            .elements
            .iter()
            .filter(|element| matches!(&element.scope, Scope::Dataset(id) if *id == dataset.id))
            .map(|element| element.name.as_str())
            .collect();
        lines.push(format!("{} ({}): {}", dataset.id, dataset.discloser, names.join(" ")));
    }
    insta::assert_snapshot!(lines.join("\n"), @r"
    identitet (AF): IdentitetsbeteckningFysiskPerson IdentitetsbeteckningFysiskPerson Fornamn Efternamn
    sekretessmarkering (AF): Sekretessmarkering
    inskrivning (AF): Arbetssokande ArbetssokandeRegistrerad ArbetssokandeAvaktualiserad
    sokandekategori (AF): ArbetssokandeSKAT
    omfattning (AF): ArbetssokandeOmfattning
    aktivitetsrapport (AF): AktivetetsRapportDatum AktivitetsRapportMeddelande SenasteAktivitetsRapportDatum
    beslut (AF): BeslutInfo EkonomiskaBeslut Beslut ErsattningTyp Omfattning BeslutFrom BeslutTom
    a-kassa (AF): Akassetillhorighet
    ");
}

#[test]
fn the_root_is_element_0_and_every_other_element_follows_its_parent() {
    let catalogue = Arbetsformedlingen::describe().catalogue;
    assert_eq!(catalogue.elements[0].name, "SvarMeddelande");
    assert_eq!(catalogue.elements[0].kind, Kind::Object);
    assert_eq!(catalogue.elements[0].parent, None);
    for (id, element) in catalogue.elements.iter().enumerate().skip(1) {
        assert!(usize::from(element.parent.unwrap()) < id, "{}", element.name);
    }
}

#[test]
fn every_element_and_dataset_has_a_label_and_a_help_text_in_both_languages() {
    let catalogue = Arbetsformedlingen::describe().catalogue;
    let elements = catalogue.elements.iter().map(|element| (&element.name, &element.label, &element.help));
    let datasets = catalogue.datasets.iter().map(|dataset| (&dataset.id, &dataset.label, &dataset.help));
    for (name, label, help) in elements.chain(datasets) {
        for text in [&label.sv, &label.en, &help.sv, &help.en] {
            assert!(!text.is_empty(), "{name}");
        }
    }
}

#[test]
fn it_sends_to_one_upstream_and_cannot_be_pinged_without_a_person() {
    let description = Arbetsformedlingen::describe();
    assert_eq!(description.catalogue.agency, "AF");
    assert_eq!(description.upstreams, ["base-service"]);
    assert!(matches!(Arbetsformedlingen::ping_plan(), PingStep::Untestable));
    assert!(matches!(Arbetsformedlingen::ping_absorb(Vec::new(), Vec::new()), PingStep::Untestable));
}

#[test]
fn sekretessmarkering_and_nothing_else_marks_protection() {
    let catalogue = Arbetsformedlingen::describe().catalogue;
    let marks: Vec<&str> = catalogue
        .elements
        .iter()
        .filter(|element| element.marks_protection)
        .map(|element| element.name.as_str())
        .collect();
    assert_eq!(marks, ["Sekretessmarkering"]);
}
