//! An edition, to the byte.

use jiff::Timestamp;
use serde::Serialize;
use ssbtx_broker::{LeftOut, NamedList};
use ssbtx_core::{AcceptedPending, AcceptedScope, AgencyId, BasisId, Role, Sha256Digest};

use super::attempt::reasons;
use super::tightening::TighteningStatus;
use crate::advance::Advance;
use crate::examine::Examined;
use crate::text::{as_optional_text, as_text};

/// What questions are answered with.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EditionStatus {
    /// The version of the trusted set.
    pub trust_version: u64,
    /// Since when.
    pub since: Timestamp,
    /// Where the set came from.
    pub origin: Origin,
    /// By what the source tells that it is the current one: the digest of its `timestamp.json`.
    #[serde(serialize_with = "as_text")]
    pub fingerprint: Sha256Digest,
    /// Every component, adapters before policies before shadow policies.
    pub components: Vec<ComponentStatus>,
    /// Every grant of an agency.
    pub grants: Vec<GrantStatus>,
    /// What is withheld at once; none where the set has no such list.
    pub tightening: Option<TighteningStatus>,
    /// The digest of the list of what is withheld no longer; none where the set has no such list.
    #[serde(serialize_with = "as_optional_text")]
    pub lifted: Option<Sha256Digest>,
    /// What of that tightening comes from a set that is not active; none where nothing does.
    pub in_advance: Option<AdvanceStatus>,
    /// The shadow policies that were not admitted.
    pub left_out: Vec<LeftOutStatus>,
    /// The pending bases that the operator accepts.
    pub accepted_pending: Vec<Acceptance>,
}

/// Where a set came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// From the source.
    Source,
    /// From the copy that the host keeps, since the source gave none that could be used.
    LastGoodCopy,
}

/// A component.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ComponentStatus {
    /// What it is for.
    pub role: ComponentRole,
    /// The base service or role that it speaks or decides for.
    pub name: String,
    /// The version that it says it has.
    pub version: String,
    /// The digest of its bytes.
    #[serde(serialize_with = "as_text")]
    pub sha256: Sha256Digest,
    /// How many cases it carries and has passed; none for a shadow policy, whose cases are not run.
    pub cases: Option<usize>,
    /// The review that it was signed with; none for an adapter or a shadow policy.
    pub review: Option<ReviewStatus>,
}

/// What a component is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ComponentRole {
    /// It speaks for a base service.
    Adapter,
    /// It decides what a role may see.
    Policy,
    /// It is a proposed policy, which decides nothing.
    Shadow,
}

/// The review that the persons of governance saw when they signed a policy.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReviewStatus {
    /// Its digest.
    #[serde(serialize_with = "as_text")]
    pub sha256: Sha256Digest,
    /// The policy that was compared with; none for a role's first.
    #[serde(serialize_with = "as_optional_text")]
    pub previous: Option<Sha256Digest>,
}

/// A grant of an agency.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GrantStatus {
    /// The agency.
    #[serde(serialize_with = "as_text")]
    pub agency: AgencyId,
    /// The role that may see what it grants.
    #[serde(serialize_with = "as_text")]
    pub role: Role,
    /// The digest of its file.
    #[serde(serialize_with = "as_text")]
    pub sha256: Sha256Digest,
}

/// What an edition withholds in advance of a set that was verified and is not active: it is examined at this moment, or was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AdvanceStatus {
    /// The version of the newest such set.
    pub trust_version: u64,
    /// The ids of the entries.
    pub entries: Vec<String>,
}

/// A shadow policy that was not admitted: the set is used without it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LeftOutStatus {
    /// The role that it was proposed for.
    #[serde(serialize_with = "as_text")]
    pub role: Role,
    /// The digest of its bytes.
    #[serde(serialize_with = "as_text")]
    pub sha256: Sha256Digest,
    /// Why: what was wrong, then its causes.
    pub reasons: Vec<String>,
}

/// A pending basis that the operator accepts.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Acceptance {
    /// Its name.
    #[serde(serialize_with = "as_text")]
    pub basis: BasisId,
    /// The datasets for which it is, as `AF/inskrivning`; none where it is for every one.
    pub datasets: Option<Vec<String>>,
}

impl EditionStatus {
    /// Of an edition, which came from a set with this fingerprint.
    pub(crate) fn of(examined: &Examined, origin: Origin, fingerprint: Sha256Digest, since: Timestamp) -> Self {
        let edition = examined.edition();
        Self {
            trust_version: edition.trust_version(),
            since,
            origin,
            fingerprint,
            components: components(examined),
            grants: edition
                .grants()
                .map(|file| GrantStatus { agency: file.agency(), role: file.role().clone(), sha256: file.digest() })
                .collect(),
            tightening: edition.tightening().map(|list| TighteningStatus::of(list, edition)),
            lifted: edition.lifted().map(NamedList::digest),
            in_advance: examined.advance().map(AdvanceStatus::of),
            left_out: edition.left_out().map(LeftOutStatus::of).collect(),
            accepted_pending: acceptances(edition.accepted_pending()),
        }
    }
}

impl AdvanceStatus {
    fn of(advance: &Advance) -> Self {
        let entries = advance.entries.iter().map(ToString::to_string).collect();
        Self { trust_version: advance.trust_version, entries }
    }
}

impl LeftOutStatus {
    fn of(left_out: &LeftOut) -> Self {
        Self { role: left_out.role().clone(), sha256: left_out.sha256(), reasons: reasons(left_out.why()) }
    }
}

fn components(examined: &Examined) -> Vec<ComponentStatus> {
    let edition = examined.edition();
    let adapters = edition.adapters().map(|adapter| {
        let identity = adapter.identity();
        ComponentStatus {
            role: ComponentRole::Adapter,
            name: adapter.catalogue().agency().to_string(),
            version: identity.version.clone(),
            sha256: identity.sha256,
            cases: examined.cases(identity.sha256),
            review: None,
        }
    });
    let policies = edition.policies().map(|policy| {
        let identity = policy.identity();
        let review = edition.review_of(&identity.name);
        ComponentStatus {
            role: ComponentRole::Policy,
            name: identity.name.to_string(),
            version: identity.version.clone(),
            sha256: identity.sha256,
            cases: examined.cases(identity.sha256),
            review: review.map(|mark| ReviewStatus { sha256: mark.review, previous: mark.previous }),
        }
    });
    let shadows = edition.shadows().map(|shadow| {
        let identity = shadow.identity();
        ComponentStatus {
            role: ComponentRole::Shadow,
            name: identity.name.to_string(),
            version: identity.version.clone(),
            sha256: identity.sha256,
            cases: None,
            review: None,
        }
    });
    adapters.chain(policies).chain(shadows).collect()
}

fn acceptances(accepted: &AcceptedPending) -> Vec<Acceptance> {
    let scope = |scope: &AcceptedScope| match scope {
        AcceptedScope::EveryDataset => None,
        AcceptedScope::Datasets(datasets) => {
            Some(datasets.iter().map(|(agency, dataset)| format!("{agency}/{dataset}")).collect())
        }
    };
    accepted.iter().map(|(basis, of)| Acceptance { basis: basis.clone(), datasets: scope(of) }).collect()
}
