//! Catalogues and contexts with nothing in them but what decides.

use ssbtx_policy_engine::{
    AgencyCatalogue, Bilingual, Context, Element, Encoding, Kind, Policy, Relation, Scope, ValueType,
};

/// A catalogue of these elements below a root.
pub(crate) fn catalogue(agency: &str, below_root: impl IntoIterator<Item = Element>) -> AgencyCatalogue {
    let root = element(None, "root", Kind::Object, Scope::Technical);
    AgencyCatalogue {
        agency: agency.to_owned(),
        version: "1.0.0".to_owned(),
        encoding: Encoding::Json,
        elements: std::iter::once(root).chain(below_root).collect(),
        datasets: Vec::new(),
    }
}

/// An element below the element with this id; the root's is 0.
pub(crate) fn element(parent: Option<u16>, name: &str, kind: Kind, scope: Scope) -> Element {
    let nothing = Bilingual { sv: String::new(), en: String::new() };
    Element {
        parent,
        name: name.to_owned(),
        namespace: String::new(),
        kind,
        value_type: ValueType::Text,
        required: false,
        repeats: false,
        scope,
        label: nothing.clone(),
        help: nothing,
        marks_protection: false,
    }
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
