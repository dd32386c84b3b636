//! A question to plan, and replies to absorb.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{
    Guest, Header, Organisation, Period, Question, Reply, Request, Requester, Response, Step,
};
use ssbtx_adapter_migrationsverket::Migrationsverket;

/// A question with two processors, about a test person.
pub(crate) fn question(wanted: &[&str]) -> Question {
    let organisation = |number: &str, name: &str| Organisation { number: number.to_owned(), name: name.to_owned() };
    Question {
        person: PERSON.to_owned(),
        period: Period { from: "2026-01-01".to_owned(), to: "2026-03-31".to_owned() },
        requester: Requester {
            organisation: organisation("162020000001", "Socialnämnden i Exempelstad"),
            caseworker: "anna.andersson".to_owned(),
            processors: vec![
                organisation("162020000003", "Systemleverantören"),
                organisation("162020000001", "Underleverantören"),
            ],
        },
        case_id: "EB-2026-17".to_owned(),
        purpose: "Ekonomiskt bistånd".to_owned(),
        legal_text: "SoL (2025:400) 15 kap.".to_owned(),
        parameters: Vec::new(),
        correlation_id: Some("k-1".to_owned()),
        asked_on: "2026-04-01".to_owned(),
        wanted: wanted.iter().map(|&dataset| dataset.to_owned()).collect(),
    }
}

/// The one request that the plan sends, and the content of its SOAP Body.
pub(crate) fn planned(question: Question) -> (Request, String) {
    let Step::Send(sending) = Migrationsverket::plan(question) else { panic!("a plan sends") };
    assert!(sending.state.is_empty());
    let [request] = <[Request; 1]>::try_from(sending.requests).unwrap();
    let body = String::from_utf8(request.body.clone().unwrap()).unwrap();
    let (_, rest) = body.split_once("<soap:Body>").unwrap();
    let payload = rest.split_once("</soap:Body>").unwrap().0.to_owned();
    (request, payload)
}

/// What the adapter makes of this payload in a SOAP envelope with this status.
pub(crate) fn absorbed(status: u16, payload: &str) -> Step {
    let body = format!(
        "<?xml version='1.0' encoding='utf-8'?><S:Envelope xmlns:S='http://schemas.xmlsoap.org/soap/envelope/'>\
         <S:Body>{payload}</S:Body></S:Envelope>"
    );
    let headers = vec![Header { name: "content-type".to_owned(), value: "text/xml;charset=UTF-8".to_owned() }];
    let reply = Reply::Response(Response { status, headers, body: body.into_bytes() });
    Migrationsverket::absorb(question(&[]), Vec::new(), vec![reply])
}

/// The code of a failure, whose text never quotes the person.
pub(crate) fn failure(step: Step) -> String {
    let Step::Failed(notice) = step else { panic!("{step:?} is no failure") };
    assert!(!notice.message.is_empty() && !notice.message.contains(PERSON));
    notice.code
}

/// From Skatteverket's published test numbers.
pub(crate) const PERSON: &str = "197701172392";
