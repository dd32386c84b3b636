//! What an agency has to say to one question.

use roxmltree::Document;

use crate::agency::Agency;
use crate::bad_request::BadRequest;
use crate::cast::Cast;
use crate::element::Element;
use crate::{af, miv, so, soap};

/// A question that was understood, and what can be said to it.
pub(crate) struct Answers {
    /// The identity number asked about.
    pub(crate) person: String,
    /// The right answer.
    pub(crate) right: Element,
    /// The answer that says in the agency's own way that it failed.
    pub(crate) own_error: OwnError,
    /// Whether this person's right answer is always spelled oddly.
    pub(crate) odd: bool,
}

/// An agency's own way of saying that it failed.
pub(crate) enum OwnError {
    /// A document with an error code in it.
    Document(Element),
    /// A SOAP fault with this detail.
    FaultDetail(Element),
}

impl Answers {
    /// Reads a question to this agency and prepares its answers.
    ///
    /// # Errors
    ///
    /// [`BadRequest`] for a question that breaks the published schema.
    pub(crate) fn to(agency: Agency, question: &str, cast: &Cast) -> Result<Self, BadRequest> {
        let document: Document<'_> = soap::parse(question)?;
        match agency {
            Agency::Af => af::answers(&document, cast),
            Agency::So => so::answers(&document, cast),
            Agency::Miv => miv::answers(&document, cast),
        }
    }
}

/// The prefix under which an agency's service writes its namespace.
pub(crate) fn prefix(agency: Agency) -> &'static str {
    match agency {
        Agency::Af => "af",
        Agency::So => "so",
        Agency::Miv => "miv",
    }
}
