//! What a set holds, by digests.

use std::collections::BTreeMap;

use ssbtx_core::{AgencyId, Role, Sha256Digest};
use ssbtx_trust::{Component, ComponentKind, ReviewMark, TrustedSet};

/// What a set holds, by digests: two sets with equal contents make equal editions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Contents {
    version: u64,
    adapters: BTreeMap<AgencyId, Sha256Digest>,
    policies: BTreeMap<Role, (Sha256Digest, Option<ReviewMark>)>,
    shadows: BTreeMap<Role, Sha256Digest>,
    grants: BTreeMap<(Role, AgencyId), Sha256Digest>,
    tightening: Option<Sha256Digest>,
    lifted: Option<Sha256Digest>,
}

impl Contents {
    /// Takes down what a set holds.
    pub(crate) fn of(trusted: &TrustedSet) -> Self {
        let policies = trusted.policies();
        Self {
            version: trusted.version(),
            adapters: trusted.adapters().map(|(agency, component)| (agency, component.digest())).collect(),
            policies: policies
                .map(|(role, component)| (role.clone(), (component.digest(), trusted.review_of(role))))
                .collect(),
            shadows: trusted.shadows().map(|(role, component)| (role.clone(), component.digest())).collect(),
            grants: trusted.grants().map(|file| ((file.role().clone(), file.agency()), file.digest())).collect(),
            tightening: trusted.tightening().map(|file| file.digest()),
            lifted: trusted.lifted().map(|file| file.digest()),
        }
    }

    /// Everything from which it follows whether an adapter or a policy passes its own cases.
    pub(super) fn of_cases(&self, component: &Component) -> Sha256Digest {
        let (target, digest) = (component.target(), component.digest());
        let adapters = match component.kind() {
            // A policy's cases are about elements of catalogues: another adapter can break them.
            ComponentKind::Policy(_) => self.adapters(),
            ComponentKind::Adapter(_) | ComponentKind::Shadow(_) => String::new(),
        };
        Sha256Digest::of(format!("cases {target} {digest}{adapters}").as_bytes())
    }

    /// Everything from which it follows whether a role's policy stays within its grants.
    pub(super) fn of_openings(&self, role: &Role) -> Sha256Digest {
        let policy = self.policies.get(role).map(|(digest, _)| digest.to_string()).unwrap_or_default();
        let adapters = self.adapters();
        let of_role = self.grants.iter().filter(|((of, _), _)| of == role);
        let grants = of_role.fold(String::new(), |text, ((_, agency), digest)| format!("{text} {agency} {digest}"));
        Sha256Digest::of(format!("openings {role} {policy}{adapters} grants{grants}").as_bytes())
    }

    fn adapters(&self) -> String {
        self.adapters.iter().fold(" adapters".to_owned(), |text, (agency, digest)| format!("{text} {agency} {digest}"))
    }
}
