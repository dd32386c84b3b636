//! JSON as agencies write it: a document straight to nodes, and an object's members as they stand.

mod members;
mod place;
mod reader;

use thiserror::Error;

pub use members::{Member, members};
pub use reader::read;

/// Why bytes are no JSON that is read here. Never quotes them.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum Undecodable {
    /// The bytes are not UTF-8.
    #[error("the bytes are not UTF-8")]
    NotUtf8,
    /// The content type names another encoding than UTF-8.
    #[error("another encoding than UTF-8 is declared")]
    Encoding,
    /// Objects and arrays are nested too deep.
    #[error("objects and arrays are nested deeper than 64 levels")]
    TooDeep,
    /// The text ends before its value does.
    #[error("the text ends before its value does")]
    Truncated,
    /// Not well-formed in another way: text after the value, an escape that stands for no character.
    #[error("the text is not well-formed")]
    Malformed,
    /// Well-formed, but not an object.
    #[error("the text is not an object")]
    NotAnObject,
    /// A mark that the identity is protected is neither true, false nor null, or is there twice: to drop it would be to drop the protection.
    #[error("a mark of protected identity cannot be read")]
    UnreadableMark,
}

/// The text that these bytes are, without its byte order mark.
///
/// # Errors
///
/// [`Undecodable::NotUtf8`]; whether the text is JSON, and how deep, is for the reader to find.
pub(crate) fn decode(bytes: &[u8]) -> Result<&str, Undecodable> {
    let text = simdutf8::basic::from_utf8(bytes).map_err(|_| Undecodable::NotUtf8)?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Whether something in the text is nested deeper than so many levels. Brackets within strings do not count.
fn is_deeper(text: &str, most: usize) -> bool {
    let (mut levels, mut in_string, mut escaped) = (0_usize, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_string,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => levels += 1,
            b'}' | b']' if !in_string => levels = levels.saturating_sub(1),
            _ => {}
        }
        if levels > most {
            return true;
        }
    }
    false
}

impl From<serde_json::Error> for Undecodable {
    fn from(error: serde_json::Error) -> Self {
        if error.is_eof() { Self::Truncated } else { Self::Malformed }
    }
}

/// Twice what a catalogue may be deep: an unknown subtree may lie below a known one.
const MOST_LEVELS: usize = 64;
