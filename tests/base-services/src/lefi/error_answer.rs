//! Writes a `LefiFelsvar`: why LEFI answers nothing.

use http::StatusCode;
use jiff::Timestamp;

use crate::lefi::json::Tree;
use crate::message::Message;

/// A refusal or an error in these words, at this time.
pub(crate) fn error_answer(status: StatusCode, message: &str, at: Timestamp) -> Message {
    let members = [("meddelande", Tree::of_text(message)), ("timestamp", Tree::of_text(at.to_string()))];
    Message::json(status, Tree::object(members).to_string())
}

/// For status 400, and what HTTP adds to it. The reason is kept for whoever runs the tests, and not told to the caller.
pub(crate) const INVALID: &str = "Felaktiga indata";

/// For status 403.
pub(crate) const FORBIDDEN: &str = "Aktören är okänd, eller så har anroparen inte rätt att representera den";

/// For status 500, where no person is asked about.
pub(crate) const INTERNAL: &str = "Internt fel";

/// For status 500. The published document forbids identity numbers here; this has one, since whoever passes such a text on has a leak.
pub(crate) fn internal_about(person: &str) -> String {
    format!("Internt fel vid hämtning av uppgifter om {person}")
}
