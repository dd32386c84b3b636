//! The proposed policies of an edition.

use std::collections::BTreeMap;
use std::sync::Arc;

use ssbtx_core::{Role, Sha256Digest};
use ssbtx_runtime::{NotAdmitted, Sandbox, ShadowFilter};
use ssbtx_trust::TrustedSet;

/// The proposed policies of a set: those that were admitted, and the others.
#[derive(Clone)]
pub(super) struct Shadows {
    pub(super) admitted: BTreeMap<Role, ShadowFilter>,
    pub(super) left_out: Vec<LeftOut>,
}

/// A proposed policy that was not admitted, so that nothing is compared with it.
///
/// It does not hold up the set that it came with: one person may propose, and nothing that one person signs may keep a change of law, or an emergency,
/// from the hosts.
#[derive(Debug, Clone)]
pub struct LeftOut {
    role: Role,
    sha256: Sha256Digest,
    why: Arc<NotAdmitted>,
}

impl Shadows {
    /// Admits the proposed policies of a set, as far as they can be.
    pub(super) async fn admit(sandbox: &Sandbox, trusted: &TrustedSet, earlier: Option<&Self>) -> Self {
        let mut shadows = Self { admitted: BTreeMap::new(), left_out: Vec::new() };
        for (role, component) in trusted.shadows() {
            let known = earlier.and_then(|earlier| earlier.admitted.get(role));
            let admitted = match known.filter(|known| known.identity().sha256 == component.digest()) {
                Some(known) => Ok(known.clone()),
                None => sandbox.admit_shadow(component).await,
            };
            match admitted {
                Ok(shadow) => drop(shadows.admitted.insert(role.clone(), shadow)),
                Err(why) => {
                    let (role, why) = (role.clone(), Arc::new(why));
                    shadows.left_out.push(LeftOut { role, sha256: component.digest(), why });
                }
            }
        }
        shadows
    }
}

impl LeftOut {
    /// The role that it was proposed for.
    pub fn role(&self) -> &Role {
        &self.role
    }

    /// The digest of its bytes.
    pub fn sha256(&self) -> Sha256Digest {
        self.sha256
    }

    /// Why it was not admitted.
    pub fn why(&self) -> &NotAdmitted {
        &self.why
    }
}
