//! `utlamnare`: whether each agency could answer at all.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Document, Notice, Value};
use ssbtx_adapter_kit::catalogue::Scope;

use crate::catalogue::{CATALOGUE, element};
use crate::translate::asked::Asked;
use crate::translate::information::{Discloser, Information};

use super::failures::{Failures, Reason};
use super::occurrence::occurrences;

/// Adds every dataset of an agency that was asked and could not answer; gives the reason where none could.
pub(super) fn collect(asked: &Asked, document: &Document, failures: &mut Failures<'_>) -> Option<Notice> {
    let is_asked = |discloser: &Discloser| asked.information().iter().any(|asked| asked.discloser() == *discloser);
    let mut some_answered = false;
    let mut first_failure = None;
    for discloser in Discloser::ALL.into_iter().filter(is_asked) {
        match state_of(discloser, document).failure() {
            None => some_answered = true,
            Some(reason) => {
                first_failure.get_or_insert((discloser, reason));
                for information in Information::all().filter(|information| information.discloser() == discloser) {
                    information.fills.iter().for_each(|dataset| failures.add_whole(dataset, reason));
                }
            }
        }
    }
    match first_failure {
        Some((discloser, reason)) if !some_answered => {
            Some(Notice { code: reason.code.to_owned(), message: format!("{} ({}).", reason.words, discloser.name()) })
        }
        _ => None,
    }
}

/// What LEFI says of an agency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// It answered: LEFI says `OK`, or says nothing and yet gives of its data.
    Answered,
    /// `FELANDE`.
    Failing,
    /// `OTILLGANGLIG`.
    Unavailable,
    /// LEFI says nothing of it, or something unpublished: that there is no data says nothing then.
    Untold,
}

impl State {
    fn failure(self) -> Option<Reason> {
        let (code, words) = match self {
            Self::Answered => return None,
            Self::Failing => ("LEFI-FELANDE", "Myndigheten kunde inte lämna uppgifter på grund av ett fel hos sig"),
            Self::Unavailable => ("LEFI-OTILLGANGLIG", "Myndigheten var inte tillgänglig och lämnade inga uppgifter"),
            Self::Untold => ("LEFI-OKANT-TILLSTAND", "Svaret säger inte om myndigheten kunde lämna uppgifter"),
        };
        Some(Reason { code, words })
    }
}

/// An agency that is told of twice has answered only if it has each time.
fn state_of(discloser: Discloser, document: &Document) -> State {
    let told = occurrences(document, element::UTLAMNARE_ITEM)
        .filter(|entry| entry.text(element::UTLAMNARE_ITEM_UTLAMNARE_KOD) == Some(discloser.id()))
        .map(|entry| match entry.text(element::UTLAMNARE_ITEM_TILLSTAND_KOD) {
            Some("OK") => State::Answered,
            Some("FELANDE") => State::Failing,
            Some("OTILLGANGLIG") => State::Unavailable,
            _ => State::Untold,
        });
    let untold = || if gives_data(discloser, document) { State::Answered } else { State::Untold };
    told.reduce(|first, next| if first == State::Answered { next } else { first }).unwrap_or_else(untold)
}

fn gives_data(discloser: Discloser, document: &Document) -> bool {
    document.nodes.iter().any(|node| {
        !matches!(node.value, Value::Structure | Value::Null) && discloser_of(node.element) == Some(discloser.id())
    })
}

/// The id of the agency whose data an element is, if it is anybody's.
fn discloser_of(element: u16) -> Option<&'static str> {
    let Scope::Dataset(id) = CATALOGUE.element(element)?.scope else { return None };
    CATALOGUE.datasets.iter().find(|dataset| dataset.id == id).map(|dataset| dataset.discloser)
}
