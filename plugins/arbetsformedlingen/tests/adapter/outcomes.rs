//! Arbetsförmedlingen's answers, by status code.

use ssbtx_adapter_arbetsformedlingen::Arbetsformedlingen;
use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Document, Guest, Step, Value};
use ssbtx_adapter_rehearsal::{PERSON, absorbed, failure};

#[test]
fn status_0_is_an_answer_with_every_element() {
    let Step::Answer(answer) = absorbed::<Arbetsformedlingen>(200, &svar("0", BLOCKS)) else {
        panic!("status 0 answers")
    };
    assert!(answer.failures.is_empty());
    assert_eq!(answer.document.unknown_elements, 0);
    assert_eq!(answer.document.nodes.len(), Arbetsformedlingen::describe().catalogue.elements.len());
    assert_eq!(texts(&answer.document).iter().filter(|text| **text == PERSON).count(), 2);
    assert!(texts(&answer.document).contains(&"200 Aktivitetsrapport lämnad"));
}

#[test]
fn status_1_is_nothing_found_with_the_agency_s_own_document() {
    let Step::Nothing(nothing) = absorbed::<Arbetsformedlingen>(200, &svar(" 1 ", "")) else {
        panic!("status 1 found nothing")
    };
    assert_eq!(nothing.reason.unwrap().code, "1");
    assert_eq!(nothing.document.unwrap().nodes[0].element, 0);
}

#[test]
fn any_other_status_is_a_failure_with_the_agency_s_code() {
    for (status, code) in [("2", "2"), ("17", "17"), ("-1", "-1"), ("FEL", "FEL")] {
        assert_eq!(failure(absorbed::<Arbetsformedlingen>(200, &svar(status, BLOCKS))), code);
    }
}

#[test]
fn a_status_that_says_nothing_or_too_much_is_a_failure() {
    let without = svar("0", BLOCKS).replace("StatusSokandeinformationKod>", "Annat>");
    assert_eq!(failure(absorbed::<Arbetsformedlingen>(200, &without)), "no-status");
    assert_eq!(failure(absorbed::<Arbetsformedlingen>(200, &svar("", BLOCKS))), "no-status");
    assert_eq!(failure(absorbed::<Arbetsformedlingen>(200, &svar(PERSON, BLOCKS))), "no-status");
}

#[test]
fn an_odd_but_real_answer_is_read() {
    let odd = format!(
        "<a:SvarMeddelande xmlns:a='{NAMESPACE}'><a:Svar>\
         <a:IdentitetsbeteckningFysiskPerson><![CDATA[{PERSON}]]></a:IdentitetsbeteckningFysiskPerson>\
         <a:ArbetssokandeInfo><a:ArbetssokandeRegistrerad>2016-11-18+01:00</a:ArbetssokandeRegistrerad></a:ArbetssokandeInfo>\
         <a:StatusSokandeinformationKod>0</a:StatusSokandeinformationKod><a:Nytt><a:x/></a:Nytt></a:Svar></a:SvarMeddelande>"
    );
    let Step::Answer(answer) = absorbed::<Arbetsformedlingen>(200, &odd) else { panic!("an odd answer is an answer") };
    assert_eq!(texts(&answer.document), [PERSON, "2016-11-18+01:00", "0"]);
    assert_eq!(answer.document.unknown_elements, 1);
}

#[test]
fn a_fault_and_a_foreign_payload_are_failures() {
    let fault = "<S:Fault><faultcode>S:Client</faultcode><faultstring>fel för 197701172392</faultstring></S:Fault>";
    assert_eq!(failure(absorbed::<Arbetsformedlingen>(500, fault)), "Client");
    assert_eq!(failure(absorbed::<Arbetsformedlingen>(200, "<SvarMeddelande/>")), "unexpected-payload");
    assert_eq!(failure(absorbed::<Arbetsformedlingen>(404, "")), "HTTP-404");
}

fn texts(document: &Document) -> Vec<&str> {
    document
        .nodes
        .iter()
        .filter_map(|node| match &node.value {
            Value::Text(text) => Some(text.as_str()),
            _ => None,
        })
        .collect()
}

fn svar(status: &str, blocks: &str) -> String {
    format!(
        "<SvarMeddelande xmlns='{NAMESPACE}'><Fraga><Test>false</Test>\
         <OrganisationsnummerForIngivare>162020000001</OrganisationsnummerForIngivare>\
         <NamnPaIngivare>Socialnämnden</NamnPaIngivare><KontonamnForHandlaggare>anna</KontonamnForHandlaggare>\
         <Referensnummer>EB-1</Referensnummer><From>2026-01-01</From><Tom>2026-03-31</Tom><SyfteMedFraga>EB</SyfteMedFraga>\
         <LagParagraf>SoL</LagParagraf>\
         <OrganisationsnummerForPersonuppgiftsbitrade>162020000003</OrganisationsnummerForPersonuppgiftsbitrade>\
         <NamnPaPersonuppgiftsbitrade>Leverantören</NamnPaPersonuppgiftsbitrade>\
         <IdentitetsbeteckningFysiskPerson>{PERSON}</IdentitetsbeteckningFysiskPerson></Fraga>\
         <Svar><Schemaversion>2</Schemaversion><Referensnummer>EB-1</Referensnummer><LagParagraf>SoL</LagParagraf>\
         <IdentitetsbeteckningFysiskPerson>{PERSON}</IdentitetsbeteckningFysiskPerson>{blocks}\
         <StatusSokandeinformationKod>{status}</StatusSokandeinformationKod>\
         <StatusSokandeinformationKodText>Text</StatusSokandeinformationKodText></Svar></SvarMeddelande>"
    )
}

const BLOCKS: &str = "<Fornamn>Test</Fornamn><Efternamn>Person</Efternamn><Sekretessmarkering>true</Sekretessmarkering>\
    <ArbetssokandeInfo><Arbetssokande>true</Arbetssokande><ArbetssokandeSKAT>11</ArbetssokandeSKAT>\
    <ArbetssokandeRegistrerad>2025-05-01</ArbetssokandeRegistrerad><ArbetssokandeOmfattning>100</ArbetssokandeOmfattning>\
    <ArbetssokandeAvaktualiserad>2026-02-01</ArbetssokandeAvaktualiserad><AktivetetsRapportDatum>\
    <AktivitetsRapportMeddelande>200 Aktivitetsrapport lämnad</AktivitetsRapportMeddelande>\
    <SenasteAktivitetsRapportDatum>2026-01-14</SenasteAktivitetsRapportDatum></AktivetetsRapportDatum></ArbetssokandeInfo>\
    <BeslutInfo><EkonomiskaBeslut><Beslut><ErsattningTyp>Aktivitetsstöd</ErsattningTyp><Omfattning>100</Omfattning>\
    <BeslutFrom>2025-06-01</BeslutFrom><BeslutTom>2026-05-31</BeslutTom></Beslut></EkonomiskaBeslut></BeslutInfo>\
    <Akassetillhorighet>Exempelkassan</Akassetillhorighet>";
const NAMESPACE: &str = "http://api.arbetsformedlingen.se/arbetssokande/ersattningsstod/v2";
