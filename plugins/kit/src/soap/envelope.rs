//! What a SOAP Body holds.

use crate::agency_code::AgencyCode;
use crate::bindings::exports::ssbtx::adapter::translation::Document;
use crate::xml::{Cursor, Name, Piece, Undecodable, decode};

use super::{AnswerFormat, SOAP, payload};

/// The content of a Body.
pub(super) enum Content {
    /// The agency's document.
    Document(Document),
    /// A SOAP Fault, with the most telling code in it that is safe to show. Its texts are not kept.
    Fault(Option<AgencyCode>),
    /// Something else, or nothing.
    Unexpected,
    /// There is no envelope, or no Body in it.
    Missing,
}

/// Reads an envelope to its end, so that one that was cut off is never taken for a whole one.
pub(super) fn read(bytes: &[u8], format: &AnswerFormat) -> Result<Content, Undecodable> {
    let mut cursor = Cursor::of_bytes(decode(bytes)?, format.former_namespaces);
    let mut content = open_body(&mut cursor, format)?;
    let mut beside = 0;
    while let Some(piece) = cursor.next()? {
        if let Piece::Start(_) = piece {
            cursor.skip()?;
            beside += 1;
        }
    }
    if let Content::Document(document) = &mut content {
        document.unknown_elements = document.unknown_elements.saturating_add(beside);
    }
    Ok(content)
}

fn open_body(cursor: &mut Cursor<'_>, format: &AnswerFormat) -> Result<Content, Undecodable> {
    if !enter(cursor, "Envelope")? || !enter(cursor, "Body")? {
        return Ok(Content::Missing);
    }
    while let Some(piece) = cursor.next()? {
        match piece {
            Piece::Start(tag) => {
                if cursor.name_of(&tag)? == soap("Fault") {
                    return read_fault(cursor, format.fault_code).map(Content::Fault);
                }
                let document = payload::read(cursor, format, &tag)?;
                return Ok(document.map_or(Content::Unexpected, Content::Document));
            }
            Piece::Text(_) => {}
            Piece::End => break,
        }
    }
    Ok(Content::Unexpected)
}

/// Enters the next element of this SOAP name, past those that come before it in the element where the cursor is.
fn enter(cursor: &mut Cursor<'_>, local: &str) -> Result<bool, Undecodable> {
    while let Some(piece) = cursor.next()? {
        match piece {
            Piece::Start(tag) => {
                if cursor.name_of(&tag)? == soap(local) {
                    return Ok(true);
                }
                cursor.skip()?;
            }
            Piece::Text(_) => {}
            Piece::End => break,
        }
    }
    Ok(false)
}

fn soap(local: &str) -> Name<'_> {
    Name { namespace: SOAP, local }
}

/// The agency's own code if the detail has one, else what `faultcode` says after its prefix.
fn read_fault(cursor: &mut Cursor<'_>, detail_code: Option<&str>) -> Result<Option<AgencyCode>, Undecodable> {
    let mut own = None;
    let mut general = None;
    let mut inside = 1_usize;
    while inside > 0 {
        match cursor.next()?.ok_or(Undecodable::Truncated)? {
            Piece::Start(tag) => {
                let local = cursor.name_of(&tag)?.local;
                if inside == 1 && local == "faultcode" {
                    let text = cursor.read_text()?;
                    general = AgencyCode::parse(text.rsplit_once(':').map_or(text.as_str(), |(_, local)| local));
                } else if inside > 1 && Some(local) == detail_code {
                    own = own.or(AgencyCode::parse(&cursor.read_text()?));
                } else {
                    inside += 1;
                }
            }
            Piece::Text(_) => {}
            Piece::End => inside -= 1,
        }
    }
    Ok(own.or(general))
}
