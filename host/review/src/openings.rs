//! What a policy opens: its own word in every context, before a host's look at days, acceptances and grants.

use std::collections::BTreeMap;

use jiff::civil::Date;
use ssbtx_core::{AgencyId, Context, DatasetId, ElementId, Scope, Verdict};
use ssbtx_runtime::DecideFailed;

use crate::space::{Point, Space};
use crate::subject::{Decides, Listed};

/// Every element of every catalogue that a policy discloses on a basis that it declares, with the circumstances in which it does.
///
/// Whether the basis is in force on the day, or accepted, is not looked at: who grants something grants it for all of its days.
#[derive(Debug, Default)]
pub(crate) struct Openings(BTreeMap<Opened, BTreeMap<Circumstances, Date>>);

/// An element that is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Opened {
    /// The position of its catalogue.
    pub(crate) catalogue: usize,
    /// The element.
    pub(crate) element: ElementId,
    /// Whose it is.
    pub(crate) discloser: AgencyId,
    /// The position of the basis in the policy's description.
    pub(crate) basis: usize,
}

/// A context without its day: the positions of relation, consents and protected identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Circumstances {
    pub(crate) relation: usize,
    pub(crate) consents: usize,
    pub(crate) protection: usize,
}

impl Openings {
    /// Asks a policy about everything.
    ///
    /// A policy that fails, or refuses, opens nothing by that. One that fails is asked no more about the base service: one that runs until it is
    /// stopped would do so in every context.
    pub(crate) async fn of(policy: &impl Decides, listed: &[Listed], space: &Space) -> Self {
        let mut openings = Self::default();
        for (position, listed) in listed.iter().enumerate() {
            for point in space.points() {
                if openings.add(policy, position, listed, space, point).await.is_err() {
                    break;
                }
            }
        }
        openings
    }

    /// Everything that is opened, with its circumstances and the first day that each was seen on.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&Opened, &BTreeMap<Circumstances, Date>)> {
        self.0.iter()
    }

    /// Asks in one context: on its day, and on the last that the day stands for.
    async fn add(
        &mut self,
        policy: &impl Decides,
        position: usize,
        listed: &Listed,
        space: &Space,
        point: Point,
    ) -> Result<(), DecideFailed> {
        let Some(context) = space.context(point) else { return Ok(()) };
        let first = ask(policy, &context, listed).await?;
        self.take(policy, position, listed, point, context.asked_on, &first);
        let Some(last_day) = space.last_day_of(point.day()).filter(|day| *day != context.asked_on) else {
            return Ok(());
        };
        let last = ask(policy, &Context { asked_on: last_day, ..context }, listed).await?;
        if last != first {
            self.take(policy, position, listed, point, last_day, &last);
        }
        Ok(())
    }

    fn take(
        &mut self,
        policy: &impl Decides,
        position: usize,
        listed: &Listed,
        point: Point,
        on: Date,
        verdicts: &[Verdict],
    ) {
        let owners: BTreeMap<&DatasetId, AgencyId> =
            listed.catalogue.datasets().iter().map(|dataset| (&dataset.id, dataset.discloser)).collect();
        let Point([relation, consents, protection, _]) = point;
        let circumstances = Circumstances { relation, consents, protection };
        for ((id, element), verdict) in listed.catalogue.iter().zip(verdicts) {
            let (Scope::Dataset(dataset), Verdict::Disclose(basis)) = (&element.scope, verdict) else { continue };
            // A host withholds what rests on a basis that the policy does not declare.
            let (Some(discloser), basis) = (owners.get(dataset), usize::from(*basis)) else { continue };
            if basis < policy.bases().len() {
                let opened = Opened { catalogue: position, element: id, discloser: *discloser, basis };
                self.0.entry(opened).or_default().entry(circumstances).or_insert(on);
            }
        }
    }
}

/// A policy's verdicts; none where it refuses to decide.
async fn ask(policy: &impl Decides, context: &Context, listed: &Listed) -> Result<Vec<Verdict>, DecideFailed> {
    match policy.decide(context, &listed.catalogue).await {
        Err(DecideFailed::Refused(_)) => Ok(Vec::new()),
        given => given,
    }
}
