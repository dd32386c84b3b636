//! One policy, looked at by itself.

use std::collections::BTreeSet;

use jiff::civil::Date;
use ssbtx_core::{AgencyId, BasisId};

use crate::cell::Effect;
use crate::finding::{self, Finding};
use crate::observed::Observed;
use crate::refused::Refused;
use crate::space::Space;
use crate::subject::{Decides, Listed, Side};

/// What a policy was seen to do in every context, counted, and what is odd about it.
#[derive(Debug, Clone)]
pub struct Check {
    /// What it says of itself.
    pub policy: Side,
    /// The contexts that it was asked in.
    pub space: Space,
    /// How its cells divide, for each base service.
    pub tallies: Vec<Tally>,
    /// What a reader should know.
    pub findings: Vec<Finding>,
}

/// How the cells of one base service divide. Containers and technical elements are counted too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// The base service.
    pub base_service: AgencyId,
    /// Cells that are disclosed whatever the operator accepts.
    pub disclosed: usize,
    /// Cells that are disclosed where the operator has accepted every pending basis.
    pub if_accepted: usize,
    /// Cells that are not disclosed.
    pub not_disclosed: usize,
}

impl Check {
    /// Asks a policy about everything.
    ///
    /// # Errors
    ///
    /// [`Refused`] when it does something that its description rules out.
    pub async fn of(
        policy: &impl Decides,
        listed: &[Listed],
        consents: &BTreeSet<BasisId>,
        today: Date,
    ) -> Result<Self, Refused> {
        let space = Space::new(policy.identity().name.clone(), policy.bases(), consents, today)?;
        let observed = Observed::of(policy, listed, &space).await?;
        let findings = finding::findings(policy, listed, &space, &observed, today).await;
        let mut tallies: Vec<Tally> = listed.iter().map(|listed| Tally::new(listed.catalogue.agency())).collect();
        for (position, cell) in observed.cells() {
            if let Some(tally) = tallies.get_mut(position) {
                tally.count(cell.effect);
            }
        }
        Ok(Self { policy: Side::of(policy), space, tallies, findings })
    }
}

impl Tally {
    fn new(base_service: AgencyId) -> Self {
        Self { base_service, disclosed: 0, if_accepted: 0, not_disclosed: 0 }
    }

    /// How many cells there are.
    pub fn cells(&self) -> usize {
        self.disclosed + self.if_accepted + self.not_disclosed
    }

    fn count(&mut self, effect: Effect) {
        match effect {
            Effect::Disclosed => self.disclosed += 1,
            Effect::IfAccepted => self.if_accepted += 1,
            Effect::NotDisclosed => self.not_disclosed += 1,
        }
    }
}
