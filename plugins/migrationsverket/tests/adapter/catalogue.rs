//! What can be asked for, opened and withheld.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::Guest;
use ssbtx_adapter_migrationsverket::Migrationsverket;
use ssbtx_adapter_rehearsal::{datasets, marks, technical};

#[test]
fn every_dataset_holds_exactly_these_elements() {
    insta::assert_snapshot!(datasets(&Migrationsverket::describe().catalogue), @r"
    identitet (MIV): efternamn fornamn personnummer
    hemland (MIV): hemland inresedatum
    tillstand (MIV): svar ansokningsdatum arendeTyp arendeTypNamn beslutsKod beslutsKodNamn beslutsTyp beslutsTypNamn beslutsdatum fromDatum giltighetstid tomDatum
    anledning (MIV): anledning anledningNamn
    ");
}

#[test]
fn what_is_technical_is_the_asker_s_own_words_or_a_status_or_a_reference() {
    insta::assert_snapshot!(technical(&Migrationsverket::describe().catalogue), @r"
    response/korrelationsid
    response/correlationid
    ");
}

#[test]
fn nothing_marks_protection_since_the_schema_has_no_mark() {
    assert_eq!(marks(&Migrationsverket::describe().catalogue), "");
}
