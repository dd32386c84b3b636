//! Migrationsverket's answers.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::Step;
use ssbtx_adapter_migrationsverket::Migrationsverket;
use ssbtx_adapter_rehearsal::{PERSON, absorbed, failure};

#[test]
fn permits_are_an_answer_with_every_element() {
    let payload = response(&format!(
        "<korrelationsid>k-1</korrelationsid><correlationid>m-1</correlationid><efternamn>Person</efternamn>\
         <fornamn>Test</fornamn><hemland>Exempelland</hemland><inresedatum>2024-03-01</inresedatum>\
         <personnummer>{PERSON}</personnummer><svarCollection>{PERMIT}{PERMIT}</svarCollection>"
    ));
    let Step::Answer(answer) = absorbed::<Migrationsverket>(200, &payload) else { panic!("permits answer") };
    assert!(answer.failures.is_empty());
    assert_eq!(answer.document.unknown_elements, 0);
    assert_eq!(answer.document.nodes.len(), 1 + 9 + 2 * 14);
}

#[test]
fn a_person_without_permits_is_an_answer() {
    let payload = response(&format!("<correlationid>m-1</correlationid><personnummer>{PERSON}</personnummer>"));
    assert!(matches!(absorbed::<Migrationsverket>(200, &payload), Step::Answer(_)));
}

#[test]
fn an_answer_that_tells_nothing_of_a_person_is_nothing_found_with_the_document_that_says_so() {
    let nil =
        "<svarCollection><svar xmlns:x='http://www.w3.org/2001/XMLSchema-instance' x:nil='true'/></svarCollection>";
    for payload in [
        format!("<findByPersonnummerResponse xmlns='{NAMESPACE}'/>"),
        response("<correlationid>m-1</correlationid>"),
        response("<correlationid>m-1</correlationid><svarCollection/>"),
        response(nil),
    ] {
        let Step::Nothing(nothing) = absorbed::<Migrationsverket>(200, &payload) else { panic!("{payload}") };
        assert_eq!(nothing.reason.unwrap().code, "empty-response");
        assert!(nothing.document.is_some());
    }
}

#[test]
fn a_default_namespace_undone_below_the_root_reads_alike() {
    let payload = format!(
        "<findByPersonnummerResponse xmlns='{NAMESPACE}'><response xmlns=''><correlationid>m-1</correlationid>\
         <hemland>Exempelland</hemland></response></findByPersonnummerResponse>"
    );
    assert!(matches!(absorbed::<Migrationsverket>(200, &payload), Step::Answer(_)));
}

#[test]
fn migrationsverkets_own_fault_code_is_the_failure_s_code() {
    let fault = format!(
        "<S:Fault><faultcode>S:Server</faultcode><faultstring>fel för {PERSON}</faultstring><detail>\
         <m:SSBTEKSoapException xmlns:m='{NAMESPACE}'><faultCode>MIV-12</faultCode><faultString>fel för {PERSON}</faultString>\
         </m:SSBTEKSoapException></detail></S:Fault>"
    );
    assert_eq!(failure(absorbed::<Migrationsverket>(500, &fault)), "MIV-12");
    assert_eq!(failure(absorbed::<Migrationsverket>(200, &fault.replace("MIV-12", ""))), "Server");
}

#[test]
fn a_foreign_payload_is_a_failure() {
    assert_eq!(failure(absorbed::<Migrationsverket>(200, "<findByPersonnummerResponse/>")), "unexpected-payload");
    assert_eq!(failure(absorbed::<Migrationsverket>(503, "")), "HTTP-503");
}

fn response(content: &str) -> String {
    format!(
        "<n:findByPersonnummerResponse xmlns:n='{NAMESPACE}'><response>{content}</response></n:findByPersonnummerResponse>"
    )
}

const PERMIT: &str = "<svar><anledning>A1</anledning><anledningNamn>Anledning</anledningNamn>\
    <ansokningsdatum>2024-03-02</ansokningsdatum><arendeTyp>UT</arendeTyp><arendeTypNamn>Uppehållstillstånd</arendeTypNamn>\
    <beslutsKod>B</beslutsKod><beslutsKodNamn>Bifall</beslutsKodNamn><beslutsTyp>T</beslutsTyp>\
    <beslutsTypNamn>Tillstånd</beslutsTypNamn><beslutsdatum>2024-09-01</beslutsdatum><fromDatum>2024-09-01</fromDatum>\
    <giltighetstid>TIDBEGRANSAT</giltighetstid><tomDatum>2026-09-01</tomDatum></svar>";
const NAMESPACE: &str = "http://schema.migrationsverket.se/ssbtek/1/";
