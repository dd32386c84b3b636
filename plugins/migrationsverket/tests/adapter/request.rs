//! The question in Migrationsverket's format.

use ssbtx_adapter_migrationsverket::Migrationsverket;
use ssbtx_adapter_rehearsal::{planned, question};

#[test]
fn the_question_is_written_as_the_schema_has_it() {
    let payload = planned::<Migrationsverket>(question(&["identitet"])).payload;
    insta::assert_snapshot!(payload.replace("><", ">\n<"), @r#"
    <miv:findByPersonnummer xmlns:miv="http://schema.migrationsverket.se/ssbtek/1/">
    <query>
    <korrelationsid>k-1</korrelationsid>
    <personnummer>197701172392</personnummer>
    <ingivare>
    <handlaggare>anna.andersson</handlaggare>
    <namn>Socialnämnden i Exempelstad</namn>
    <organisationsnummer>162020000001</organisationsnummer>
    </ingivare>
    </query>
    </miv:findByPersonnummer>
    "#);
}
