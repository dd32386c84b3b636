//! `POST /ssbtek/v10`: from request to response.

use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use ssbtx_core::Front;

use super::envelope;
use super::fault::{Fault, Operation};
use super::{question, response};
use crate::consumers::Caller;
use crate::limited::{Limited, NotAnswered};
use crate::media_type::MediaType;
use crate::outside::Admission;
use crate::trace_context::TraceParent;

/// Answers either operation.
pub(crate) async fn answer(
    broker: &Limited,
    caller: &Caller,
    admission: &Admission,
    trace_parent: &TraceParent,
    headers: &HeaderMap,
    body: &Bytes,
) -> Result<Response, Refused> {
    let call = read(headers, body, admission)?;
    let message = match call {
        Call::Ask(call) => {
            let (question, echo) = *call;
            let question = caller.authorise(question).map_err(|_| Fault::NotYourOrganisation)?;
            let answer = broker.ask(caller, Front::SoapV10, question, trace_parent).await.map_err(Fault::from)?;
            response::answer(&answer, &echo).map_err(|_| Fault::BrokenOff)?
        }
        Call::Test => {
            let refused = |refusal: NotAnswered| Refused { operation: Operation::Test, fault: Fault::from(refusal) };
            response::test_answer(&broker.ping(caller).await.map_err(refused)?)
        }
    };
    Ok(xml(StatusCode::OK, message))
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

fn xml(status: StatusCode, message: String) -> Response {
    (status, [(header::CONTENT_TYPE, HeaderValue::from_static("text/xml; charset=utf-8"))], message).into_response()
}

#[cfg(test)]
mod tests;
