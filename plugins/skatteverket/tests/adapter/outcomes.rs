//! Skatteverket's answers, and its faults.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Document, Guest, Step};
use ssbtx_adapter_kit::{text, texts};
use ssbtx_adapter_rehearsal::{PERSON, absorbed, failure};
use ssbtx_adapter_skatteverket::Skatteverket;

use crate::specimen::{DATA, NAME, SERVICE, STATUS, answer, enclosed, person, response};

#[test]
fn capital_and_refunds_are_an_answer_with_every_element() {
    let Step::Answer(answer) = absorbed::<Skatteverket>(200, &response(&person(&format!("{NAME}{STATUS}{DATA}"))))
    else {
        panic!("data answers")
    };
    assert!(answer.failures.is_empty());
    assert_eq!(answer.document.unknown_elements, 0);
    assert_eq!(answer.document.nodes.len(), Skatteverket::describe().catalogue.elements.len());
    assert_eq!(value(&answer.document, "SummaIntakterPaKapital"), Some("1200.50"));
}

#[test]
fn data_is_an_answer_whatever_the_status_says() {
    for status in ["", "<s:StatusPersonuppgiftKod/>", "<s:StatusPersonuppgiftKod>99</s:StatusPersonuppgiftKod>"] {
        for content in [NAME, DATA] {
            let step = absorbed::<Skatteverket>(200, &response(&person(&format!("{status}{content}"))));
            assert!(matches!(step, Step::Answer(_)), "{status}{content}");
        }
    }
}

#[test]
fn identity_and_status_alone_are_nothing_found_with_the_status_and_the_document() {
    for (content, code) in [
        (person(STATUS), "7"),
        (person(""), "no-data"),
        (person(&STATUS.replace('7', PERSON)), "no-data"),
        (String::new(), "no-data"),
    ] {
        let Step::Nothing(nothing) = absorbed::<Skatteverket>(200, &response(&content)) else { panic!("{content}") };
        assert_eq!(nothing.reason.unwrap().code, code);
        assert!(nothing.document.is_some());
    }
}

#[test]
fn an_answer_without_the_list_is_a_failure() {
    let payload = response("").replace("PersonuppgiftLista", "Annat");
    assert_eq!(failure(absorbed::<Skatteverket>(200, &payload)), "no-list");
}

#[test]
fn the_document_is_read_from_cdata_under_any_prefix_and_what_is_new_in_it_is_counted() {
    let document = answer(&person(&format!("{STATUS}<s:Nytt><s:mer/></s:Nytt>{DATA}")));
    let payload = format!("<b:BeskattningsuppgifterResponse xmlns:b='{SERVICE}'><svar><![CDATA[{document}]]></svar></b:BeskattningsuppgifterResponse>")
        .replace("<s:", "<q:")
        .replace("</s:", "</q:")
        .replace("xmlns:s=", "xmlns:q=");
    let Step::Answer(answer) = absorbed::<Skatteverket>(200, &payload) else { panic!("an odd answer is an answer") };
    assert_eq!(answer.document.unknown_elements, 1);
    assert_eq!(value(&answer.document, "OverskottPaKapital"), Some("800"));
}

#[test]
fn a_string_that_holds_no_document_is_undecodable() {
    let whole = answer(&person(DATA));
    let bomb = format!("<!DOCTYPE a [<!ENTITY b 'c'>]>{}", whole.split_once("?>").unwrap().1);
    for document in ["", "Tekniskt fel", &whole[..whole.len() / 2], &bomb, &format!("{whole}{}", "<a/>")] {
        assert_eq!(failure(absorbed::<Skatteverket>(200, &enclosed(document))), "undecodable", "{document}");
    }
}

#[test]
fn a_foreign_document_or_payload_is_unexpected() {
    for payload in [
        enclosed("<SvarBeskattningsuppgifterEnligtSFS2008-975/>"),
        enclosed("<html><body>Hej</body></html>"),
        answer("").split_once("?>").unwrap().1.to_owned(),
        format!("<b:BeskattningsuppgifterResponse xmlns:b='{SERVICE}'/>"),
        "<BeskattningsuppgifterResponse><svar/></BeskattningsuppgifterResponse>".to_owned(),
    ] {
        assert_eq!(failure(absorbed::<Skatteverket>(200, &payload)), "unexpected-payload", "{payload}");
    }
}

#[test]
fn skatteverkets_own_message_code_is_the_failure_s_code() {
    let fault = format!(
        "<S:Fault><faultcode>S:Server</faultcode><faultstring>fel för {PERSON}</faultstring><detail>\
         <b:Exception xmlns:b='{SERVICE}'><MeddelandeKod>9071003</MeddelandeKod><MeddelandeText>fel för {PERSON}</MeddelandeText>\
         <Systemversion>1</Systemversion></b:Exception></detail></S:Fault>"
    );
    assert_eq!(failure(absorbed::<Skatteverket>(500, &fault)), "9071003");
    assert_eq!(failure(absorbed::<Skatteverket>(200, &fault)), "9071003");
    assert_eq!(failure(absorbed::<Skatteverket>(500, &fault.replace("9071003", PERSON))), "Server");
    assert_eq!(failure(absorbed::<Skatteverket>(503, "")), "HTTP-503");
}

/// The text of the first element of this name.
fn value<'d>(document: &'d Document, name: &str) -> Option<&'d str> {
    let elements = Skatteverket::describe().catalogue.elements;
    let position = elements.iter().position(|element| element.name == name).unwrap();
    let element = u16::try_from(position).unwrap();
    assert_eq!(texts(document, element).count(), 1);
    text(document, element)
}
