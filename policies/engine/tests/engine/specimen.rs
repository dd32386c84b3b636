//! Outlines and contexts with nothing in them but what decides.

use ssbtx_policy_engine::{Context, Kind, Outline, OutlinedElement, Policy, Relation, Scope};

/// An outline of these elements below a root.
pub(crate) fn outline(agency: &str, below_root: impl IntoIterator<Item = OutlinedElement>) -> Outline {
    let root = element(None, "root", Kind::Object, Scope::Technical);
    Outline { agency: agency.to_owned(), elements: std::iter::once(root).chain(below_root).collect() }
}

/// An element below the element with this id; the root's is 0.
pub(crate) fn element(parent: Option<u16>, name: &str, kind: Kind, scope: Scope) -> OutlinedElement {
    OutlinedElement { parent, name: name.to_owned(), kind, scope }
}

/// What belongs to this dataset.
pub(crate) fn dataset(name: &str) -> Scope {
    Scope::Dataset(name.to_owned())
}

/// A question in the policy's role and for its first purpose, about the person of the case, whose identity is not protected.
pub(crate) fn context(policy: &Policy) -> Context {
    Context {
        role: policy.role.to_owned(),
        purpose: policy.purposes[0].to_owned(),
        relation: Relation::Subject,
        consents: Vec::new(),
        protected_identity: false,
        asked_on: DAY.to_owned(),
    }
}

/// The day of every question.
pub(crate) const DAY: &str = "2026-01-01";
