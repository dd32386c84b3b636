//! Reads a question to CSN: the published element, and the content that SSBTX gives it.

use roxmltree::{Document, Node};

use super::URI;
use crate::bad_request::BadRequest;
use crate::sequence::{Attributes, Sequence};
use crate::soap;

const CONTENT_URI: &str = "http://www.sambruk.se/SBNyttomeddelanden";

/// The identity number that a question is about.
pub(super) fn person(document: &Document<'_>) -> Result<String, BadRequest> {
    let mut sequence = Sequence::of(soap::payload(document, "SBNUppgEkBistandBegar", URI)?, CONTENT_URI)?;
    organisation(&mut sequence, "OrganisationsnummerForIngivare")?;
    for name in ["NamnPaIngivare", "KontonamnForHandlaggare"] {
        sequence.field(name)?;
    }
    // CSN refuses a longer one, which is why its adapter must never send it.
    sequence.field("Referensnummer")?.of_length(0, 31, "at most 31 characters")?;
    for name in ["FromDatum", "TomDatum"] {
        sequence.field(name)?.compact_date()?;
    }
    for name in ["Syfte", "Lagtext"] {
        sequence.field(name)?;
    }
    while let Some(processor) = sequence.optional_element("Personuppgiftsbitrade") {
        let mut processor = Sequence::of(processor, CONTENT_URI)?;
        organisation(&mut processor, "Organisationsnummer")?;
        processor.field("Namn")?;
        processor.end()?;
    }
    let person = identity(sequence.element("Person")?)?;
    sequence.end()?;
    Ok(person)
}

fn organisation(sequence: &mut Sequence<'_, '_>, name: &'static str) -> Result<(), BadRequest> {
    sequence.field(name)?.of_length(10, 12, "10 to 12 characters").map(|_| ())
}

fn identity(node: Node<'_, '_>) -> Result<String, BadRequest> {
    Sequence::beside_attributes(node, CONTENT_URI)?.end()?;
    let mut attributes = Attributes::of(node);
    let century = attributes.field("sekel")?.one_of(&["18", "19", "20"], "`18`, `19` or `20`")?;
    let rest = attributes.field("personnummer")?.digits(10, "ten digits")?;
    attributes.end()?;
    Ok(century + &rest)
}
