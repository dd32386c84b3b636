//! How each fault shows.

mod nonsense;

use std::convert::Infallible;
use std::future::pending;

use bytes::Bytes;
use futures::{StreamExt, stream};
use http::{HeaderValue, Response, StatusCode, header};
use http_body_util::{BodyExt, StreamBody};
use hyper::body::Frame;
use tokio::time::sleep;

use crate::answers::Answers;
use crate::exchange::{Body, Desk, send};
use crate::fault::Fault;
use crate::line::Scissors;
use crate::message::Message;

/// Answers as the fault says.
pub(crate) async fn respond(desk: &Desk, fault: Fault, answers: Answers, scissors: &Scissors) -> Response<Body> {
    let Answers { person, right, odd, own_error } = answers;
    let about = person.clone().unwrap_or_else(|| "okänd".to_owned());
    let agency = desk.agency;
    match fault {
        Fault::Delay(delay) => {
            sleep(delay).await;
            desk.deliver(person, right)
        }
        Fault::Hang => pending().await,
        Fault::ConnectionReset => {
            scissors.cut();
            // Never arrives: writing it is what meets the cut.
            send(Message { body: String::new(), ..right })
        }
        Fault::Http500 => {
            let page =
                format!("<!doctype html><html><body><h1>500</h1><p>Fel vid uppslag av {about}<br></body></html>");
            send(Message::bare(StatusCode::INTERNAL_SERVER_ERROR, "text/html; charset=utf-8", page))
        }
        Fault::SoapFault => send(nonsense::fault(agency, &about)),
        Fault::AgencyErrorCode => desk.deliver(person, own_error),
        Fault::TruncatedXml => send(nonsense::truncated(agency, right)),
        Fault::HugeBody => huge(right),
        Fault::WrongContentType => send(Message { content_type: "text/plain; charset=utf-8", ..right }),
        Fault::EmptyBody => send(Message { body: String::new(), ..right }),
        Fault::NotXml => {
            let sentence = "Tjänsten är stängd för underhåll & återkommer < 18.00.".to_owned();
            send(Message { body: sentence, ..right })
        }
        Fault::EntityBomb => send(nonsense::bomb(agency)),
        Fault::SchemaOdd => desk.deliver(person, odd),
        Fault::WrongSoapPayload => send(nonsense::receipt(agency)),
        Fault::HalfThenHang => half_then_hang(right),
        Fault::Redirect => redirect(desk),
    }
}

fn first_half(text: &str) -> &str {
    let middle = text.floor_char_boundary(text.len() / 2);
    text.split_at(middle).0
}

/// A right answer, padded with white space before whatever closes it.
fn huge(right: Message) -> Response<Body> {
    let (before, after) = match right.body.strip_suffix(END_OF_ENVELOPE) {
        Some(before) => (before.to_owned(), END_OF_ENVELOPE),
        None => (right.body.clone(), ""),
    };
    let padding = HUGE_BYTES.saturating_sub(before.len() + after.len());
    let chunk = Bytes::from(vec![b' '; CHUNK_BYTES]);
    let rest = chunk.slice(..padding % CHUNK_BYTES);
    let pieces = stream::iter([Bytes::from(before)])
        .chain(stream::repeat(chunk).take(padding / CHUNK_BYTES))
        .chain(stream::iter([rest, Bytes::from(after)]));
    streamed(right, pieces)
}

fn half_then_hang(right: Message) -> Response<Body> {
    let length = right.body.len();
    let half = Bytes::from(first_half(&right.body).to_owned());
    let mut response = streamed(right, stream::iter([half]).chain(stream::pending()));
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    response
}

/// The head of a message over another body, sent piece by piece.
fn streamed(head: Message, pieces: impl stream::Stream<Item = Bytes> + Send + Sync + 'static) -> Response<Body> {
    let frames = pieces.map(|piece| Ok::<_, Infallible>(Frame::data(piece)));
    send(head).map(|_| BodyExt::boxed(StreamBody::new(frames)))
}

fn redirect(desk: &Desk) -> Response<Body> {
    let mut response = send(Message::xml(StatusCode::FOUND, String::new()));
    let location = format!("https://{}{}", desk.elsewhere, desk.agency.path());
    if let Ok(location) = HeaderValue::from_str(&location) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

/// What closes every message in an envelope.
const END_OF_ENVELOPE: &str = "</soap:Body></soap:Envelope>";

/// The size of a huge body, in bytes: past any limit that a reader of such answers needs.
const HUGE_BYTES: usize = 50_000_000;

const CHUNK_BYTES: usize = 1 << 16;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::soap;

    #[test]
    fn half_a_text_is_never_cut_within_a_character() {
        assert_eq!(first_half("aåä"), "a");
        assert_eq!(first_half(""), "");
    }

    #[test]
    fn every_envelope_ends_as_the_padding_of_a_huge_body_counts_on() {
        assert!(soap::envelope("<a/>").ends_with(END_OF_ENVELOPE));
    }
}
