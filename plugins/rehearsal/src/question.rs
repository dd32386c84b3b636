//! A question to ask.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Organisation, Period, Question, Requester};

/// The person that questions are about: one of Skatteverket's published test numbers.
pub const PERSON: &str = "197701172392";

/// A question for these datasets with everything in it that a question can have, two processors among them.
pub fn question(wanted: &[&str]) -> Question {
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

/// The same question without what a question may lack.
pub fn bare_question(wanted: &[&str]) -> Question {
    let mut question = question(wanted);
    question.requester.processors.clear();
    question.correlation_id = None;
    question
}

fn organisation(number: &str, name: &str) -> Organisation {
    Organisation { number: number.to_owned(), name: name.to_owned() }
}
