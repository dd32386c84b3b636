//! What can be asked for, opened and withheld.

use ssbtx_adapter_arbetsformedlingen::Arbetsformedlingen;
use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::Guest;
use ssbtx_adapter_rehearsal::{datasets, marks, technical};

#[test]
fn every_dataset_holds_exactly_these_elements() {
    insta::assert_snapshot!(datasets(&Arbetsformedlingen::describe().catalogue), @r"
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
fn what_is_technical_is_the_asker_s_own_words_or_a_status_or_a_reference() {
    insta::assert_snapshot!(technical(&Arbetsformedlingen::describe().catalogue), @r"
    Fraga/Test
    Fraga/OrganisationsnummerForIngivare
    Fraga/NamnPaIngivare
    Fraga/KontonamnForHandlaggare
    Fraga/Referensnummer
    Fraga/From
    Fraga/Tom
    Fraga/SyfteMedFraga
    Fraga/LagParagraf
    Fraga/OrganisationsnummerForPersonuppgiftsbitrade
    Fraga/NamnPaPersonuppgiftsbitrade
    Svar/Schemaversion
    Svar/Referensnummer
    Svar/LagParagraf
    Svar/StatusSokandeinformationKod
    Svar/StatusSokandeinformationKodText
    ");
}

#[test]
fn sekretessmarkering_and_nothing_else_marks_protection() {
    assert_eq!(marks(&Arbetsformedlingen::describe().catalogue), "Svar/Sekretessmarkering");
}
