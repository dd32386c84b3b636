//! The agency's document, in the Body itself or inside a string there.

use quick_xml::events::BytesStart;

use crate::bindings::exports::ssbtx::adapter::translation::Document;
use crate::document;
use crate::xml::{Cursor, Piece, Undecodable, admit};

use super::{AnswerFormat, Enclosed};

/// Reads the element of the Body whose start tag the cursor has just passed, to its end. `None` if it is not the agency's answer.
pub(super) fn read(
    cursor: &mut Cursor<'_>,
    format: &AnswerFormat,
    tag: &BytesStart<'_>,
) -> Result<Option<Document>, Undecodable> {
    match &format.enclosed {
        Some(enclosed) => read_enclosed(cursor, format, enclosed, tag),
        None => read_root(cursor, format, tag),
    }
}

fn read_root(
    cursor: &mut Cursor<'_>,
    format: &AnswerFormat,
    tag: &BytesStart<'_>,
) -> Result<Option<Document>, Undecodable> {
    if format.catalogue.has_root(cursor.name_of(tag)?) {
        return document::read(cursor, format.catalogue, tag).map(Some);
    }
    cursor.skip()?;
    Ok(None)
}

fn read_enclosed(
    cursor: &mut Cursor<'_>,
    format: &AnswerFormat,
    enclosed: &Enclosed,
    tag: &BytesStart<'_>,
) -> Result<Option<Document>, Undecodable> {
    if cursor.name_of(tag)? != enclosed.payload {
        cursor.skip()?;
        return Ok(None);
    }
    let mut text = None;
    let mut beside = 0;
    loop {
        match cursor.next()?.ok_or(Undecodable::Truncated)? {
            Piece::Start(tag) if text.is_none() && cursor.name_of(&tag)? == enclosed.text => {
                text = Some(cursor.read_text()?);
            }
            Piece::Start(_) => {
                cursor.skip()?;
                beside += 1;
            }
            Piece::Text(_) => {}
            Piece::End => break,
        }
    }
    let Some(text) = text else { return Ok(None) };
    let mut document = read_text(&text, format)?;
    if let Some(document) = &mut document {
        document.unknown_elements = document.unknown_elements.saturating_add(beside);
    }
    Ok(document)
}

/// Reads a whole document, by the same rules as the one around it.
fn read_text(text: &str, format: &AnswerFormat) -> Result<Option<Document>, Undecodable> {
    // White space before the declaration belongs to the string, not to the document in it.
    let text = admit(text)?.trim_start_matches([' ', '\t', '\r', '\n']);
    let mut cursor = Cursor::of_text(text, format.former_namespaces);
    let Some(Piece::Start(tag)) = cursor.next()? else { return Err(Undecodable::Malformed) };
    let document = read_root(&mut cursor, format, &tag)?;
    // To the end, so that a document that goes on after its root is never taken for a whole one.
    while cursor.next()?.is_some() {}
    Ok(document)
}
