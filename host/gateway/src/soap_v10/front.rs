//! `POST /ssbtek/v10`: from request to response.

use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use ssbtx_core::{Front, OpenCase, WipedBytes};
use ssbtx_observation::Trace;

use super::envelope;
use super::fault::{Fault, Operation};
use super::{question, response};
use crate::case_gate::CASE_NOT_OPEN;
use crate::consumers::Caller;
use crate::limited::{Asking, Limited, NotAnswered};
use crate::media_type::MediaType;
use crate::outside::Admission;

/// Answers either operation.
pub(crate) async fn answer(
    broker: &Limited,
    caller: &Caller,
    admission: &Admission,
    trace: &Trace,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Response, Refused> {
    let call = read(headers, body, admission)?;
    Ok(match call {
        Call::Ask(call) => {
            let (question, echo) = *call;
            let question = caller.authorise(question).map_err(|_| Fault::NotYourOrganisation)?;
            let answer =
                broker.ask(caller, Asking::alone(Front::SoapV10, question), trace).await.map_err(Fault::from)?;
            let mut response = xml(StatusCode::OK, response::answer(&answer, &echo).map_err(|_| Fault::BrokenOff)?);
            if answer.open_case == OpenCase::Outside {
                response.headers_mut().insert(WARNING, HeaderValue::from_static(CASE_NOT_OPEN));
            }
            response
        }
        Call::Test => {
            let refused = |refusal: NotAnswered| Refused { operation: Operation::Test, fault: Fault::from(refusal) };
            xml(StatusCode::OK, response::test_answer(&broker.ping(caller).await.map_err(refused)?))
        }
    })
}

/// A fault, and the operation that it is about.
#[derive(Debug)]
pub(crate) struct Refused {
    operation: Operation,
    fault: Fault,
}

impl Refused {
    /// The fault.
    pub(crate) fn fault(&self) -> &Fault {
        &self.fault
    }
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Self { operation: Operation::Ask, fault }
    }
}

impl IntoResponse for Refused {
    /// SOAP 1.1 has status 500 for every fault; a request that is refused before it is read has HTTP's own status too.
    fn into_response(self) -> Response {
        let status = match &self.fault {
            Fault::ContentType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Fault::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Fault::NotWhole => StatusCode::REQUEST_TIMEOUT,
            Fault::MalformedXml { .. }
            | Fault::NotUtf8
            | Fault::NoSoapMessage(_)
            | Fault::SoapVersion
            | Fault::MustUnderstand
            | Fault::UnknownOperation
            | Fault::Misplaced(_)
            | Fault::Value { .. }
            | Fault::NotRegistered
            | Fault::NotYourOrganisation
            | Fault::Limit(_)
            | Fault::CaseNotOpen
            | Fault::CasesUnavailable
            | Fault::Closed(_)
            | Fault::RoleWithoutPolicy(_)
            | Fault::NotRecorded
            | Fault::BrokenOff => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let mut response = xml(status, self.fault.write(self.operation));
        if let Some(reached) = self.fault.limit() {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(reached.retry_after.as_secs()));
        }
        response
    }
}

/// What a message asks for. What is read here lives no longer than the reading: the XML is gone before anyone is asked.
enum Call {
    Ask(Box<(ssbtx_core::Question, question::Echo)>),
    Test,
}

fn read(headers: &HeaderMap, body: &[u8], admission: &Admission) -> Result<Call, Refused> {
    match MediaType::of(headers) {
        Some(media_type) if media_type.is("text/xml") && media_type.is_utf8() => {}
        Some(media_type) if media_type.is("application/soap+xml") => return Err(Fault::SoapVersion.into()),
        Some(_) | None => return Err(Fault::ContentType.into()),
    }
    let text = str::from_utf8(body).map_err(|_| Fault::NotUtf8)?;
    let document = envelope::parse(text)?;
    match envelope::operation(&document)? {
        (Operation::Ask, node) => Ok(Call::Ask(Box::new(question::parse(node, admission)?))),
        (operation @ Operation::Test, node) => match question::parse_test(node) {
            Ok(()) => Ok(Call::Test),
            Err(fault) => Err(Refused { operation, fault }),
        },
    }
}

/// A response of this message, which is wiped from memory when it has been sent.
fn xml(status: StatusCode, message: String) -> Response {
    let message = Bytes::from_owner(WipedBytes::from(message));
    (status, [(header::CONTENT_TYPE, HeaderValue::from_static("text/xml; charset=utf-8"))], message).into_response()
}

/// What is wrong with a question that has an answer all the same: the contract has no room for it in a message.
const WARNING: HeaderName = HeaderName::from_static("ssbtx-warning");

#[cfg(test)]
mod tests;
