//! Transportstyrelsen's answers, by result.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Guest, Step};
use ssbtx_adapter_rehearsal::{PERSON, absorbed, failure};
use ssbtx_adapter_transportstyrelsen::Transportstyrelsen;
use ssbtx_published::{Contracts, TNS_ANSWER};

#[test]
fn vehicles_are_an_answer_with_every_element() {
    let payload = response(&format!("<resultat>OK</resultat><fordonsinnehav>{VEHICLE}</fordonsinnehav>{ERROR}"));
    let Step::Answer(answer) = absorbed::<Transportstyrelsen>(200, &payload) else { panic!("vehicles answer") };
    assert!(answer.failures.is_empty());
    assert_eq!(answer.document.unknown_elements, 0);
    assert_eq!(answer.document.nodes.len(), Transportstyrelsen::describe().catalogue.elements.len());
}

#[test]
fn the_answers_that_are_tested_here_are_valid() {
    let Some(contracts) = Contracts::find() else { return };
    for content in [
        format!("<resultat>OK</resultat><fordonsinnehav>{VEHICLE}{VEHICLE}</fordonsinnehav>"),
        "<resultat>OK</resultat><fordonsinnehav/>".to_owned(),
        "<resultat>OK</resultat>".to_owned(),
        format!("<resultat>FEL</resultat>{ERROR}{ERROR}"),
    ] {
        let payload = response(&content);
        assert_eq!(contracts.schema(&TNS_ANSWER).validate(&payload), Ok(()), "{payload}");
    }
}

#[test]
fn ok_without_a_vehicle_is_nothing_found_with_the_document_that_says_so() {
    for content in ["", "<fordonsinnehav/>", "<fordonsinnehav>\n</fordonsinnehav>"] {
        let payload = response(&format!("<resultat> OK </resultat>{content}"));
        let Step::Nothing(nothing) = absorbed::<Transportstyrelsen>(200, &payload) else { panic!("{payload}") };
        assert_eq!(nothing.reason.unwrap().code, "no-vehicles");
        assert!(nothing.document.is_some());
    }
}

#[test]
fn fel_is_a_failure_with_the_first_code_that_is_safe_to_show() {
    for (errors, code) in [
        (ERROR.to_owned(), "17"),
        (format!("{}{}", ERROR.replace("17", PERSON), ERROR.replace("17", "18")), "18"),
        (ERROR.replace("17", "-4"), "-4"),
        (ERROR.replace("17", ""), "FEL"),
        (String::new(), "FEL"),
    ] {
        let payload = response(&format!("<resultat>FEL</resultat><fordonsinnehav>{VEHICLE}</fordonsinnehav>{errors}"));
        assert_eq!(failure(absorbed::<Transportstyrelsen>(200, &payload)), code, "{payload}");
    }
}

#[test]
fn a_result_that_is_unknown_or_missing_is_a_failure() {
    for result in ["", "<resultat/>", "<resultat>ok</resultat>", "<resultat>DELVIS</resultat>"] {
        let payload = response(&format!("{result}<fordonsinnehav>{VEHICLE}</fordonsinnehav>"));
        assert_eq!(failure(absorbed::<Transportstyrelsen>(200, &payload)), "no-result", "{payload}");
    }
}

#[test]
fn what_the_schema_lets_anyone_add_is_dropped_and_counted() {
    let odd = format!(
        "<h:HamtaUppgifterResponse xmlns:h='{RESPONDER}' xmlns:v='{VEHICLES}'><h:resultat>OK</h:resultat><h:fordonsinnehav>\
         <v:fordon><v:handelsbeteckning/><v:regnr>ABC123</v:regnr><n:nytt xmlns:n='urn:n'><n:mer/></n:nytt></v:fordon>\
         <n:nytt xmlns:n='urn:n'/></h:fordonsinnehav><n:nytt xmlns:n='urn:n'/></h:HamtaUppgifterResponse>"
    );
    let Step::Answer(answer) = absorbed::<Transportstyrelsen>(200, &odd) else { panic!("an odd answer is an answer") };
    assert_eq!(answer.document.unknown_elements, 3);
    assert_eq!(answer.document.nodes.len(), 6);
}

#[test]
fn a_vehicle_in_the_namespace_of_the_answer_is_no_vehicle() {
    let payload = response("<resultat>OK</resultat><fordonsinnehav><fordon><regnr>A</regnr></fordon></fordonsinnehav>");
    let Step::Nothing(nothing) = absorbed::<Transportstyrelsen>(200, &payload) else { panic!("{payload}") };
    assert_eq!(nothing.document.unwrap().unknown_elements, 1);
}

#[test]
fn a_fault_and_a_foreign_payload_are_failures() {
    let fault =
        format!("<S:Fault><faultcode>S:Client</faultcode><faultstring>fel för {PERSON}</faultstring></S:Fault>");
    assert_eq!(failure(absorbed::<Transportstyrelsen>(500, &fault)), "Client");
    assert_eq!(failure(absorbed::<Transportstyrelsen>(200, "<HamtaUppgifterResponse/>")), "unexpected-payload");
    assert_eq!(failure(absorbed::<Transportstyrelsen>(404, "")), "HTTP-404");
}

fn response(content: &str) -> String {
    format!("<HamtaUppgifterResponse xmlns='{RESPONDER}'>{content}</HamtaUppgifterResponse>")
}

const VEHICLE: &str = "<f:fordon xmlns:f='http://schema.transportstyrelsen.se/ssbtek/fordon/1'><f:regnr>ABC123</f:regnr>\
    <f:fabrikat>VOLVO</f:fabrikat><f:fordonsar>2009</f:fordonsar><f:fordonsslag>PERSONBIL</f:fordonsslag>\
    <f:handelsbeteckning>V70</f:handelsbeteckning></f:fordon>";
const ERROR: &str = "<felresultat><felkod>17</felkod><feltext>Fel</feltext></felresultat>";
const RESPONDER: &str = "http://schema.transportstyrelsen.se/ssbtek/hamtauppgifterresponder/1";
const VEHICLES: &str = "http://schema.transportstyrelsen.se/ssbtek/fordon/1";
