//! The question in the agency's format.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::Method;

use crate::exchange::{planned, question};

#[test]
fn the_request_is_a_soap_1_1_post_to_the_base_service() {
    let (request, _) = planned(question(&["identitet"]));
    assert_eq!((request.upstream.as_str(), request.path.as_str()), ("base-service", "/ssbtek/1"));
    assert!(matches!(request.method, Method::Post));
    let headers: Vec<(&str, &str)> = request.headers.iter().map(|h| (h.name.as_str(), h.value.as_str())).collect();
    assert_eq!(headers, [("content-type", "text/xml; charset=utf-8"), ("accept", "text/xml"), ("soapaction", "\"\"")]);
}

#[test]
fn the_question_is_written_as_the_schema_has_it() {
    let (_, payload) = planned(question(&["identitet"]));
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

#[test]
fn markup_in_the_question_stays_text() {
    let mut question = question(&["identitet"]);
    question.requester.caseworker = "<Åsa> & \"Bo\"\u{0}\r]]>".to_owned();
    let (_, payload) = planned(question);
    assert!(payload.contains(">&lt;Åsa&gt; &amp; &quot;Bo&quot;\u{fffd}&#13;]]&gt;<"), "{payload}");
}
