//! A person as Transportstyrelsen identifies one: century and ten digits.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Question, Step};
use ssbtx_adapter_kit::nothing_to_ask;

/// A person, by the two elements that the schema has.
pub(super) struct Identification<'q> {
    /// The first two digits of the year of birth.
    pub(super) century: &'q str,
    /// The other ten digits.
    pub(super) number: &'q str,
}

impl<'q> Identification<'q> {
    /// The contract gives every person twelve digits.
    pub(super) fn of(question: &'q Question) -> Self {
        let (century, number) = question.person.split_at_checked(2).unwrap_or_default();
        Self { century, number }
    }
}

/// There is nothing to ask about a person whose century the schema has no word for.
pub(crate) fn before_sending(question: &Question) -> Option<Step> {
    let askable = CENTURIES.contains(&Identification::of(question).century);
    (!askable).then(|| {
        nothing_to_ask(
            "TNS-SEKEL",
            "Transportstyrelsen tar bara emot frågor om personer som är födda på 1900- eller 2000-talet. Ingen fråga har ställts.",
        )
    })
}

const CENTURIES: [&str; 2] = ["19", "20"];
