//! `SvarMeddelande` as a step, by its status code.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{
    Answer, Document, NothingFound, Notice, Reply, Step,
};
use ssbtx_adapter_kit::{AgencyCode, failed, receive, text};

use crate::catalogue::{CATALOGUE, element};

/// Reads Arbetsförmedlingen's reply and says what it means.
pub(crate) fn absorb(replies: &[Reply]) -> Step {
    match receive(replies, &CATALOGUE, None) {
        Ok(document) => conclude(document),
        Err(reason) => reason.into(),
    }
}

/// The one table of Arbetsförmedlingen's status codes; `README.md` has it in words.
///
/// Only 0 is published. An answer without a status is not taken for a normal one: what it leaves out could be left out for any reason.
fn conclude(document: Document) -> Step {
    let code = text(&document, element::SVAR_STATUS_SOKANDEINFORMATION_KOD).and_then(AgencyCode::parse);
    let Some(code) = code else {
        return failed("no-status", "Arbetsförmedlingens svar saknar statuskod och kan inte tolkas.");
    };
    match code.as_str().parse::<u32>() {
        Ok(NORMAL) => Step::Answer(Answer { document, failures: Vec::new() }),
        Ok(UNKNOWN_PERSON) => Step::Nothing(NothingFound {
            document: Some(document),
            reason: Some(Notice {
                code: code.as_str().to_owned(),
                message: "Personen finns inte i Arbetsförmedlingens register.".to_owned(),
            }),
        }),
        _ => failed(code.as_str(), "Arbetsförmedlingen kunde inte lämna uppgifter (statuskod för fel)."),
    }
}

const NORMAL: u32 = 0;
const UNKNOWN_PERSON: u32 = 1;
