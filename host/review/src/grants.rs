//! What agencies must let through for a policy to do as it says.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::civil::Date;
use ssbtx_core::{
    AgencyId, BasisId, Context, Grant, GrantedBasis, InvalidGrant, InvalidName, LegalBasis, PurposeCode, Relation, Role,
};

use crate::entries::{Need, Needs};
use crate::openings::{Circumstances, Openings};
use crate::space::{PROTECTION, RELATIONS, Space};
use crate::subject::{Decides, Listed};

/// The smallest grants that a policy needs: one of each agency of which it opens anything, in the order of agencies.
///
/// A component does not tell which consents it asks for: what it opens with a consent that is not named here is in no grant, and a host withholds it.
/// A policy that fails opens nothing.
///
/// # Errors
///
/// [`NoGrants`] when what it needs is more than a grant can hold.
pub async fn grants_for(
    policy: &impl Decides,
    listed: &[Listed],
    consents: &BTreeSet<BasisId>,
    today: Date,
) -> Result<Vec<Grant>, NoGrants> {
    let space = Space::new(policy.identity().name.clone(), policy.bases(), consents, today)?;
    let openings = Openings::of(policy, listed, &space).await;
    let mut needs: BTreeMap<AgencyId, Needs> = BTreeMap::new();
    for (opened, circumstances) in openings.iter() {
        let (Some(listed), Some(basis)) = (listed.get(opened.catalogue), policy.bases().get(opened.basis)) else {
            continue;
        };
        let element = format!("{}/{}", listed.catalogue.agency(), listed.catalogue.path(opened.element));
        let of_agency = needs.entry(opened.discloser).or_default();
        for at in circumstances.keys() {
            of_agency.add(basis.id.clone(), element.clone(), at.need(&space));
        }
    }
    let role = &policy.identity().name;
    needs.into_iter().map(|(agency, needs)| grant(agency, role, policy.bases(), &needs)).collect()
}

/// What a grant lets through that an earlier one does not; nothing where it lets through no more.
///
/// # Errors
///
/// [`NoGrants`] never in practice: a part of a grant is a grant.
pub fn widened(grant: &Grant, earlier: &Grant) -> Result<Option<Grant>, NoGrants> {
    let bases: Vec<LegalBasis> = grant.bases().iter().map(GrantedBasis::untitled).collect();
    let purpose: PurposeCode = PurposeCode::CASE_WORK.parse()?;
    let mut needs = Needs::default();
    for entry in grant.entries() {
        let Some(basis) = bases.iter().find(|basis| basis.id == entry.basis) else { continue };
        for (relation, protection, element) in every_one(entry) {
            let context = Context {
                role: grant.role().clone(),
                purpose: purpose.clone(),
                relation: *relation,
                consents: entry.consents.clone(),
                protected_identity: *protection,
                asked_on: Date::MIN,
            };
            let covered = element.split_once('/').is_some_and(|(base_service, path)| {
                base_service.parse().is_ok_and(|agency| earlier.covers(agency, path, basis, &context))
            });
            let positions = (
                RELATIONS.iter().position(|known| known == relation),
                PROTECTION.iter().position(|known| known == protection),
            );
            if let (false, (Some(relation), Some(protection))) = (covered, positions) {
                let need = Need { consents: entry.consents.clone(), protection, relation };
                needs.add(basis.id.clone(), element.clone(), need);
            }
        }
    }
    if needs.is_empty() {
        return Ok(None);
    }
    self::grant(grant.agency(), grant.role(), &bases, &needs).map(Some)
}

/// What a policy opens beyond what agencies grant its role, each element once for each basis.
///
/// Consents are those that the grants name: what takes another is granted by none of them, and a host withholds it. A policy that fails opens
/// nothing.
///
/// # Errors
///
/// [`InvalidName`] never in practice: the host's own purpose is a name.
pub async fn ungranted<'g>(
    policy: &impl Decides,
    listed: &[Listed],
    grants: impl IntoIterator<Item = &'g Grant>,
    today: Date,
) -> Result<Vec<Ungranted>, InvalidName> {
    let role = &policy.identity().name;
    let grants: BTreeMap<AgencyId, &Grant> =
        grants.into_iter().filter(|grant| grant.role() == role).map(|grant| (grant.agency(), grant)).collect();
    let entries = grants.values().flat_map(|grant| grant.entries());
    let consents: BTreeSet<BasisId> = entries.flat_map(|entry| entry.consents.iter().cloned()).collect();
    let space = Space::new(role.clone(), policy.bases(), &consents, today)?;
    let openings = Openings::of(policy, listed, &space).await;
    let mut found = Vec::new();
    for (opened, circumstances) in openings.iter() {
        let (Some(listed), Some(basis)) = (listed.get(opened.catalogue), policy.bases().get(opened.basis)) else {
            continue;
        };
        let (base_service, element) = (listed.catalogue.agency(), listed.catalogue.path(opened.element));
        let grant = grants.get(&opened.discloser);
        let beyond = circumstances
            .iter()
            .filter_map(|(at, on)| at.context(&space, *on))
            .find(|context| !grant.is_some_and(|grant| grant.covers(base_service, &element, basis, context)));
        found.extend(beyond.map(|context| Ungranted {
            discloser: opened.discloser,
            base_service,
            element,
            basis: basis.id.clone(),
            context,
        }));
    }
    Ok(found)
}

/// An element that a policy opens and its agency does not let through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ungranted {
    /// The agency whose element it is.
    pub discloser: AgencyId,
    /// The base service that answers for it.
    pub base_service: AgencyId,
    /// The element's path.
    pub element: String,
    /// The basis that it is opened on.
    pub basis: BasisId,
    /// The first context in which it is.
    pub context: Context,
}

impl fmt::Display for Ungranted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { discloser, base_service, element, basis, context } = self;
        write!(f, "`{base_service}/{element}` is opened on `{basis}` for `{}`", context.role)?;
        write!(f, " as of {}, and no grant of `{discloser}` covers that", context.asked_on)
    }
}

/// Why there are no grants to give.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoGrants {
    /// It is more than a grant holds, or otherwise none.
    #[error("what the policy needs of `{agency}` makes no grant")]
    Invalid {
        /// The agency.
        agency: AgencyId,
        /// Why.
        #[source]
        source: InvalidGrant,
    },
    /// The host's purpose is no name: a fault of this program.
    #[error(transparent)]
    Purpose(#[from] InvalidName),
}

fn grant(agency: AgencyId, role: &Role, bases: &[LegalBasis], needs: &Needs) -> Result<Grant, NoGrants> {
    let needed = needs.bases();
    let bases = bases.iter().filter(|basis| needed.contains(&basis.id)).map(GrantedBasis::from).collect();
    Grant::new(agency, role.clone(), bases, needs.entries()).map_err(|source| NoGrants::Invalid { agency, source })
}

fn every_one(entry: &ssbtx_core::GrantEntry) -> impl Iterator<Item = (&Relation, &bool, &String)> {
    entry.relations.iter().flat_map(move |relation| {
        entry
            .protected_identity
            .iter()
            .flat_map(move |protection| entry.elements.iter().map(move |element| (relation, protection, element)))
    })
}

impl Circumstances {
    fn need(self, space: &Space) -> Need {
        let consents = space.consents().get(self.consents).cloned().unwrap_or_default();
        Need { consents, protection: self.protection, relation: self.relation }
    }

    fn context(self, space: &Space, on: Date) -> Option<Context> {
        Some(Context {
            role: space.role().clone(),
            purpose: space.purpose().clone(),
            relation: *RELATIONS.get(self.relation)?,
            consents: space.consents().get(self.consents)?.clone(),
            protected_identity: *PROTECTION.get(self.protection)?,
            asked_on: on,
        })
    }
}
