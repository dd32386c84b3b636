//! What can be asked for, opened and withheld.

use std::collections::BTreeSet;

use ssbtx_adapter_forsakringskassan::Forsakringskassan;
use ssbtx_adapter_kit::UPSTREAM;
use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::Guest;
use ssbtx_adapter_kit::bindings::exports::ssbtx::catalogue::types::{AgencyCatalogue, Encoding, Scope};
use ssbtx_adapter_rehearsal::{assert_covers, marks, path, technical};
use ssbtx_published::LEFI_ANSWER;

use crate::exchange::{asked, asking};

#[test]
fn the_catalogue_covers_the_published_answer_and_the_empty_list_that_avvikelser_may_be() {
    assert_covers(&catalogue(), &LEFI_ANSWER, &["avvikelser list 0..1", "avvikelser/item object 0..n"]);
}

#[test]
fn it_is_fk_s_catalogue_of_json_and_sends_to_one_upstream() {
    let description = Forsakringskassan::describe();
    assert_eq!((description.catalogue.agency.as_str(), description.catalogue.encoding), ("FK", Encoding::Json));
    assert_eq!(description.upstreams, [UPSTREAM]);
}

#[test]
fn every_element_and_dataset_has_a_label_and_a_help_text_in_both_languages() {
    let catalogue = catalogue();
    let elements = catalogue.elements.iter().map(|element| (&element.name, &element.label, &element.help));
    let datasets = catalogue.datasets.iter().map(|dataset| (&dataset.id, &dataset.label, &dataset.help));
    for (name, label, help) in elements.chain(datasets) {
        for text in [&label.sv, &label.en, &help.sv, &help.en] {
            assert!(!text.trim().is_empty(), "{name}");
        }
    }
}

#[test]
fn every_dataset_begins_at_exactly_these_elements() {
    insta::assert_snapshot!(beginnings(&catalogue()), @r"
    identitet (FK): formansinformation/generellPersoninformation/item/personnummer formansinformation/generellPersoninformation/item/foddes formansinformation/generellPersoninformation/item/namn
    skyddad-identitet (FK): formansinformation/generellPersoninformation/item/skyddad
    adress (FK): formansinformation/generellPersoninformation/item/adress formansinformation/generellPersoninformation/item/folkbokford
    civilstand (FK): formansinformation/generellPersoninformation/item/avled formansinformation/generellPersoninformation/item/civilstand
    arbetsstallen (FK): formansinformation/generellPersoninformation/item/arbetsstallen
    barn (FK): formansinformation/generellPersoninformation/item/barn
    samhoriga (FK): formansinformation/generellPersoninformation/item/samhorig
    medborgarskap (FK): formansinformation/generellPersoninformation/item/medborgarskap
    aktivitetsstod (FK): formansinformation/aktivitetsstodsarende
    allman-pension (FK): formansinformation/allmanpensionsarende
    barnbidrag (FK): formansinformation/barnbidragsarende
    bostadsbidrag (FK): formansinformation/bostadsbidragsarende
    bostadstillagg (FK): formansinformation/bostadstillaggsarende
    dagpenning-totalforsvarspliktiga (FK): formansinformation/totalforsvarspliktsarende
    efterlevandepension (FK): formansinformation/efterlevandepensionsarende
    eget-barnbidrag (FK): formansinformation/mottagareavbarnbidrag
    foraldrapenning (FK): formansinformation/foraldrapenningarende
    forebyggande-sjukpenning (FK): formansinformation/forebyggandeSjukpenningsarende
    graviditetspenning (FK): formansinformation/graviditetspenningsarende
    handikappersattning (FK): formansinformation/handikappersattningsarende
    intjanande-och-levnadsintyg (FK): formansinformation/intjanandebehallning formansinformation/intjanandeuppgift formansinformation/levnadsintygsuppgift
    merkostnadsersattning (FK): formansinformation/merkostnadsersattningsarende
    narstaendepenning (FK): formansinformation/narstaendepenningarende
    omvardnadsbidrag (FK): formansinformation/omvardnadsbidragsarende
    programanvisning (FK): formansinformation/programanvisning
    programersattning (FK): formansinformation/programersattningsarende
    programjobbdagar (FK): formansinformation/programjobdagar
    rehabiliteringsersattning (FK): formansinformation/rehabersattningsarende
    sjuk-och-aktivitetsersattning (FK): formansinformation/sjukOchAktivitetsersattningsarende formansinformation/sjukOchAktivitetsersattningSteglosAvrakningHistorik formansinformation/sjukOchAktivitetsersattningSteglosAvrakningNulage
    sjukpenning (FK): formansinformation/sjukpenningarende
    sjukpenninggrundande-inkomst (FK): formansinformation/sjukpenninggrundandeInkomstuppgift
    skatteuppgift (FK): formansinformation/skatteuppgift
    smittbararersattning (FK): formansinformation/smittbararersattningsarende
    studiemedelsavisering (FK): formansinformation/studiemedelsavisering
    tillfallig-foraldrapenning (FK): formansinformation/tillfalligForaldrapenningarende
    underhallsstod (FK): formansinformation/underhallsskuld formansinformation/underhallsstodskrav formansinformation/underhallsstodsmottag
    vardbidrag (FK): formansinformation/vardbidragsarende
    yrkesskadelivranta (FK): formansinformation/arbetsskadeefterlevandearende formansinformation/arbetsskadeegenlivrantearende formansinformation/yrkesskadeefterlevandearende formansinformation/yrkesskadeegenlivrantearende
    preliminara-utbetalningar (FK): formansinformation/preliminarautbetalningar
    utbetalningar (FK): formansinformation/utbetalningsuppgift
    pm-ansprak (PM): ansprak
    pm-beslut (PM): beslut
    pm-preliminara-utbetalningar (PM): preliminaraUtbetalningar
    pm-utbetalningar (PM): utbetalningar
    pm-levnadsintyg (PM): ovrigInformation/item/levnadsintyg
    pm-pensionsbehallning (PM): ovrigInformation/item/pensionsbehallning
    pm-pensionsunderlag (PM): ovrigInformation/item/pensionsunderlag
    ");
}

#[test]
fn what_is_technical_is_the_state_of_the_agencies_and_what_they_could_not_give() {
    insta::assert_snapshot!(technical(&catalogue()), @r"
    utlamnare/item/utlamnare/kod
    utlamnare/item/utlamnare/namn
    utlamnare/item/tillstand/kod
    utlamnare/item/tillstand/beskrivning
    avvikelser/formansinformation/item/avvikelse/kod
    avvikelser/formansinformation/item/avvikelse/beskrivning
    avvikelser/formansinformation/item/formansgrupp/kod
    avvikelser/formansinformation/item/formansgrupp/beskrivning
    avvikelser/ansprak/item/avvikelse/kod
    avvikelser/ansprak/item/avvikelse/beskrivning
    avvikelser/ansprak/item/formansgrupp/kod
    avvikelser/ansprak/item/formansgrupp/beskrivning
    avvikelser/beslut/item/avvikelse/kod
    avvikelser/beslut/item/avvikelse/beskrivning
    avvikelser/beslut/item/formansgrupp/kod
    avvikelser/beslut/item/formansgrupp/beskrivning
    avvikelser/preliminaraUtbetalningar/item/avvikelse/kod
    avvikelser/preliminaraUtbetalningar/item/avvikelse/beskrivning
    avvikelser/preliminaraUtbetalningar/item/formansgrupp/kod
    avvikelser/preliminaraUtbetalningar/item/formansgrupp/beskrivning
    avvikelser/utbetalningar/item/avvikelse/kod
    avvikelser/utbetalningar/item/avvikelse/beskrivning
    avvikelser/utbetalningar/item/formansgrupp/kod
    avvikelser/utbetalningar/item/formansgrupp/beskrivning
    avvikelser/ovrigInformation/item/avvikelse/kod
    avvikelser/ovrigInformation/item/avvikelse/beskrivning
    avvikelser/ovrigInformation/item/ovrigInformationstyp/kod
    avvikelser/ovrigInformation/item/ovrigInformationstyp/beskrivning
    ovrigInformation/item/informationstyp/kod
    ovrigInformation/item/informationstyp/beskrivning
    ");
}

#[test]
fn skyddad_and_nothing_else_marks_protection() {
    assert_eq!(marks(&catalogue()), "formansinformation/generellPersoninformation/item/skyddad");
}

#[test]
fn every_dataset_can_be_asked_for() {
    let ids: BTreeSet<String> = catalogue().datasets.into_iter().map(|dataset| dataset.id).collect();
    for id in &ids {
        // A payment is asked for together with a benefit.
        assert!(asked(asking(&[id.as_str(), "sjukpenning"])).as_object().unwrap().len() > 2, "{id}");
    }
}

fn catalogue() -> AgencyCatalogue {
    Forsakringskassan::describe().catalogue
}

/// One line for each dataset: its name, its discloser and the paths at which it begins; what lies below those belongs to it too.
fn beginnings(catalogue: &AgencyCatalogue) -> String {
    let elements = &catalogue.elements;
    let is_of = |scope: &Scope, id: &str| matches!(scope, Scope::Dataset(dataset) if dataset == id);
    let lines = catalogue.datasets.iter().map(|dataset| {
        let begins = elements.iter().filter(|element| {
            let around = element.parent.map(|parent| &elements[usize::from(parent)].scope);
            is_of(&element.scope, &dataset.id) && !around.is_some_and(|scope| is_of(scope, &dataset.id))
        });
        let paths: Vec<String> = begins.map(|element| path(elements, element)).collect();
        format!("{} ({}): {}", dataset.id, dataset.discloser, paths.join(" "))
    });
    lines.collect::<Vec<String>>().join("\n")
}
