//! How each fault shows.

use std::convert::Infallible;
use std::future::pending;

use bytes::Bytes;
use futures::{StreamExt, stream};
use http::{HeaderValue, Response, StatusCode, header};
use http_body_util::{BodyExt, StreamBody};
use hyper::body::Frame;
use tokio::time::sleep;

use crate::answers::{Answers, OwnError, prefix};
use crate::exchange::{Body, Desk, with_body, xml};
use crate::fault::Fault;
use crate::line::Scissors;
use crate::odd::make_odd;
use crate::soap::{self, Blame};
use crate::spelling::Spelling;

/// Answers as the fault says. `right` is the payload that would have been sent.
pub(crate) async fn respond(
    desk: &Desk,
    fault: Fault,
    answers: &Answers,
    right: String,
    scissors: &Scissors,
) -> Response<Body> {
    let person = &answers.person;
    let ok = StatusCode::OK;
    match fault {
        Fault::Delay(delay) => {
            sleep(delay).await;
            desk.deliver(person, right)
        }
        Fault::Hang => pending().await,
        Fault::ConnectionReset => {
            scissors.cut();
            // Never arrives: writing it is what meets the cut.
            xml(ok, String::new())
        }
        Fault::Http500 => with_body(StatusCode::INTERNAL_SERVER_ERROR, "text/html; charset=utf-8", error_page(person)),
        Fault::SoapFault => {
            let text = format!("Personnummer {person} kunde inte behandlas");
            xml(StatusCode::INTERNAL_SERVER_ERROR, soap::fault(Blame::Server, &text, ""))
        }
        Fault::AgencyErrorCode => own_error(desk, answers),
        Fault::TruncatedXml => {
            let whole = soap::envelope(&right);
            xml(ok, first_half(&whole).to_owned())
        }
        Fault::HugeBody => huge(&right),
        Fault::WrongContentType => with_body(ok, "text/plain; charset=utf-8", soap::envelope(&right)),
        Fault::EmptyBody => xml(ok, String::new()),
        Fault::NotXml => xml(ok, "Tjänsten är stängd för underhåll & återkommer < 18.00.".to_owned()),
        Fault::EntityBomb => xml(ok, entity_bomb()),
        Fault::SchemaOdd => desk.deliver(person, Spelling::Odd.write(&make_odd(answers.right.clone()))),
        Fault::WrongSoapPayload => {
            xml(ok, soap::envelope(r#"<o:Kvittens xmlns:o="urn:exempel:annan-tjanst"><o:Kod>0</o:Kod></o:Kvittens>"#))
        }
        Fault::HalfThenHang => half_then_hang(&soap::envelope(&right)),
        Fault::Redirect => redirect(desk),
    }
}

fn own_error(desk: &Desk, answers: &Answers) -> Response<Body> {
    let plain = Spelling::Plain { prefix: prefix(desk.agency) };
    match &answers.own_error {
        OwnError::Document(document) => desk.deliver(&answers.person, plain.write(document)),
        OwnError::FaultDetail(detail) => {
            let fault = soap::fault(Blame::Server, "Tekniskt fel", &plain.write(detail));
            xml(StatusCode::INTERNAL_SERVER_ERROR, fault)
        }
    }
}

fn error_page(person: &str) -> String {
    format!("<!doctype html><html><body><h1>500</h1><p>Fel vid uppslag av {person}<br></body></html>")
}

fn first_half(text: &str) -> &str {
    let middle = text.floor_char_boundary(text.len() / 2);
    text.split_at(middle).0
}

/// A right answer, padded with white space between the payload and the end of the body.
fn huge(right: &str) -> Response<Body> {
    let [before, after] = soap::halves();
    let padding = HUGE_BYTES.saturating_sub(before.len() + right.len() + after.len());
    let chunk = Bytes::from(vec![b' '; CHUNK_BYTES]);
    let rest = chunk.slice(..padding % CHUNK_BYTES);
    let pieces = stream::iter([Bytes::from(before), Bytes::from(right.to_owned())])
        .chain(stream::repeat(chunk).take(padding / CHUNK_BYTES))
        .chain(stream::iter([rest, Bytes::from(after)]));
    streamed(pieces)
}

fn half_then_hang(whole: &str) -> Response<Body> {
    let half = Bytes::from(first_half(whole).to_owned());
    let mut response = streamed(stream::iter([half]).chain(stream::pending()));
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(whole.len()));
    response
}

fn streamed(pieces: impl stream::Stream<Item = Bytes> + Send + Sync + 'static) -> Response<Body> {
    let frames = pieces.map(|piece| Ok::<_, Infallible>(Frame::data(piece)));
    xml(StatusCode::OK, String::new()).map(|_| BodyExt::boxed(StreamBody::new(frames)))
}

/// Ten entities, each ten of the one before, the first of 100 characters: 100 GB if anybody expands them.
fn entity_bomb() -> String {
    let mut bomb = format!(r#"<?xml version="1.0"?><!DOCTYPE b [<!ENTITY e0 "{}">"#, "x".repeat(100));
    for level in 1..10 {
        let inner = format!("&e{};", level - 1).repeat(10);
        bomb.extend(["<!ENTITY e", &level.to_string(), " \"", &inner, "\">"]);
    }
    bomb.push_str("]>");
    bomb.push_str(soap::envelope("<b>&e9;</b>").trim_start_matches(r#"<?xml version="1.0" encoding="UTF-8"?>"#));
    bomb
}

fn redirect(desk: &Desk) -> Response<Body> {
    let mut response = xml(StatusCode::FOUND, String::new());
    let location = format!("https://{}{}", desk.elsewhere, desk.agency.path());
    if let Ok(location) = HeaderValue::from_str(&location) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

/// The size of a huge body, in bytes: past any limit that a reader of such answers needs.
const HUGE_BYTES: usize = 50_000_000;

const CHUNK_BYTES: usize = 1 << 16;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_text_is_never_cut_within_a_character() {
        assert_eq!(first_half("aåä"), "a");
        assert_eq!(first_half(""), "");
    }

    #[test]
    fn an_entity_bomb_is_refused_by_a_reader_without_doctype() {
        assert!(soap::parse(&entity_bomb()).is_err());
    }
}
