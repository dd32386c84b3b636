//! From a policy's verdicts to a mask, by way of the legal bases and of what bounds the policy from outside.

mod withheld;

use std::sync::Arc;

use jiff::civil::Date;

use crate::accepted_pending::AcceptedPending;
use crate::agency::AgencyId;
use crate::catalogue::{Catalogue, Element, Scope};
use crate::digest::Sha256Digest;
use crate::identifier::DatasetId;
use crate::legal_basis::{LegalBasis, Standing};
use crate::mask::Mask;
use crate::reason::Reason;
use crate::restrictions::Restrictions;
use crate::verdict::{Context, Verdict};

use withheld::withheld;

pub use withheld::Withheld;

/// What one role may see of one agency's documents, in one context, on one day.
#[derive(Debug, Clone)]
pub struct Decision {
    mask: Mask,
    withheld: Vec<Withheld>,
    wanted: Vec<DatasetId>,
    legal_text: String,
}

/// A policy gave more or fewer verdicts than the catalogue has elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("policy gave {verdicts} verdicts on {elements} elements")]
pub struct VerdictCount {
    verdicts: usize,
    elements: usize,
}

/// The host's word on one element: open (on a basis, or technical), or the reason why not.
type Word<'b> = Result<Option<&'b LegalBasis>, Reason>;

impl Decision {
    /// Makes a decision of verdicts, one per element in order, by the policy and its legal bases alone: as tools judge a policy. A host decides
    /// [`within`](Self::within) its restrictions.
    ///
    /// # Errors
    ///
    /// [`VerdictCount`] when there is not exactly one verdict per element.
    pub fn new(
        catalogue: &Arc<Catalogue>,
        verdicts: &[Verdict],
        bases: &[LegalBasis],
        accepted: &AcceptedPending,
        on: Date,
    ) -> Result<Self, VerdictCount> {
        counted(catalogue, verdicts)?;
        let law = Law { agency: catalogue.agency(), bases, accepted, on };
        let words = catalogue.elements().iter().zip(verdicts);
        Ok(Self::of(catalogue, &words.map(|(element, verdict)| law.word(element, *verdict)).collect::<Vec<_>>()))
    }

    /// Makes a decision of verdicts within what bounds the policy from outside. It never lets more through than [`Self::new`] does.
    ///
    /// What is withheld at once is told so, whatever the policy says of it. What the policy opens and its agency has not granted is vetoed, also
    /// where its basis is pending or not in force on the day. `adapter` is the digest of the component that speaks for the agency.
    ///
    /// # Errors
    ///
    /// [`VerdictCount`] when there is not exactly one verdict per element.
    pub fn within(
        catalogue: &Arc<Catalogue>,
        verdicts: &[Verdict],
        bases: &[LegalBasis],
        accepted: &AcceptedPending,
        context: &Context,
        adapter: Sha256Digest,
        restrictions: &Restrictions,
    ) -> Result<Self, VerdictCount> {
        counted(catalogue, verdicts)?;
        let law = Law { agency: catalogue.agency(), bases, accepted, on: context.asked_on };
        let closures = restrictions.closures(catalogue, adapter, &context.role);
        let mut leave = restrictions.leave(context);
        let words = catalogue.iter().zip(verdicts).map(|((id, element), verdict)| {
            if let Some(tightening) = closures.of(id, element) {
                return Err(Reason::Tightened(tightening.clone()));
            }
            if let (Scope::Dataset(_), Ok(basis)) = (&element.scope, law.basis(*verdict)) {
                let discloser = catalogue.discloser(id);
                if !discloser.is_some_and(|discloser| leave.permits(discloser, basis, catalogue.name(id))) {
                    return Err(Reason::AgencyVeto);
                }
            }
            law.word(element, *verdict)
        });
        Ok(Self::of(catalogue, &words.collect::<Vec<_>>()))
    }

    /// Closes the words over the catalogue's tree.
    fn of(catalogue: &Arc<Catalogue>, words: &[Word<'_>]) -> Self {
        let mask = Mask::closing_all(Arc::clone(catalogue), |id| words.get(id.index()).is_some_and(Result::is_ok));
        let withheld = withheld(&mask, words);
        let wanted = wanted(&mask);
        let legal_text = legal_text(&mask, words);
        Self { mask, withheld, wanted, legal_text }
    }

    /// What is let through.
    pub fn mask(&self) -> &Mask {
        &self.mask
    }

    /// What is left out, and why.
    pub fn withheld(&self) -> &[Withheld] {
        &self.withheld
    }

    /// The datasets of which anything is let through, in the catalogue's order.
    pub fn wanted(&self) -> &[DatasetId] {
        &self.wanted
    }

    /// What the agency is told as the law: every act, provision and item in force that opens something, once each, in the catalogue's order;
    /// then, by name, each accepted basis that is not established in law.
    pub fn legal_text(&self) -> &str {
        &self.legal_text
    }
}

fn counted(catalogue: &Catalogue, verdicts: &[Verdict]) -> Result<(), VerdictCount> {
    let elements = catalogue.elements().len();
    if verdicts.len() == elements { Ok(()) } else { Err(VerdictCount { verdicts: verdicts.len(), elements }) }
}

/// What a verdict is judged by.
struct Law<'b> {
    agency: AgencyId,
    bases: &'b [LegalBasis],
    accepted: &'b AcceptedPending,
    on: Date,
}

impl<'b> Law<'b> {
    /// The word on one element, where nothing but the policy and its bases bounds it.
    fn word(&self, element: &Element, verdict: Verdict) -> Word<'b> {
        let Scope::Dataset(dataset) = &element.scope else {
            return Ok(None);
        };
        let basis = self.basis(verdict)?;
        match basis.standing {
            Standing::Pending if self.accepted.accepts(&basis.id, self.agency, dataset) => Ok(Some(basis)),
            Standing::Pending => Err(Reason::BasisPending(basis.id.clone())),
            Standing::InForce { from, until } if from <= self.on && until.is_none_or(|until| self.on <= until) => {
                Ok(Some(basis))
            }
            Standing::InForce { .. } => Err(Reason::BasisNotInForce(basis.id.clone())),
        }
    }

    /// The basis that a verdict opens on.
    fn basis(&self, verdict: Verdict) -> Result<&'b LegalBasis, Reason> {
        match verdict {
            Verdict::Withhold(reason) => Err(Reason::Policy(reason)),
            Verdict::Disclose(position) => self.bases.get(usize::from(position)).ok_or(Reason::BasisUnknown),
        }
    }
}

fn wanted(mask: &Mask) -> Vec<DatasetId> {
    let catalogue = mask.catalogue();
    let mut open = vec![false; catalogue.datasets().len()];
    for (id, element) in catalogue.iter() {
        if let Some(open) = catalogue.dataset_of(id).and_then(|dataset| open.get_mut(dataset)) {
            *open |= element.kind.holds_value() && mask.keeps(id);
        }
    }
    let opened = catalogue.datasets().iter().zip(open).filter(|(_, open)| *open);
    opened.map(|(dataset, _)| dataset.id.clone()).collect()
}

fn legal_text(mask: &Mask, words: &[Word<'_>]) -> String {
    // Most elements rest on the basis of the one before them.
    let mut opening: Vec<&LegalBasis> = Vec::new();
    for (id, _) in mask.catalogue().iter().filter(|(id, _)| mask.keeps(*id)) {
        let Some(Ok(Some(basis))) = words.get(id.index()) else { continue };
        if !opening.iter().rev().any(|earlier| std::ptr::eq(*earlier, *basis)) {
            opening.push(basis);
        }
    }
    let mut references: Vec<String> = Vec::new();
    let mut unestablished: Vec<String> = Vec::new();
    for basis in opening {
        match basis.standing {
            Standing::Pending => add(&mut unestablished, format!("utan fastställd grund: {}", basis.id)),
            Standing::InForce { .. } => {
                add(&mut references, basis.reference());
                if let Some(item) = &basis.item {
                    add(&mut references, item.clone());
                }
            }
        }
    }
    references.append(&mut unestablished);
    references.join("; ")
}

/// Adds a text that is not there yet.
fn add(texts: &mut Vec<String>, text: String) {
    if !texts.contains(&text) {
        texts.push(text);
    }
}

#[cfg(test)]
mod tests;
