//! What the roles of a change list, and what they listed before.

use anyhow::{Context, anyhow};
use ssbtx_core::Sha256Digest;
use ssbtx_review::visible;
use ssbtx_signing::{Change, Difference, Listed, OfflineRole};
use ssbtx_trust::{Delegation, TargetName};

use super::Failed;

/// A target of a change, by name.
pub(super) fn target(change: &Change, name: &TargetName) -> Option<Listed> {
    let text = name.to_string();
    change.targets(name.delegation().into()).into_iter().find(|listed| listed.name == text)
}

/// The digest of a target before the change; nothing where it was not listed.
pub(super) fn digest_before(change: &Change, name: &TargetName) -> Result<Option<Sha256Digest>, Failed> {
    let text = name.to_string();
    for difference in differences(change)? {
        match difference {
            Difference::Added { target, .. } if target == text => return Ok(None),
            Difference::Replaced { target, before, .. } if target == text => return parsed(name, &before).map(Some),
            _ => {}
        }
    }
    target(change, name).map(|listed| parsed(name, &listed.sha256)).transpose()
}

/// The one target in which the list of a role differs: whoever signs signs the whole list.
///
/// # Errors
///
/// [`Failed::Refused`] where it differs in none, in several, or in one whose name no host knows.
pub(super) fn only_difference(change: &Change, delegation: Delegation) -> Result<TargetName, Failed> {
    let names = differing(change, delegation)?;
    match names.as_slice() {
        [name] => parsed_name(name),
        [] => Err(Failed::Refused(anyhow!(
            "the change lists nothing else than before for role `{delegation}`, expected one target; \
             who signs what is changed by `ssbtx repo`"
        ))),
        names => {
            let names: Vec<String> = names.iter().map(|name| name.escape_default().to_string()).collect();
            let names = names.join(", ");
            Err(Failed::Refused(anyhow!(
                "the change lists `{names}` otherwise than before for role `{delegation}`, expected one target"
            )))
        }
    }
}

/// Every target in which the list of a role differs.
pub(super) fn all_differences(change: &Change, delegation: Delegation) -> Result<Vec<TargetName>, Failed> {
    differing(change, delegation)?.iter().map(|name| parsed_name(name)).collect()
}

/// Everything that a change changes, a line each, as it is told to whoever signs.
pub(super) fn as_lines(change: &Change) -> Result<Vec<String>, Failed> {
    Ok(differences(change)?.iter().map(|difference| format!("- {}", visible(&difference.to_string()))).collect())
}

/// Everything that a change changes.
pub(super) fn differences(change: &Change) -> Result<Vec<Difference>, Failed> {
    change.differences().context("compare the change with what was in force").map_err(Failed::Refused)
}

/// The bytes of a target that the change lists anew.
pub(super) fn carried(change: &Change, name: &TargetName) -> Result<Vec<u8>, Failed> {
    let bytes = change.target_bytes(name).with_context(|| format!("read `{name}` of the change"));
    let bytes = bytes.map_err(Failed::Refused)?;
    bytes.ok_or_else(|| Failed::Refused(anyhow!("the change does not carry `{name}`, which it lists")))
}

/// Whether the change carries new metadata of a role.
pub(super) fn is_changed(change: &Change, delegation: Delegation) -> bool {
    change.roles().any(|role| role == OfflineRole::Delegated(delegation))
}

/// The digest of a target as the change lists it; nothing where it does not.
pub(super) fn digest(change: &Change, name: &TargetName) -> Result<Option<Sha256Digest>, Failed> {
    target(change, name).map(|listed| parsed(name, &listed.sha256)).transpose()
}

fn differing(change: &Change, delegation: Delegation) -> Result<Vec<String>, Failed> {
    let of = delegation.to_string();
    let name = |difference| match difference {
        Difference::Added { role, target, .. }
        | Difference::Replaced { role, target, .. }
        | Difference::Removed { role, target }
            if role == of =>
        {
            Some(target)
        }
        _ => None,
    };
    Ok(differences(change)?.into_iter().filter_map(name).collect())
}

fn parsed_name(text: &str) -> Result<TargetName, Failed> {
    text.parse().map_err(|_| Failed::Refused(anyhow!("the change lists `{}`", text.escape_default())))
}

fn parsed(name: &TargetName, text: &str) -> Result<Sha256Digest, Failed> {
    text.parse().with_context(|| format!("read the digest of `{name}`")).map_err(Failed::Refused)
}
