//! What can be asked for, opened and withheld.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::Guest;
use ssbtx_adapter_rehearsal::{datasets, marks, technical};
use ssbtx_adapter_transportstyrelsen::Transportstyrelsen;

#[test]
fn every_dataset_holds_exactly_these_elements() {
    insta::assert_snapshot!(datasets(&Transportstyrelsen::describe().catalogue), @r"
    fordon (TNS): fordonsinnehav fordon regnr fabrikat fordonsar fordonsslag handelsbeteckning
    felmeddelande (TNS): feltext
    ");
}

#[test]
fn what_is_technical_is_a_result_or_a_code() {
    insta::assert_snapshot!(technical(&Transportstyrelsen::describe().catalogue), @r"
    resultat
    felresultat/felkod
    ");
}

#[test]
fn nothing_marks_protection_since_the_schema_has_no_mark() {
    assert_eq!(marks(&Transportstyrelsen::describe().catalogue), "");
}
