//! The `traceparent` header of a request.

use http::{HeaderMap, HeaderName};
use ssbtx_observation::{Caller, SpanId, TraceId};

/// The header's name.
pub(crate) const TRACEPARENT: HeaderName = HeaderName::from_static("traceparent");

/// What a caller says of the trace that its request is part of; nothing where it says nothing, says it twice, or what it says is malformed.
///
/// A later version is read as version 00, as the standard asks. `tracestate` is not read: it is free text of other systems, and whom a host asks are
/// other authorities than whoever wrote it (ADR 0030).
///
/// # Shape
///
/// `00-`, 32 hexadecimal digits, `-`, 16 hexadecimal digits, `-`, two hexadecimal digits, all in lower case, neither id all zeros.
///
/// # Source
///
/// W3C Trace Context, sections 3.2 and 4.3.
pub(crate) fn caller(headers: &HeaderMap) -> Option<Caller> {
    let mut values = headers.get_all(TRACEPARENT).iter();
    match (values.next(), values.next()) {
        (Some(only), None) => parse(only.to_str().ok()?),
        _ => None,
    }
}

fn parse(header: &str) -> Option<Caller> {
    let mut fields = header.split('-');
    let (version, trace, span, flags) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
    let [version] = hex(version)?;
    if version == 0xff || (version == 0 && fields.next().is_some()) {
        return None;
    }
    let [flags] = hex(flags)?;
    Some(Caller { trace: TraceId::new(hex(trace)?)?, span: SpanId::new(hex(span)?)?, is_sampled: flags & SAMPLED != 0 })
}

/// Bytes in hexadecimal digits, lower case alone.
fn hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut bytes = [0; N];
    let is_lower = !text.bytes().any(|byte| byte.is_ascii_uppercase());
    (is_lower && hex::decode_to_slice(text, &mut bytes).is_ok()).then_some(bytes)
}

const SAMPLED: u8 = 1;

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    const GIVEN: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    #[test]
    fn ok_traceparent() {
        for header in [
            GIVEN,
            &GIVEN.replacen("00-", "cc-", 1),
            &format!("{}-more", GIVEN.replacen("00-", "01-", 1)),
            &GIVEN.replace("-01", "-ff"),
        ] {
            let caller = parse(header).unwrap();
            assert_eq!(caller.trace.to_string(), "4bf92f3577b34da6a3ce929d0e0e4736", "{header}");
            assert_eq!((caller.span.to_string().as_str(), caller.is_sampled), ("00f067aa0ba902b7", true), "{header}");
        }
        assert!(!parse(&GIVEN.replace("-01", "-02")).unwrap().is_sampled);
    }

    #[test]
    fn err_traceparent() {
        for header in [
            "",
            "00",
            &GIVEN.to_uppercase(),
            &GIVEN.replacen("00-", "ff-", 1),
            &format!("{GIVEN}-more"),
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-1",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-å",
        ] {
            assert_eq!(parse(header), None, "{header}");
        }
    }

    #[test]
    fn a_header_that_is_given_twice_says_nothing() {
        let mut headers = HeaderMap::new();
        headers.insert(TRACEPARENT, HeaderValue::from_static(GIVEN));
        assert!(caller(&headers).is_some());
        headers.append(TRACEPARENT, HeaderValue::from_static(GIVEN));
        assert_eq!(caller(&headers), None);
    }
}
