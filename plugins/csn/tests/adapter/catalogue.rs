//! What can be asked for, opened and withheld.

use ssbtx_adapter_csn::Csn;
use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::Guest;
use ssbtx_adapter_rehearsal::{datasets, marks, technical};

#[test]
fn every_dataset_holds_exactly_these_elements() {
    insta::assert_snapshot!(datasets(&Csn::describe().catalogue), @r"
    identitet (CSN): personnummer sekel
    sekretess (CSN): sekretess
    studiestodstyper (CSN): Studiestodstypforteckning studiemedel studiehjalp hemutrustningslan studiestartsstod omstallningsstudiestod
    studiemedel (CSN): Arenden Arende stodform klartext status relarende soktaTider soktTid soktfrom sokttom soktomfattning soktlan BeviljadeTider BeviljadTid starttid sluttid takt gr_takt Beloppen Belopp beloppstyp klartext belopp totbelopp totbelopp UtbetalningsPlan Utbetalning utbetdatum utbetstatus Utbetaldatider Utbetaldtid startvecka slutvecka Beloppen Belopp beloppstyp klartext belopp totbelopp totbelopp totbelopp
    studiehjalp (CSN): Arenden Arende stodform klartext status relarende soktaTider soktTid soktfrom sokttom soktomfattning soktlan BeviljadeTider BeviljadTid starttid sluttid takt gr_takt Beloppen Belopp beloppstyp klartext belopp totbelopp totbelopp UtbetalningsPlan Utbetalning utbetdatum utbetstatus Utbetaldatider Utbetaldtid startvecka slutvecka Beloppen Belopp beloppstyp klartext belopp totbelopp totbelopp totbelopp
    hemutrustningslan (CSN): Arenden Arende stodform klartext status UtbetalningsPlan Utbetalning utbetdatum utbetstatus Utbetaldatider Utbetaldtid startvecka slutvecka Beloppen Belopp beloppstyp klartext belopp totbelopp totbelopp totbelopp
    medlantagare (CSN): medlanare
    studiestartsstod (CSN): Arenden Arende stodform klartext status relarende soktaTider soktTid soktfrom sokttom soktomfattning soktlan BeviljadeTider BeviljadTid starttid sluttid takt gr_takt Beloppen Belopp beloppstyp klartext belopp totbelopp totbelopp UtbetalningsPlan Utbetalning utbetdatum utbetstatus Utbetaldatider Utbetaldtid startvecka slutvecka Beloppen Belopp beloppstyp klartext belopp totbelopp totbelopp totbelopp
    omstallningsstudiestod (CSN): Arenden Arende stodform klartext status soktaTider soktTid soktfrom sokttom soktomfattning soktlan BeviljadeTider BeviljadTid starttid sluttid takt gr_takt Beloppen Belopp beloppstyp klartext belopp totbelopp totbelopp UtbetalningsPlan Utbetalning utbetdatum utbetstatus Utbetaldatider Utbetaldtid startvecka slutvecka Beloppen Belopp beloppstyp klartext belopp totbelopp totbelopp totbelopp
    ");
}

#[test]
fn what_is_technical_is_a_version_a_result_a_hit_or_a_number_that_tells_cases_apart() {
    insta::assert_snapshot!(technical(&Csn::describe().catalogue), @r"
    @schemaVersion
    GemensamtSvarEkbistand/Resultat/ResultatKod
    GemensamtSvarEkbistand/Resultat/ResultatText
    Personer/Person/@Status
    Personer/Person/Studiemedel/Arenden/Arende/@lopnummer
    Personer/Person/Studiehjalp/Arenden/Arende/@lopnummer
    Personer/Person/HemutrustningsLan/Arenden/Arende/@lopnummer
    Personer/Person/Studiestartsstod/Arenden/Arende/@lopnummer
    Personer/Person/Omstallningsstudiestod/Arenden/Arende/@lopnummer
    ");
}

#[test]
fn sekretess_and_nothing_else_marks_protection() {
    assert_eq!(marks(&Csn::describe().catalogue), "Personer/Person/@sekretess");
}
