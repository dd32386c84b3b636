//! The two ids of a trace.

use std::fmt;

/// The id of a trace: the same in every system that a question passes.
///
/// # Shape
///
/// 16 bytes, not all zero; in text, 32 lower-case hexadecimal digits.
///
/// # Source
///
/// W3C Trace Context, section 3.2.2.3.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TraceId([u8; 16]);

/// The id of one span of a trace.
///
/// # Shape
///
/// 8 bytes, not all zero; in text, 16 lower-case hexadecimal digits.
///
/// # Source
///
/// W3C Trace Context, section 3.2.2.4, `parent-id`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SpanId([u8; 8]);

impl TraceId {
    /// Takes an id that somebody else made. `None` for nothing but zeros.
    pub fn new(bytes: [u8; 16]) -> Option<Self> {
        (bytes != [0; 16]).then_some(Self(bytes))
    }

    /// Makes an id of randomness.
    pub(crate) fn of_random(bytes: [u8; 16]) -> Self {
        // Nothing but zeros is not allowed: one bit is always set.
        let [first, rest @ ..] = bytes;
        let mut id = [0; 16];
        let [into_first, into_rest @ ..] = &mut id;
        (*into_first, *into_rest) = (first | 1, rest);
        Self(id)
    }

    /// The bytes.
    pub fn bytes(self) -> [u8; 16] {
        self.0
    }
}

impl SpanId {
    /// Takes an id that somebody else made. `None` for nothing but zeros.
    pub fn new(bytes: [u8; 8]) -> Option<Self> {
        (bytes != [0; 8]).then_some(Self(bytes))
    }

    /// The bytes.
    pub fn bytes(self) -> [u8; 8] {
        self.0
    }
}

impl fmt::Display for TraceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for TraceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for SpanId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for SpanId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_never_nothing_but_zeros() {
        assert_eq!(TraceId::new([0; 16]), None);
        assert_eq!(SpanId::new([0; 8]), None);
        assert_eq!(TraceId::of_random([0; 16]).to_string(), "01000000000000000000000000000000");
    }
}
