//! The `traceparent` header: accepted where it is well formed, made where it is not.

use std::fmt;

/// A `traceparent` of version 00.
///
/// # Shape
///
/// `00-`, 32 hexadecimal digits, `-`, 16 hexadecimal digits, `-`, two hexadecimal digits, all in lower case, neither id all zeros.
///
/// # Source
///
/// W3C Trace Context, section 3.2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TraceParent(String);

impl TraceParent {
    /// Reads a header's value. A later version is read as version 00, as the standard asks; what is malformed is no value at all.
    pub(crate) fn parse(header: &str) -> Option<Self> {
        let mut fields = header.split('-');
        let (version, trace, span, flags) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
        let shaped = is_hex(version, 2)
            && is_hex(trace, 32)
            && is_hex(span, 16)
            && is_hex(flags, 2)
            && version != "ff"
            && (version != "00" || fields.next().is_none())
            && [trace, span].iter().all(|id| id.bytes().any(|byte| byte != b'0'));
        shaped.then(|| Self(format!("00-{trace}-{span}-{flags}")))
    }

    /// Makes one for a question that came without, not sampled.
    pub(crate) fn new(trace: [u8; 16], span: [u8; 16]) -> Self {
        // An id of nothing but zeros is not allowed: one bit is always set.
        let [first, trace @ ..] = trace;
        let [second, span @ .., _, _, _, _, _, _, _, _] = span;
        Self(format!("00-{:02x}{}-{:02x}{}-00", first | 1, hex::encode(trace), second | 1, hex::encode(span)))
    }

    /// The header's value.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TraceParent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_hex(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GIVEN: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    #[test]
    fn ok_traceparent() {
        assert_eq!(TraceParent::parse(GIVEN).unwrap().as_str(), GIVEN);
        assert_eq!(TraceParent::parse(&GIVEN.replacen("00-", "cc-", 1)).unwrap().as_str(), GIVEN);
        assert_eq!(TraceParent::parse(&format!("{}-more", GIVEN.replacen("00-", "01-", 1))).unwrap().as_str(), GIVEN);
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
        ] {
            assert_eq!(TraceParent::parse(header), None, "{header}");
        }
    }

    #[test]
    fn a_made_traceparent_is_well_formed_even_without_luck() {
        let made = TraceParent::new([0; 16], [0; 16]);
        assert_eq!(TraceParent::parse(made.as_str()), Some(made));
    }
}
