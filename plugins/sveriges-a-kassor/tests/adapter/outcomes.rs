//! The a-kassor's answers, by what each a-kassa says.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Step, Value};
use ssbtx_adapter_rehearsal::{PERSON, absorbed, failure};
use ssbtx_adapter_sveriges_a_kassor::SverigesAKassor;

#[test]
fn an_a_kassa_that_answers_is_an_answer_whether_it_has_something_or_not() {
    for fund in [fund("OK", PAYMENT), fund(" ok ", ""), fund("0", ""), fund("FEL", SUSPENSION), fund("", APPLICATION)] {
        assert!(matches!(absorbed::<SverigesAKassor>(200, &response(&fund)), Step::Answer(_)), "{fund}");
    }
}

#[test]
fn one_a_kassa_that_fails_beside_one_that_answers_is_no_failure_of_the_whole() {
    let funds = format!("{}{}", fund("FEL", ""), fund("OK", PAYMENT));
    let Step::Answer(answer) = absorbed::<SverigesAKassor>(200, &response(&funds)) else {
        panic!("one of them answered")
    };
    assert!(answer.failures.is_empty());
    assert_eq!(answer.document.unknown_elements, 0);
}

#[test]
fn an_a_kassa_s_status_is_not_taken_for_another_s() {
    let funds = format!("{}{}", fund("FEL", ""), fund("E7", ""));
    assert_eq!(failure(absorbed::<SverigesAKassor>(200, &response(&funds))), "FEL");
}

#[test]
fn an_empty_list_is_nothing_found_with_the_document_that_says_so() {
    let Step::Nothing(nothing) = absorbed::<SverigesAKassor>(200, &response("")) else {
        panic!("an empty list found nothing")
    };
    assert_eq!(nothing.reason.unwrap().code, "empty-list");
    assert!(nothing.document.is_some());
}

#[test]
fn a_failure_of_every_a_kassa_is_a_failure_with_a_code_that_is_safe_to_show() {
    assert_eq!(failure(absorbed::<SverigesAKassor>(200, &response(&fund("FEL", "")))), "FEL");
    assert_eq!(failure(absorbed::<SverigesAKassor>(200, &response(&fund(PERSON, "")))), "no-status");
    assert_eq!(
        failure(absorbed::<SverigesAKassor>(
            200,
            &response(&fund("", "").replace("StatusSvarandeOrganisation", "Annat"))
        )),
        "no-status"
    );
}

#[test]
fn an_answer_without_a_list_is_a_failure_and_not_nothing_found() {
    let without = response("").replace("ArbetsloshetsersattningLista", "Annat");
    assert_eq!(failure(absorbed::<SverigesAKassor>(200, &without)), "no-list");
}

#[test]
fn a_decision_not_taken_yet_is_null() {
    let Step::Answer(answer) = absorbed::<SverigesAKassor>(200, &response(&fund("OK", APPLICATION))) else {
        panic!("it answers")
    };
    assert_eq!(answer.document.nodes.iter().filter(|node| matches!(node.value, Value::Null)).count(), 1);
}

#[test]
fn a_missing_purpose_is_no_hindrance() {
    let odd = response(&fund("OK", PAYMENT)).replace("<Syfte>EB</Syfte>", "");
    assert!(matches!(absorbed::<SverigesAKassor>(200, &odd), Step::Answer(_)));
}

#[test]
fn a_fault_and_a_foreign_payload_are_failures() {
    let fault = "<S:Fault><faultcode>S:Server</faultcode><faultstring>fel för 197701172392</faultstring></S:Fault>";
    assert_eq!(failure(absorbed::<SverigesAKassor>(500, fault)), "Server");
    assert_eq!(failure(absorbed::<SverigesAKassor>(200, "<Svar/>")), "unexpected-payload");
}

fn fund(status: &str, content: &str) -> String {
    format!(
        "<Arbetsloshetsersattning><SvarandeOrganisation>Exempelkassan</SvarandeOrganisation>\
         <StatusSvarandeOrganisation>{status}</StatusSvarandeOrganisation>{content}</Arbetsloshetsersattning>"
    )
}

fn response(funds: &str) -> String {
    format!(
        "<GetUnemploymentBenefitPaymentResponse xmlns='http://INT014.UBPService.Schemas'>\
         <OrganisationsnummerIngivare>162020000001</OrganisationsnummerIngivare><NamnIngivare>Socialnämnden</NamnIngivare>\
         <KontonamnHandlaggare>anna</KontonamnHandlaggare><Referensnummer>EB-1</Referensnummer><From>2026-01-01</From>\
         <Tom>2026-03-31</Tom><Syfte>EB</Syfte><Paragraf>SoL</Paragraf>\
         <IdentificationNumber>{PERSON}</IdentificationNumber>\
         <ArbetsloshetsersattningLista>{funds}</ArbetsloshetsersattningLista></GetUnemploymentBenefitPaymentResponse>"
    )
}

const PAYMENT: &str = "<Utbetalningar><Utbetalningsdatum>2026-01-25</Utbetalningsdatum>\
    <NettoEfterSkatt>9120.00</NettoEfterSkatt><NettoEfterAvdrag>8900.50</NettoEfterAvdrag>\
    <Ersattningsdagar>21.5</Ersattningsdagar><AvserFrom>2026-01-01</AvserFrom><AvserTom>2026-01-31</AvserTom></Utbetalningar>";
const SUSPENSION: &str =
    "<Avstangningar><AvstangdFrom>2026-02-01</AvstangdFrom><AvstangdTom>2026-02-28</AvstangdTom></Avstangningar>";
const APPLICATION: &str = "<AnsoktOmErsattning><BeslutOmRattTillErsattning \
    xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:nil='true'/>\
    <AnsokanOmUtbetalningInlamnad>true</AnsokanOmUtbetalningInlamnad></AnsoktOmErsattning>";
