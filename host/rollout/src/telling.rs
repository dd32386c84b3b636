//! What the log says of editions: what this host decides by must be visible, and what it accepts without law above all.

use std::collections::BTreeSet;

use ssbtx_core::Role;
use tracing::{error, info, warn};

use crate::status::{Acceptance, AdvanceStatus, ComponentRole, EditionStatus, LeftOutStatus, TightenedStatus};

/// Says what an edition consists of, as far as it is new.
pub(crate) fn tell(edition: &EditionStatus, before: Option<&EditionStatus>, roles: &BTreeSet<Role>) {
    tell_components(edition, before);
    tell_left_out(edition, before);
    tell_tightening(edition);
    for Acceptance { basis, datasets } in before.map_or(edition.accepted_pending.as_slice(), |_| &[]) {
        match datasets {
            None => warn!(basis = %basis, "pending legal basis accepted for every dataset"),
            Some(datasets) => {
                warn!(basis = %basis, datasets = datasets.join(" "), "pending legal basis accepted for some datasets");
            }
        }
    }
    for role in roles {
        let is_decided = edition
            .components
            .iter()
            .any(|component| component.role == ComponentRole::Policy && component.name == role.as_str());
        if !is_decided {
            warn!(%role, "certificates are registered for a role that no policy decides for: their questions will be refused");
        }
    }
}

fn tell_components(edition: &EditionStatus, before: Option<&EditionStatus>) {
    for component in &edition.components {
        let is_known = before.is_some_and(|before| {
            let mut known = before.components.iter();
            known.any(|known| known.role == component.role && known.sha256 == component.sha256)
        });
        if is_known {
            continue;
        }
        let (name, version, sha256) = (&component.name, &component.version, component.sha256);
        match component.role {
            ComponentRole::Policy => info!(role = name, version, %sha256, "policy loaded"),
            ComponentRole::Adapter => info!(agency = name, version, %sha256, "adapter loaded"),
            ComponentRole::Shadow => info!(role = name, version, %sha256, "shadow policy loaded"),
        }
    }
}

/// A proposal that nothing is compared with would else be taken for one that changes nothing.
fn tell_left_out(edition: &EditionStatus, before: Option<&EditionStatus>) {
    for left_out in &edition.left_out {
        if !before.is_some_and(|before| before.left_out.contains(left_out)) {
            let LeftOutStatus { role, sha256, reasons } = left_out;
            error!(%role, %sha256, reason = reasons.join(": "), "shadow policy is not admitted and left out: nothing is compared with it");
        }
    }
}

/// A tightening is an emergency: it is told at every change as long as it is there.
fn tell_tightening(edition: &EditionStatus) {
    if let Some(AdvanceStatus { trust_version, entries }) = &edition.in_advance {
        let entries = entries.join(" ");
        error!(trust_version, entries, "tightening applied in advance of a set that is not active");
    }
    let entries = edition.tightening.iter().flat_map(|list| &list.entries);
    for TightenedStatus { id, since, what, matches, .. } in entries.filter(|entry| !entry.lifted) {
        if *matches {
            warn!(id, %since, what, "withheld by a tightening");
        } else {
            warn!(id, %since, what, "tightening withholds nothing: there is no such thing in the active edition");
        }
    }
}
