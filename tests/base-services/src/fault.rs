//! What can go wrong at an agency, on demand.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// A fault that an agency shows for every question until it is taken away.
///
/// A question that breaks the schema is refused before any fault shows.
///
/// # Shape
///
/// In text, a kebab-case name such as `soap-fault`; a delay carries its milliseconds: `delay:1500ms`.
///
/// The names are those of XML, which six of seven agencies speak; each variant says what Försäkringskassan, which speaks JSON, does under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fault {
    /// The right answer, this much later.
    Delay(Duration),
    /// No answer until the caller closes the connection.
    Hang,
    /// The connection is reset (TCP RST) once the question has arrived.
    ConnectionReset,
    /// HTTP 500 with an HTML page that quotes the identity number.
    Http500,
    /// HTTP 500 with a SOAP fault of the server, without the agency's own detail; its text quotes the identity number. FK: a `fault` in JSON that
    /// LEFI does not have.
    SoapFault,
    /// The agency's own way of saying that it failed: AF status code 2, CSN `ResultatKod` 9, FK status 500 with a `LefiFelsvar`, SKV
    /// `Exception` with `MeddelandeKod` 9071003, SO `FEL` from every a-kassa, TNS `resultat` `FEL`, MIV `SSBTEKSoapException`.
    AgencyErrorCode,
    /// The first half of the right answer, sent as if it were whole. SKV: the first half of the document inside the string. FK: half of the JSON.
    TruncatedXml,
    /// A right answer of 50,000,000 bytes, most of them white space, sent without a length.
    HugeBody,
    /// The right answer, said to be `text/plain`.
    WrongContentType,
    /// HTTP 200 and nothing more.
    EmptyBody,
    /// HTTP 200 and the usual content type over a sentence that is no XML and no JSON.
    NotXml,
    /// A DOCTYPE whose entities expand to a hundred gigabytes. SKV: inside the string. FK: a hundred thousand lists within each other.
    EntityBomb,
    /// The right content as no schema has it: other prefixes, zoned dates, CDATA, an unknown element, mandatory ones missing. CSN: in the
    /// namespaces of schema 3.0. SKV: the string as CDATA. TNS: elements only where the schema leaves room for any. FK: what LEFI's own module has.
    SchemaOdd,
    /// A SOAP envelope with an element that nobody asked for. FK: such an object.
    WrongSoapPayload,
    /// The first half of the right answer under the whole length, then silence.
    HalfThenHang,
    /// HTTP 302 to another agency's listener, which counts whoever follows.
    Redirect,
}

impl Fault {
    /// Every fault but the delay, which has no name without a time.
    pub const NAMED: [Self; 15] = [
        Self::Hang,
        Self::ConnectionReset,
        Self::Http500,
        Self::SoapFault,
        Self::AgencyErrorCode,
        Self::TruncatedXml,
        Self::HugeBody,
        Self::WrongContentType,
        Self::EmptyBody,
        Self::NotXml,
        Self::EntityBomb,
        Self::SchemaOdd,
        Self::WrongSoapPayload,
        Self::HalfThenHang,
        Self::Redirect,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Delay(_) => "delay",
            Self::Hang => "hang",
            Self::ConnectionReset => "connection-reset",
            Self::Http500 => "http-500",
            Self::SoapFault => "soap-fault",
            Self::AgencyErrorCode => "agency-error-code",
            Self::TruncatedXml => "truncated-xml",
            Self::HugeBody => "huge-body",
            Self::WrongContentType => "wrong-content-type",
            Self::EmptyBody => "empty-body",
            Self::NotXml => "not-xml",
            Self::EntityBomb => "entity-bomb",
            Self::SchemaOdd => "schema-odd",
            Self::WrongSoapPayload => "wrong-soap-payload",
            Self::HalfThenHang => "half-then-hang",
            Self::Redirect => "redirect",
        }
    }
}

impl FromStr for Fault {
    type Err = UnknownFault;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(milliseconds) = text.strip_prefix("delay:").and_then(|rest| rest.strip_suffix("ms")) {
            return milliseconds.parse().map(|ms| Self::Delay(Duration::from_millis(ms))).map_err(|_| UnknownFault);
        }
        Self::NAMED.into_iter().find(|fault| fault.name() == text).ok_or(UnknownFault)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Delay(delay) => write!(f, "{}:{}ms", self.name(), delay.as_millis()),
            _ => f.write_str(self.name()),
        }
    }
}

/// A text that names no fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("fault is not a known name such as `soap-fault` or `delay:1500ms`")]
pub struct UnknownFault;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_read_back_as_it_was_written() {
        for fault in Fault::NAMED.into_iter().chain([Fault::Delay(Duration::from_millis(1500))]) {
            assert_eq!(fault.to_string().parse(), Ok(fault));
        }
    }

    #[test]
    fn err_fault() {
        for text in ["", "Hang", "delay", "delay:", "delay:ms", "delay:1500", "delay:-1ms"] {
            assert_eq!(text.parse::<Fault>(), Err(UnknownFault), "{text}");
        }
    }
}
