//! The question in the agency's format.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::Method;

use crate::exchange::{planned, question};

#[test]
fn the_request_is_a_soap_1_1_post_to_the_base_service() {
    let (request, _) = planned(question(&["identitet"]));
    assert_eq!((request.upstream.as_str(), request.path.as_str()), ("base-service", "/ubpservice/int014"));
    assert!(matches!(request.method, Method::Post));
    let headers: Vec<(&str, &str)> = request.headers.iter().map(|h| (h.name.as_str(), h.value.as_str())).collect();
    assert_eq!(headers, [("content-type", "text/xml; charset=utf-8"), ("accept", "text/xml"), ("soapaction", "\"\"")]);
}

#[test]
fn the_question_is_written_as_the_schema_has_it() {
    let (_, payload) = planned(question(&["identitet"]));
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

#[test]
fn markup_in_the_question_stays_text() {
    let mut question = question(&["identitet"]);
    question.requester.caseworker = "<Åsa> & \"Bo\"\u{0}\r]]>".to_owned();
    let (_, payload) = planned(question);
    assert!(payload.contains(">&lt;Åsa&gt; &amp; &quot;Bo&quot;\u{fffd}&#13;]]&gt;<"), "{payload}");
}
