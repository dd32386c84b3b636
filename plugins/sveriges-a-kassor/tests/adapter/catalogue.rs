//! What can be asked for, opened and withheld.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::Guest;
use ssbtx_adapter_rehearsal::{datasets, marks, technical};
use ssbtx_adapter_sveriges_a_kassor::SverigesAKassor;

#[test]
fn every_dataset_holds_exactly_these_elements() {
    insta::assert_snapshot!(datasets(&SverigesAKassor::describe().catalogue), @r"
    identitet (SO): IdentificationNumber
    a-kassa (SO): SvarandeOrganisation
    utbetalning (SO): Utbetalningar Utbetalningsdatum NettoEfterSkatt NettoEfterAvdrag Ersattningsdagar AvserFrom AvserTom
    avstangning (SO): Avstangningar AvstangdFrom AvstangdTom
    ansokan (SO): AnsoktOmErsattning BeslutOmRattTillErsattning AnsokanOmUtbetalningInlamnad
    ");
}

#[test]
fn what_is_technical_is_the_asker_s_own_words_or_a_status_or_a_reference() {
    insta::assert_snapshot!(technical(&SverigesAKassor::describe().catalogue), @r"
    OrganisationsnummerIngivare
    NamnIngivare
    KontonamnHandlaggare
    Referensnummer
    From
    Tom
    Syfte
    Paragraf
    OrganisationsnummerPersonuppgiftsbitrade
    NamnPersonuppgiftsbitrade
    ArbetsloshetsersattningLista/Arbetsloshetsersattning/StatusSvarandeOrganisation
    ");
}

#[test]
fn nothing_marks_protection_since_the_schema_has_no_mark() {
    assert_eq!(marks(&SverigesAKassor::describe().catalogue), "");
}
