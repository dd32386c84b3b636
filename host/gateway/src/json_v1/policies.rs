//! `GET /v1/policies`: what decides, and on which law.

use serde::Serialize;
use ssbtx_core::Standing;

use super::catalogues::Text;
use crate::answering::{Acceptance, Policy, PolicyBasis};

/// All policies.
#[derive(Serialize)]
pub(super) struct PolicyList<'a> {
    policies: Vec<PolicyBody<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PolicyBody<'a> {
    role: &'a str,
    version: &'a str,
    sha256: String,
    title: Text<'a>,
    legal_bases: Vec<BasisBody<'a>>,
}

#[derive(Serialize)]
struct BasisBody<'a> {
    id: &'a str,
    act: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    provision: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<&'a str>,
    title: Text<'a>,
    #[serde(flatten)]
    standing: StandingBody,
}

/// Whether it is law, and if not, what the operator says of it.
#[derive(Serialize)]
#[serde(tag = "standing", rename_all = "kebab-case")]
enum StandingBody {
    InForce {
        from: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        until: Option<String>,
    },
    Pending {
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
