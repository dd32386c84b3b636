//! What one question uses from beginning to end.

mod admitting;
mod fault;
mod shadows;
mod withholding;

use std::collections::BTreeMap;
use std::sync::Arc;

use ssbtx_core::{
    AcceptedPending, AgencyId, Catalogue, Context, Decision, EditionIdentity, InvalidTightening, Lifted, Restrictions,
    Role, Tightening,
};
use ssbtx_runtime::{Adapter, FieldFilter, Sandbox, ShadowFilter};
use ssbtx_trust::{GrantFile, ReviewMark, TrustedSet, Verified};

use crate::decisions::{Decisions, Undecided};
use crate::figures::RememberedFigures;
use shadows::Shadows;

pub use fault::EditionFault;
pub use shadows::LeftOut;
pub use withholding::{NamedList, Withholding};

/// An immutable set of admitted policies and adapters, what bounds the policies from outside, the trust version that all of it came with, and the
/// pending bases that the operator accepts.
///
/// A question pins one edition when it arrives and never looks at another.
pub struct Edition {
    trust_version: u64,
    policies: BTreeMap<Role, FieldFilter>,
    adapters: BTreeMap<AgencyId, Adapter>,
    shadows: Shadows,
    reviews: BTreeMap<Role, ReviewMark>,
    grants: Vec<Verified<GrantFile>>,
    withholding: Withholding,
    restrictions: BTreeMap<Role, Restrictions>,
    ungranted: Restrictions,
    accepted_pending: AcceptedPending,
    decisions: Decisions,
}

impl Edition {
    /// Admits every component of a trusted set. What an earlier edition of the same sandbox has admitted is taken from there, by its bytes and its
    /// name, and not compiled again.
    ///
    /// Whether its policies stay within the agencies' grants is not looked at here: whatever they say, no decision goes beyond. A proposed policy that
    /// is not admitted is [left out](Self::left_out): it decides nothing, and one person signs it.
    ///
    /// # Errors
    ///
    /// [`EditionFault`], which names the first adapter or policy that is not admitted: what answers is whole or it is not.
    pub async fn admit(
        sandbox: &Sandbox,
        trusted: &TrustedSet,
        accepted: AcceptedPending,
        earlier: Option<&Self>,
    ) -> Result<Self, EditionFault> {
        admitting::admit(sandbox, trusted, accepted, earlier).await
    }

    /// The same edition, from which more is withheld: whatever is in force here stays so, and what is in force there comes to it. Nothing that
    /// this is given can open anything.
    ///
    /// # Errors
    ///
    /// [`InvalidTightening::TooMany`], when all of it together is more than a list may hold.
    pub fn withholding_also(&self, more: &Withholding) -> Result<Self, InvalidTightening> {
        let withholding = self.withholding.with(more)?;
        let (restrictions, ungranted) = bounds(self.policies.keys(), &self.grants, &withholding);
        Ok(Self {
            trust_version: self.trust_version,
            policies: self.policies.clone(),
            adapters: self.adapters.clone(),
            shadows: self.shadows.clone(),
            reviews: self.reviews.clone(),
            grants: self.grants.clone(),
            withholding,
            restrictions,
            ungranted,
            accepted_pending: self.accepted_pending.clone(),
            decisions: Decisions::default(),
        })
    }

    /// The version of the trusted set that the components came with.
    pub fn trust_version(&self) -> u64 {
        self.trust_version
    }

    /// What decides for a role, to the byte; none where no policy does.
    pub fn identity(&self, role: &Role) -> Option<EditionIdentity> {
        let of_role = self.grants.iter().filter(|grant| grant.role() == role);
        Some(EditionIdentity {
            trust_version: self.trust_version,
            policy: self.policy(role)?.identity().clone(),
            tightening: self.tightening().map(NamedList::digest),
            lifted: self.lifted().map(NamedList::digest),
            grants: of_role.map(|grant| (grant.agency(), grant.digest())).collect(),
        })
    }

    /// Every adapter, in the order of agency ids.
    pub fn adapters(&self) -> impl Iterator<Item = &Adapter> {
        self.adapters.values()
    }

    /// The adapter of one base service, where one is loaded.
    pub fn adapter(&self, agency: AgencyId) -> Option<&Adapter> {
        self.adapters.get(&agency)
    }

    /// The catalogue of every adapter, in the order of agency ids.
    pub fn catalogues(&self) -> impl Iterator<Item = &Arc<Catalogue>> {
        self.adapters.values().map(Adapter::catalogue)
    }

    /// Every policy, in the order of roles.
    pub fn policies(&self) -> impl Iterator<Item = &FieldFilter> {
        self.policies.values()
    }

    /// The policy that decides for a role.
    pub fn policy(&self, role: &Role) -> Option<&FieldFilter> {
        self.policies.get(role)
    }

    /// Every proposed policy, in the order of roles.
    pub fn shadows(&self) -> impl Iterator<Item = &ShadowFilter> {
        self.shadows.admitted.values()
    }

    /// The policy that is proposed for a role, where one is.
    pub fn shadow(&self, role: &Role) -> Option<&ShadowFilter> {
        self.shadows.admitted.get(role)
    }

    /// Every proposed policy that was not admitted, in the order of roles. Nothing is compared with it.
    pub fn left_out(&self) -> impl Iterator<Item = &LeftOut> {
        self.shadows.left_out.iter()
    }

    /// The review that a role's policy was signed with; none where no policy decides for it.
    pub fn review_of(&self, role: &Role) -> Option<ReviewMark> {
        self.reviews.get(role).copied()
    }

    /// Every grant, in the order of agencies and then of roles.
    pub fn grants(&self) -> impl Iterator<Item = &Verified<GrantFile>> {
        self.grants.iter()
    }

    /// What is withheld at once, and the lists that records name for it.
    pub fn withholding(&self) -> &Withholding {
        &self.withholding
    }

    /// The list of what is withheld at once, where there is one.
    pub fn tightening(&self) -> Option<&NamedList<Tightening>> {
        self.withholding.tightening()
    }

    /// The list of what is withheld no longer, where there is one.
    pub fn lifted(&self) -> Option<&NamedList<Lifted>> {
        self.withholding.lifted()
    }

    /// What bounds a role's policy from outside. A role of which no agency knows is granted nothing.
    pub fn restrictions(&self, role: &Role) -> &Restrictions {
        self.restrictions.get(role).unwrap_or(&self.ungranted)
    }

    /// Whether an adapter is withheld from any role: it is then not called without a question either.
    pub(crate) fn is_withheld(&self, adapter: &Adapter) -> bool {
        self.ungranted.withheld_adapter(adapter.identity().sha256).is_some()
    }

    /// The pending bases that the operator accepts.
    pub fn accepted_pending(&self) -> &AcceptedPending {
        &self.accepted_pending
    }

    /// How often it has remembered a decision.
    pub(crate) fn decisions(&self) -> RememberedFigures {
        self.decisions.figures()
    }

    /// What a policy's role may see of the documents that an adapter gives, in this context.
    pub(crate) async fn decide(
        &self,
        policy: &FieldFilter,
        adapter: &Adapter,
        context: &Context,
    ) -> Result<Arc<Decision>, Undecided> {
        let restrictions = self.restrictions(&context.role);
        self.decisions.decide(policy, adapter, context, &self.accepted_pending, restrictions).await
    }
}

/// What bounds each role's policy from outside, and that of a role which nobody knows.
fn bounds<'r>(
    roles: impl Iterator<Item = &'r Role>,
    grants: &[Verified<GrantFile>],
    withholding: &Withholding,
) -> (BTreeMap<Role, Restrictions>, Restrictions) {
    let of_role = |role: &Role| {
        let of_role = grants.iter().filter(|file| file.role() == role);
        withholding.restrictions(of_role.map(|file| Arc::clone(file.grant())))
    };
    (roles.map(|role| (role.clone(), of_role(role))).collect(), withholding.restrictions([]))
}
