//! Who may list which name.

use tough::schema::{Target, Targets};

use crate::delegation::Delegation;
use crate::not_trusted::StructureFault;
use crate::target::TargetName;

/// Whether a role may list a name; the top-level role, which is no delegation, may list none.
pub(crate) fn may_list(role: &str, name: &str, delegation: Option<Delegation>) -> Result<TargetName, StructureFault> {
    let parsed: TargetName = name.parse().map_err(|_| unknown(role, name))?;
    let expected = parsed.delegation();
    if delegation == Some(expected) {
        Ok(parsed)
    } else {
        Err(StructureFault::WrongRole { target: parsed.to_string(), listed_by: escaped(role), expected })
    }
}

pub(super) fn unknown(role: &str, name: &str) -> StructureFault {
    StructureFault::UnknownTarget { target: escaped(name), listed_by: escaped(role) }
}

/// What a role lists, in the order of names.
pub(super) fn listed(targets: &Targets) -> Vec<(&str, &Target)> {
    // As written, not as resolved: a name that has to be resolved is not a name.
    let mut listed: Vec<_> = targets.targets.iter().map(|(name, target)| (name.raw(), target)).collect();
    listed.sort_unstable_by_key(|(name, _)| *name);
    listed
}

/// A name from outside, fit to be shown.
pub(crate) fn escaped(name: &str) -> String {
    name.chars().take(MAX_SHOWN).flat_map(char::escape_default).collect()
}

const MAX_SHOWN: usize = 120;
