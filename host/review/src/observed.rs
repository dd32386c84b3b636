//! What a policy decides, asked of the component itself.

use std::sync::Arc;

use ssbtx_core::{
    AcceptedPending, AcceptedScope, Catalogue, Context, Decision, Element, LegalBasis, Refusal, Scope, Standing,
    Verdict,
};
use ssbtx_runtime::DecideFailed;

use crate::cell::{Cell, Citation, Effect, Outcome};
use crate::refused::Refused;
use crate::space::{Point, Space};
use crate::subject::{Decides, Listed};

/// The cells of one policy: of each catalogue, in each context, one per element.
pub(crate) struct Observed(Vec<Vec<Vec<Cell>>>);

impl Observed {
    /// Asks a policy about everything.
    pub(crate) async fn of(policy: &impl Decides, listed: &[Listed], space: &Space) -> Result<Self, Refused> {
        let host = Host::of(policy.bases());
        let mut tables = Vec::with_capacity(listed.len());
        for listed in listed {
            let mut table = Vec::with_capacity(space.len());
            for point in space.points() {
                let Some(context) = space.context(point) else { continue };
                let word = ask(policy, &context, &listed.catalogue).await?;
                same_until_the_next_day(policy, &listed.catalogue, space, point, &word).await?;
                table.push(host.cells(&listed.catalogue, &word, &context)?);
            }
            tables.push(table);
        }
        Ok(Self(tables))
    }

    /// What there is where there is no policy: nothing is disclosed.
    pub(crate) fn nothing(listed: &[Listed], space: &Space) -> Self {
        let cell = Cell { outcome: Outcome::NoPolicy, effect: Effect::NotDisclosed };
        let table = |listed: &Listed| vec![vec![cell.clone(); listed.catalogue.elements().len()]; space.len()];
        Self(listed.iter().map(table).collect())
    }

    /// The cell of an element of a catalogue in a context, each by position.
    pub(crate) fn cell(&self, catalogue: usize, context: usize, element: usize) -> Option<&Cell> {
        self.0.get(catalogue)?.get(context)?.get(element)
    }

    /// Every cell with the position of its catalogue.
    pub(crate) fn cells(&self) -> impl Iterator<Item = (usize, &Cell)> {
        self.0.iter().enumerate().flat_map(|(position, table)| table.iter().flatten().map(move |cell| (position, cell)))
    }
}

/// The cells of one catalogue in one context.
pub(crate) async fn cells_in(
    policy: &impl Decides,
    context: &Context,
    catalogue: &Arc<Catalogue>,
) -> Result<Vec<Cell>, Refused> {
    let word = ask(policy, context, catalogue).await?;
    Host::of(policy.bases()).cells(catalogue, &word, context)
}

/// A policy's word on one catalogue.
#[derive(PartialEq)]
enum Word {
    Verdicts(Vec<Verdict>),
    UnknownAgency,
}

/// Asks, and refuses the policy if its answer is one that its description rules out.
async fn ask(policy: &impl Decides, context: &Context, catalogue: &Catalogue) -> Result<Word, Refused> {
    let agency = catalogue.agency();
    let verdicts = match policy.decide(context, catalogue).await {
        Ok(verdicts) => verdicts,
        Err(DecideFailed::Refused(Refusal::UnknownAgency)) => return Ok(Word::UnknownAgency),
        Err(DecideFailed::Refused(Refusal::WrongRole)) => return Err(Refused::ItsOwnRole(context.role.clone())),
        Err(DecideFailed::Refused(Refusal::WrongPurpose)) => {
            return Err(Refused::ThePurpose(context.purpose.as_str().to_owned()));
        }
        Err(DecideFailed::Call(source)) => return Err(Refused::Failed { agency, source }),
    };
    let declared = policy.bases().len();
    for ((id, element), verdict) in catalogue.iter().zip(&verdicts) {
        if let (Scope::Dataset(_), Verdict::Disclose(found)) = (&element.scope, *verdict)
            && usize::from(found) >= declared
        {
            return Err(Refused::UndeclaredBasis { agency, element: catalogue.path(id), found, declared });
        }
    }
    Ok(Word::Verdicts(verdicts))
}

/// A day stands for all days until the next: asked on the last of them, the policy must say the same.
async fn same_until_the_next_day(
    policy: &impl Decides,
    catalogue: &Catalogue,
    space: &Space,
    point: Point,
    expected: &Word,
) -> Result<(), Refused> {
    let (Some(context), Some(on)) = (space.context(point), space.last_day_of(point.day())) else { return Ok(()) };
    let since = context.asked_on;
    if on == since {
        return Ok(());
    }
    let found = ask(policy, &Context { asked_on: on, ..context }, catalogue).await?;
    if found == *expected {
        return Ok(());
    }
    let first =
        catalogue.iter().map(|(id, _)| id).find(|id| verdict(&found, id.index()) != verdict(expected, id.index()));
    let element = first.map(|id| catalogue.path(id)).unwrap_or_default();
    Err(Refused::HiddenDay { agency: catalogue.agency(), element, on, since })
}

fn verdict(word: &Word, element: usize) -> Option<Verdict> {
    match word {
        Word::Verdicts(verdicts) => verdicts.get(element).copied(),
        Word::UnknownAgency => None,
    }
}

/// What a host adds to a policy's word: its look at the legal bases, and the mask.
struct Host<'b> {
    bases: &'b [LegalBasis],
    citations: Vec<Arc<Citation>>,
    all_accepted: AcceptedPending,
}

impl<'b> Host<'b> {
    fn of(bases: &'b [LegalBasis]) -> Self {
        let mut all_accepted = AcceptedPending::default();
        for basis in bases.iter().filter(|basis| basis.standing == Standing::Pending) {
            all_accepted = all_accepted.with(basis.id.clone(), AcceptedScope::EveryDataset);
        }
        let citations = bases.iter().map(|basis| Arc::new(Citation::from(basis))).collect();
        Self { bases, citations, all_accepted }
    }

    fn cells(&self, catalogue: &Arc<Catalogue>, word: &Word, context: &Context) -> Result<Vec<Cell>, Refused> {
        let Word::Verdicts(verdicts) = word else {
            let nothing = Cell { outcome: Outcome::UnknownAgency, effect: Effect::NotDisclosed };
            return Ok(vec![nothing; catalogue.elements().len()]);
        };
        let decide = |accepted: &AcceptedPending| {
            Decision::new(catalogue, verdicts, self.bases, accepted, context.asked_on)
                .map_err(|source| Refused::Miscounted { agency: catalogue.agency(), source })
        };
        let (none, all) = (decide(&AcceptedPending::default())?, decide(&self.all_accepted)?);
        // An agency with nothing to disclose is not asked, so what a mask keeps of its frame is not disclosed either.
        let (asked_with_none, asked_with_all) = (none.mask().discloses_anything(), all.mask().discloses_anything());
        let cell = |((id, element), verdict): ((_, &Element), &Verdict)| Cell {
            outcome: self.outcome(element, *verdict, context),
            effect: Effect::of(asked_with_none && none.mask().keeps(id), asked_with_all && all.mask().keeps(id)),
        };
        Ok(catalogue.iter().zip(verdicts).map(cell).collect())
    }

    /// The word on one element, as [`Decision`] takes it where nothing is accepted.
    fn outcome(&self, element: &Element, verdict: Verdict, context: &Context) -> Outcome {
        let position = match (&element.scope, verdict) {
            (Scope::Technical, _) => return Outcome::Technical,
            (Scope::Dataset(_), Verdict::Withhold(reason)) => return Outcome::Withheld(reason),
            (Scope::Dataset(_), Verdict::Disclose(position)) => usize::from(position),
        };
        let (Some(basis), Some(citation)) = (self.bases.get(position), self.citations.get(position)) else {
            // No such word comes here: it was refused when it was asked for. Closed is what a host would make of it.
            return Outcome::Withheld(ssbtx_core::WithholdReason::NoLegalBasis);
        };
        let (citation, on) = (Arc::clone(citation), context.asked_on);
        match basis.standing {
            Standing::Pending => Outcome::Pending(citation),
            Standing::InForce { from, until } if from <= on && until.is_none_or(|until| on <= until) => {
                Outcome::Open(citation)
            }
            Standing::InForce { .. } => Outcome::NotInForce(citation),
        }
    }
}
