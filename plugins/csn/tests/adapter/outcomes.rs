//! CSN's answers, by result code and hit.

use ssbtx_adapter_csn::Csn;
use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Guest, Step, Value};
use ssbtx_adapter_rehearsal::{PERSON, absorbed, failure};
use ssbtx_published::{CSN_ANSWER, Contracts};

use crate::specimen::{answer, person};

#[test]
fn result_0_is_an_answer_with_every_element() {
    let payload = answer("0", &person(&format!("Status='{BLANK}' sekretess='  ' sekel='19'")));
    let Step::Answer(answer) = absorbed::<Csn>(200, &payload) else { panic!("result 0 answers") };
    assert!(answer.failures.is_empty());
    assert_eq!(answer.document.unknown_elements, 0);
    assert_eq!(answer.document.nodes.len(), Csn::describe().catalogue.elements.len());
}

#[test]
fn the_answer_that_is_tested_here_is_valid() {
    let Some(contracts) = Contracts::find() else { return };
    let payload = answer("0", &person(&format!("Status='{BLANK}' sekretess='  ' sekel='19'")));
    assert_eq!(contracts.schema(&CSN_ANSWER).validate(&payload), Ok(()), "{payload}");
}

#[test]
fn a_known_person_without_cases_is_an_answer() {
    for status in [String::new(), format!("Status='{BLANK}'"), "Status=''".to_owned()] {
        let payload = answer("0", &format!("<k:Person personnummer='7701172392' {status}/>"));
        assert!(matches!(absorbed::<Csn>(200, &payload), Step::Answer(_)), "{payload}");
    }
}

#[test]
fn ej_traff_is_nothing_found_with_the_document_that_says_so() {
    let unknown = "<k:Person personnummer='7701172392' Status='Ej träff' sekretess='  '/>";
    for persons in [unknown.to_owned(), unknown.replace("träff", "träff "), unknown.repeat(2), String::new()] {
        let Step::Nothing(nothing) = absorbed::<Csn>(200, &answer("0", &persons)) else { panic!("{persons}") };
        assert_eq!(nothing.reason.unwrap().code, "no-hit");
        assert!(nothing.document.is_some());
    }
    let one_known = format!("{unknown}{}", person(""));
    assert!(matches!(absorbed::<Csn>(200, &answer("0", &one_known)), Step::Answer(_)));
}

#[test]
fn any_other_result_is_a_failure_with_csn_s_code_whatever_came_with_it() {
    for code in ["9", "17", "FEL-1"] {
        assert_eq!(failure(absorbed::<Csn>(200, &answer(code, &person("")))), code);
        assert_eq!(failure(absorbed::<Csn>(200, &answer(code, ""))), code);
    }
}

#[test]
fn a_result_that_says_nothing_or_too_much_is_a_failure() {
    let without = answer("0", &person("")).replace("ResultatKod>", "Annat>");
    assert_eq!(failure(absorbed::<Csn>(200, &without)), "no-status");
    assert_eq!(failure(absorbed::<Csn>(200, &answer("", &person("")))), "no-status");
    assert_eq!(failure(absorbed::<Csn>(200, &answer(PERSON, &person("")))), "no-status");
}

#[test]
fn a_document_of_version_3_0_is_read_as_one_of_4_0_and_keeps_its_number() {
    let payload = answer("0", &person("sekel='19'"));
    let later = payload.find("<p:Omstallningsstudiestod>").unwrap();
    let after = payload.find("</k:Person>").unwrap();
    let older = format!("{}{}", &payload[..later], &payload[after..])
        .replace("<t:omstallningsstudiestod>J</t:omstallningsstudiestod>", "")
        .replace("/v4.0/", "/v3.0/")
        .replace("'4.0'", "'3.0'");
    let Step::Answer(answer) = absorbed::<Csn>(200, &older) else { panic!("version 3.0 answers") };
    assert_eq!(answer.document.unknown_elements, 0);
    assert!(matches!(&answer.document.nodes[1].value, Value::Text(version) if version == "3.0"));
    let elements = Csn::describe().catalogue.elements;
    let has = |name: &str| answer.document.nodes.iter().any(|node| elements[usize::from(node.element)].name == name);
    assert!(has("Studiestartsstod") && has("utbetdatum") && !has("Omstallningsstudiestod"));
}

#[test]
fn a_question_that_csn_repeats_is_dropped_and_counted() {
    let payload = answer("0", &person("")).replace(
        "<k:GemensamtFragaEkbistand/>",
        "<k:GemensamtFragaEkbistand><Person xmlns='http://www.sambruk.se/SBNyttomeddelanden' personnummer='7701172392'/></k:GemensamtFragaEkbistand>",
    );
    let Step::Answer(answer) = absorbed::<Csn>(200, &payload) else { panic!("it is an answer all the same") };
    assert_eq!(answer.document.unknown_elements, 1);
}

#[test]
fn a_fault_and_a_foreign_payload_are_failures() {
    let fault =
        format!("<S:Fault><faultcode>S:Client</faultcode><faultstring>fel för {PERSON}</faultstring></S:Fault>");
    assert_eq!(failure(absorbed::<Csn>(500, &fault)), "Client");
    assert_eq!(failure(absorbed::<Csn>(200, "<CSNSvar/>")), "unexpected-payload");
    let unknown_version = answer("0", "").replace("/v4.0/", "/v5.0/");
    assert_eq!(failure(absorbed::<Csn>(200, &unknown_version)), "unexpected-payload");
    assert_eq!(failure(absorbed::<Csn>(404, "")), "HTTP-404");
}

/// What CSN writes where there is no status: ten spaces.
const BLANK: &str = "          ";
