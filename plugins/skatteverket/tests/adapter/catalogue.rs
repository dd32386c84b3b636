//! What can be asked for, opened and withheld.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::Guest;
use ssbtx_adapter_rehearsal::{datasets, marks, technical};
use ssbtx_adapter_skatteverket::Skatteverket;

#[test]
fn every_dataset_holds_exactly_these_elements() {
    insta::assert_snapshot!(datasets(&Skatteverket::describe().catalogue), @r"
    identitet (SKV): IdentitetsbeteckningFysiskPerson Fornamn Efternamn
    status (SKV): StatusPersonuppgiftKod
    kapital (SKV): Kapitaluppgift Taxeringsar SummaIntakterPaKapital OverskottPaKapital
    skattekonto-aterbetalning (SKV): Skattekontouppgift AterbetaltBelopp Aterbetalningsdatum
    ");
}

#[test]
fn no_value_is_technical_since_each_is_about_a_person() {
    assert_eq!(technical(&Skatteverket::describe().catalogue), "");
}

#[test]
fn nothing_marks_protection_since_no_mark_is_known() {
    assert_eq!(marks(&Skatteverket::describe().catalogue), "");
}

#[test]
fn every_element_is_in_the_namespace_that_skatteverket_writes_it_in() {
    let catalogue = Skatteverket::describe().catalogue;
    let component = |namespace: &str| namespace.rsplit('/').nth(1).unwrap_or_default().to_owned();
    let lines: Vec<String> = catalogue
        .elements
        .iter()
        .map(|element| format!("{}: {}", component(&element.namespace), element.name))
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @r"
    standardiseradInformation: SvarBeskattningsuppgifterEnligtSFS2008-975
    standardiseradInformation: PersonuppgiftLista
    standardiseradInformation: Personuppgift
    infoForFolkbokforing: IdentitetsbeteckningFysiskPerson
    infoForFolkbokforing: Fornamn
    infoForFolkbokforing: Efternamn
    standardiseradInformation: StatusPersonuppgiftKod
    standardiseradInformation: Kapitaluppgift
    infoForBeskattning: Taxeringsar
    infoForBeskattning: SummaIntakterPaKapital
    infoForBeskattning: OverskottPaKapital
    standardiseradInformation: Skattekontouppgift
    infoForBeskattning: AterbetaltBelopp
    infoForBeskattning: Aterbetalningsdatum
    ");
}
