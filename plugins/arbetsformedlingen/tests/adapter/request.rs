//! The question in the agency's format.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::Method;

use crate::exchange::{planned, question};

#[test]
fn the_request_is_a_soap_1_1_post_to_the_base_service() {
    let (request, _) = planned(question(&["identitet"]));
    assert_eq!((request.upstream.as_str(), request.path.as_str()), ("base-service", "/ersattningsstod/v2"));
    assert!(matches!(request.method, Method::Post));
    let headers: Vec<(&str, &str)> = request.headers.iter().map(|h| (h.name.as_str(), h.value.as_str())).collect();
    assert_eq!(headers, [("content-type", "text/xml; charset=utf-8"), ("accept", "text/xml"), ("soapaction", "\"\"")]);
}

#[test]
fn the_question_is_written_as_the_schema_has_it() {
    let (_, payload) = planned(question(&["identitet"]));
    insta::assert_snapshot!(payload.replace("><", ">\n<"), @r#"
    <FragaMeddelande xmlns="http://api.arbetsformedlingen.se/arbetssokande/ersattningsstod/v2">
    <Inkludera ArbetssokandeInfo="false" AkasseInfo="false" BeslutInfo="false"/>
    <Fraga>
    <OrganisationsnummerForIngivare>162020000001</OrganisationsnummerForIngivare>
    <NamnPaIngivare>Socialnämnden i Exempelstad</NamnPaIngivare>
    <KontonamnForHandlaggare>anna.andersson</KontonamnForHandlaggare>
    <Referensnummer>EB-2026-17</Referensnummer>
    <From>2026-01-01</From>
    <Tom>2026-03-31</Tom>
    <SyfteMedFraga>Ekonomiskt bistånd</SyfteMedFraga>
    <LagParagraf>SoL (2025:400) 15 kap.</LagParagraf>
    <OrganisationsnummerForPersonuppgiftsbitrade>162020000003</OrganisationsnummerForPersonuppgiftsbitrade>
    <NamnPaPersonuppgiftsbitrade>Systemleverantören</NamnPaPersonuppgiftsbitrade>
    <IdentitetsbeteckningFysiskPerson>197701172392</IdentitetsbeteckningFysiskPerson>
    </Fraga>
    </FragaMeddelande>
    "#);
}

#[test]
fn markup_in_the_question_stays_text() {
    let mut question = question(&["identitet"]);
    question.requester.caseworker = "<Åsa> & \"Bo\"\u{0}\r]]>".to_owned();
    let (_, payload) = planned(question);
    assert!(payload.contains(">&lt;Åsa&gt; &amp; &quot;Bo&quot;\u{fffd}&#13;]]&gt;<"), "{payload}");
}

#[test]
fn no_block_is_asked_for_that_holds_nothing_wanted() {
    for (wanted, expected) in [
        (&["identitet", "sekretessmarkering"][..], ["false", "false", "false"]),
        (&["inskrivning"], ["true", "false", "false"]),
        (&["sokandekategori"], ["true", "false", "false"]),
        (&["omfattning"], ["true", "false", "false"]),
        (&["aktivitetsrapport"], ["true", "false", "false"]),
        (&["a-kassa"], ["false", "true", "false"]),
        (&["beslut"], ["false", "false", "true"]),
        (&["inskrivning", "beslut", "a-kassa"], ["true", "true", "true"]),
    ] {
        let (_, payload) = planned(question(wanted));
        let [seekers, fund, decisions] = expected;
        let blocks =
            format!("<Inkludera ArbetssokandeInfo=\"{seekers}\" AkasseInfo=\"{fund}\" BeslutInfo=\"{decisions}\"/>");
        assert!(payload.contains(&blocks), "{payload}");
    }
}
