//! Which parts of an answer may leave, and when.

use std::collections::BTreeSet;
use std::iter::once;
use std::sync::Arc;

use ssbtx_audit::AgencyRecord;
use ssbtx_core::{AgencyId, AgencyPart, BASE_SERVICES, Decision, Question};

use crate::composition::{Gathered, compose};
use crate::edition::Edition;

/// What is gathered of one question, until it may leave.
///
/// Any agency that marks protection may close something in another's part. So a part leaves before all of those are in only if the mark would change
/// nothing of it; the others are held back until then. Nothing that has left is ever taken back or sent anew.
pub(crate) struct Releasing {
    /// Base services that may still say that the person's identity is protected.
    marking: BTreeSet<AgencyId>,
    is_protected: bool,
    held: Vec<Gathered>,
}

/// A part that may leave, with what is recorded of it.
pub(crate) struct Released {
    pub(crate) part: AgencyPart,
    pub(crate) record: AgencyRecord,
    /// What it was held to, where that was decided.
    pub(crate) decision: Option<Arc<Decision>>,
}

impl Releasing {
    /// Nothing is gathered yet.
    pub(crate) fn new(edition: &Edition, question: &Question) -> Self {
        let can_mark = |agency: &AgencyId| {
            let adapter = edition.adapter(*agency).filter(|_| question.include.contains_key(agency));
            adapter.is_some_and(|adapter| adapter.catalogue().elements().iter().any(|element| element.marks_protection))
        };
        Self::awaiting(BASE_SERVICES.into_iter().filter(can_mark).collect())
    }

    /// Nothing is gathered yet, and these may mark protection.
    fn awaiting(marking: BTreeSet<AgencyId>) -> Self {
        Self { marking, is_protected: false, held: Vec::new() }
    }

    /// Takes what came of one base service, and gives what may leave now. One that has failed or was late says nothing of protection, and is not
    /// waited for any longer.
    pub(crate) fn take(&mut self, gathered: Gathered) -> Vec<Released> {
        self.marking.remove(&gathered.agency);
        self.is_protected |= gathered.asked.marks_protection();
        if self.marking.is_empty() {
            // What was waited for comes first.
            let all = once(gathered).chain(self.held.drain(..));
            return all.map(|one| release(one, self.is_protected)).collect();
        }
        if gathered.asked.is_the_same_if_protected() {
            return vec![release(gathered, self.is_protected)];
        }
        self.held.push(gathered);
        Vec::new()
    }

    /// Whether a base service has said that the person's identity is protected.
    pub(crate) fn is_protected(&self) -> bool {
        self.is_protected
    }
}

fn release(gathered: Gathered, is_protected: bool) -> Released {
    let asked = if is_protected { gathered.asked.protect() } else { gathered.asked };
    let (decision, was_asked) = (asked.decision(is_protected).map(Arc::clone), asked.was_asked());
    let part = compose(Gathered { asked, ..gathered }, is_protected);
    Released { record: AgencyRecord::of(&part, was_asked), part, decision }
}

#[cfg(test)]
mod tests;
