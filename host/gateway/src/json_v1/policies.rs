//! `GET /v1/policies`: what decides, and on which law.

use serde::Serialize;
use ssbtx_core::Standing;
use utoipa::ToSchema;

use super::catalogues::Text;
use super::openapi::words;
use crate::answering::{Acceptance, Policy, PolicyBasis};

/// Every policy that is loaded.
#[derive(Serialize, ToSchema)]
pub(super) struct PolicyList<'a> {
    policies: Vec<PolicyBody<'a>>,
}

/// What decides for one role.
#[derive(Serialize, ToSchema)]
#[schema(as = Policy)]
#[serde(rename_all = "camelCase")]
struct PolicyBody<'a> {
    role: &'a str,
    version: &'a str,
    /// The digest of its component.
    #[schema(schema_with = words::sha256)]
    sha256: String,
    title: Text<'a>,
    /// What its verdicts rest on.
    legal_bases: Vec<BasisBody<'a>>,
}

/// A legal basis.
#[derive(Serialize, ToSchema)]
#[schema(as = LegalBasis)]
struct BasisBody<'a> {
    id: &'a str,
    /// The act.
    act: &'a str,
    /// Its chapter and paragraph; absent where the basis has none.
    #[serde(skip_serializing_if = "str::is_empty")]
    #[schema(required = false)]
    provision: &'a str,
    /// The numbered item of the regulation below the act.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    item: Option<&'a str>,
    title: Text<'a>,
    #[serde(flatten)]
    standing: StandingBody,
}

/// Whether it is law, and if not, what the operator says of it.
#[derive(Serialize, ToSchema)]
#[schema(as = Standing)]
#[serde(tag = "standing", rename_all = "kebab-case")]
enum StandingBody {
    /// It is law between these days.
    InForce {
        #[schema(format = "date")]
        from: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        #[schema(nullable = false, format = "date")]
        until: Option<String>,
    },
    /// It is not established in law.
    Pending {
        /// How far the operator accepts it all the same.
        #[schema(schema_with = words::acceptance)]
        accepted: &'static str,
    },
}

impl<'a> PolicyList<'a> {
    pub(super) fn of(policies: &'a [Policy]) -> Self {
        Self { policies: policies.iter().map(PolicyBody::of).collect() }
    }
}

impl<'a> PolicyBody<'a> {
    fn of(policy: &'a Policy) -> Self {
        Self {
            role: policy.identity.name.as_str(),
            version: &policy.identity.version,
            sha256: policy.identity.sha256.to_string(),
            title: Text::of(&policy.title),
            legal_bases: policy.bases.iter().map(BasisBody::of).collect(),
        }
    }
}

impl<'a> BasisBody<'a> {
    fn of(listed: &'a PolicyBasis) -> Self {
        let basis = &listed.basis;
        Self {
            id: basis.id.as_str(),
            act: &basis.act,
            provision: &basis.provision,
            item: basis.item.as_deref(),
            title: Text::of(&basis.title),
            standing: match basis.standing {
                Standing::InForce { from, until } => {
                    StandingBody::InForce { from: from.to_string(), until: until.map(|until| until.to_string()) }
                }
                Standing::Pending => StandingBody::Pending { accepted: accepted(listed.acceptance) },
            },
        }
    }
}

fn accepted(acceptance: Acceptance) -> &'static str {
    match acceptance {
        Acceptance::None => "no",
        Acceptance::SomeDatasets => "some-datasets",
        Acceptance::EveryDataset => "every-dataset",
    }
}
