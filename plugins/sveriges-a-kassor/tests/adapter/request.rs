//! The question in the a-kassor's format.

use ssbtx_adapter_rehearsal::{planned, question};
use ssbtx_adapter_sveriges_a_kassor::SverigesAKassor;

#[test]
fn the_question_is_written_as_the_schema_has_it() {
    let payload = planned::<SverigesAKassor>(question(&["identitet"])).payload;
    insta::assert_snapshot!(payload.replace("><", ">\n<"), @r#"
    <GetUnemploymentBenefitPaymentRequest xmlns="http://INT014.UBPService.Schemas">
    <OrganisationsnummerIngivare>162020000001</OrganisationsnummerIngivare>
    <NamnIngivare>Socialnämnden i Exempelstad</NamnIngivare>
    <KontonamnHandlaggare>anna.andersson</KontonamnHandlaggare>
    <Referensnummer>EB-2026-17</Referensnummer>
    <From>2026-01-01</From>
    <Tom>2026-03-31</Tom>
    <Syfte>Ekonomiskt bistånd</Syfte>
    <Paragraf>SoL (2025:400) 15 kap.</Paragraf>
    <OrganisationsnummerPersonuppgiftsbitrade>162020000003</OrganisationsnummerPersonuppgiftsbitrade>
    <OrganisationsnummerPersonuppgiftsbitrade>162020000001</OrganisationsnummerPersonuppgiftsbitrade>
    <NamnPersonuppgiftsbitrade>Systemleverantören</NamnPersonuppgiftsbitrade>
    <NamnPersonuppgiftsbitrade>Underleverantören</NamnPersonuppgiftsbitrade>
    <IdentificationNumber>197701172392</IdentificationNumber>
    </GetUnemploymentBenefitPaymentRequest>
    "#);
}
