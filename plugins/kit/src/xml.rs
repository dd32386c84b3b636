//! XML as agencies write it, and XML as they are asked in.

mod cursor;
mod name;
mod writer;

use thiserror::Error;

pub(crate) use cursor::{Cursor, Piece, is_utf8};
pub use name::{FormerNamespace, Name};
pub use writer::Writer;

/// Why bytes are no XML document that is read here. Never quotes the document.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum Undecodable {
    /// The bytes are not UTF-8.
    #[error("the bytes are not UTF-8")]
    NotUtf8,
    /// The XML declaration, or the content type, names another encoding than UTF-8.
    #[error("another encoding than UTF-8 is declared")]
    Encoding,
    /// There is a document type declaration: with one, entities could mean anything.
    #[error("there is a document type declaration")]
    Doctype,
    /// A reference to an entity other than XML's own five.
    #[error("an entity is not one of XML's five")]
    UndefinedEntity,
    /// Elements are nested too deep.
    #[error("elements are nested deeper than 64 levels")]
    TooDeep,
    /// The document ends before its root does.
    #[error("the document ends before its root element does")]
    Truncated,
    /// A mark that the identity is protected is there twice: to drop one would be to drop the protection.
    #[error("a mark of protected identity is there twice")]
    UnreadableMark,
    /// Not well-formed in another way.
    #[error("the document is not well-formed")]
    Malformed,
}

/// The text of a document, without its byte order mark.
///
/// # Errors
///
/// [`Undecodable::NotUtf8`], and [`Undecodable::Malformed`] for a character that XML 1.0 forbids.
pub(crate) fn decode(bytes: &[u8]) -> Result<&str, Undecodable> {
    admit(simdutf8::basic::from_utf8(bytes).map_err(|_| Undecodable::NotUtf8)?)
}

/// The text, without its byte order mark, if XML 1.0 lets a document hold every character of it.
///
/// # Errors
///
/// [`Undecodable::Malformed`] if it does not.
pub(crate) fn admit(text: &str) -> Result<&str, Undecodable> {
    // Whole, and not to the first that is found, so that many bytes are looked at in one instruction.
    let suspicious = text.bytes().fold(false, |found, byte| found | is_suspicious(byte));
    if suspicious && !text.chars().all(is_xml_char) {
        return Err(Undecodable::Malformed);
    }
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// Whether a character that this byte is part of may be forbidden: control characters, and U+F000 to U+FFFF.
fn is_suspicious(byte: u8) -> bool {
    (byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r')) || byte == 0xef
}

/// Whether XML 1.0 lets a document hold this character, even as a character reference.
fn is_xml_char(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => true,
        _ => character >= ' ' && !NONCHARACTERS.contains(&character),
    }
}

/// How every document that is written here begins.
pub(crate) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
const NONCHARACTERS: [char; 2] = ['\u{fffe}', '\u{ffff}'];
