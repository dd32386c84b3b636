//! Reads a question to Skatteverket: the published element, and the document inside its string.

use roxmltree::Document;

use super::{OUTER_URI, PERSON_URI, URI};
use crate::bad_request::BadRequest;
use crate::sequence::Sequence;
use crate::soap;

/// The identity number that a question is about.
pub(super) fn person(document: &Document<'_>) -> Result<String, BadRequest> {
    let mut sequence = Sequence::of(soap::payload(document, "BeskattningsuppgifterRequest", OUTER_URI)?, "")?;
    let text = sequence.field("forfragan")?.any();
    sequence.end()?;

    let wrong = || BadRequest::Value { element: "forfragan".to_owned(), expected: DOCUMENT };
    if !text.starts_with("<?xml ") {
        return Err(wrong());
    }
    let inside = Document::parse(&text).map_err(|_| wrong())?;
    let mut outermost = Sequence::of(inside.root(), URI)?;
    let mut sequence = Sequence::of(outermost.element("FragaBeskattningsuppgifterEnligtSFS2008-975")?, URI)?;
    sequence.field("OrganisationsnummerForIngivare")?.of_length(10, 12, "10 to 12 characters")?;
    for name in ["NamnPaIngivare", "KontonamnForHandlaggare", "Referensnummer", "Syfte", "Lagtext"] {
        sequence.field(name)?;
    }
    let mut sequence = sequence.continued_in(PERSON_URI);
    let person = sequence.field("IdentitetsbeteckningFysiskPerson")?.person()?;
    sequence.end()?;
    Ok(person)
}

const DOCUMENT: &str = "a well-formed XML document with a declaration and without DOCTYPE";
