//! What an agency sends that is no answer, in the format that its callers expect.

use http::StatusCode;

use super::first_half;
use crate::agency::{Agency, Protocol};
use crate::message::Message;
use crate::soap::{self, Blame};
use crate::soap_service::{Carriage, Quoting};

/// The first half of the right answer, as if it were whole.
///
/// Where the document stands in a string, only the document is cut: what is around it would hide that it is read for itself.
pub(super) fn truncated(agency: Agency, right: Message) -> Message {
    match (agency.protocol(), &right.payload) {
        (Protocol::Soap(service), Some(document)) if matches!(service.carriage, Carriage::Text(_)) => {
            service.carry(first_half(document).to_owned(), Quoting::Escaped)
        }
        _ => Message { body: first_half(&right.body).to_owned(), ..right },
    }
}

/// A fault that some machine in between might make, without the agency's own detail; it quotes the identity number.
pub(super) fn fault(agency: Agency, person: &str) -> Message {
    let text = format!("Personnummer {person} kunde inte behandlas");
    let status = StatusCode::INTERNAL_SERVER_ERROR;
    match agency.protocol() {
        Protocol::Soap(_) => Message::xml(status, soap::fault(Blame::Server, &text, "")),
        Protocol::Json => Message::json(status, format!(r#"{{"fault":{{"faultstring":"{text}"}}}}"#)),
    }
}

/// A few bytes that cost their reader a lot: entities that expand to a hundred gigabytes, or lists within lists.
pub(super) fn bomb(agency: Agency) -> Message {
    match agency.protocol() {
        Protocol::Soap(service) => match service.carriage {
            Carriage::Element => Message::xml(StatusCode::OK, with_entities(&soap::envelope("<b>&e9;</b>"))),
            Carriage::Text(_) => service.carry(with_entities("<b>&e9;</b>"), Quoting::Escaped),
        },
        Protocol::Json => Message::json(StatusCode::OK, format!("{}{}", "[".repeat(LISTS), "]".repeat(LISTS))),
    }
}

/// A document of another service.
pub(super) fn receipt(agency: Agency) -> Message {
    match agency.protocol() {
        Protocol::Soap(_) => Message::xml(
            StatusCode::OK,
            soap::envelope(r#"<o:Kvittens xmlns:o="urn:exempel:annan-tjanst"><o:Kod>0</o:Kod></o:Kvittens>"#),
        ),
        Protocol::Json => Message::json(StatusCode::OK, r#"{"kvittens":{"kod":"0"}}"#.to_owned()),
    }
}

/// Ten entities before this XML, each ten of the one before, the first of 100 characters: 100 GB if anybody expands them.
fn with_entities(xml: &str) -> String {
    let mut bomb = format!(r#"<?xml version="1.0"?><!DOCTYPE b [<!ENTITY e0 "{}">"#, "x".repeat(100));
    for level in 1..10 {
        let inner = format!("&e{};", level - 1).repeat(10);
        bomb.extend(["<!ENTITY e", &level.to_string(), " \"", &inner, "\">"]);
    }
    bomb.push_str("]>");
    bomb.push_str(xml.trim_start_matches(r#"<?xml version="1.0" encoding="UTF-8"?>"#));
    bomb
}

/// How many lists stand within each other in a bomb of JSON: enough to exhaust the stack of a reader that calls itself.
const LISTS: usize = 100_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entity_bomb_is_refused_by_a_reader_without_doctype() {
        for agency in Agency::ALL.into_iter().filter(|agency| *agency != Agency::Fk) {
            let bomb = bomb(agency);
            assert!(soap::parse(&bomb.payload.unwrap_or(bomb.body)).is_err(), "{agency}");
        }
    }
}
