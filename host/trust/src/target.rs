//! The names of signed files in the repository.

use std::fmt;
use std::str::FromStr;

use ssbtx_core::{AgencyId, Role};

use crate::delegation::{Delegation, agency_in_lower_case};

/// The name of a signed file in the repository.
///
/// # Shape
///
/// One of these, and nothing else; no `.`, `..` or empty segment, no other spelling of any of them:
///
/// | name | what | signed by |
/// |---|---|---|
/// | `adapters/<agency>/adapter.wasm` | the agency's adapter | the agency |
/// | `adapters/<agency>/<role>.grant.json` | what the role's policy may open of the agency's data | the agency |
/// | `policies/<role>/policy.wasm` | the role's policy | governance |
/// | `policies/lifted.json` | which tightenings are lifted | governance |
/// | `shadow/<role>/policy.wasm` | a proposed policy that discloses nothing | shadow |
/// | `tightening/withheld.json` | what is withheld at once | tightening |
///
/// `<agency>` is the agency's id in lower case, such as `af`.
///
/// # Errors
///
/// Parsing gives [`InvalidTargetName`] for anything else.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TargetName(TargetKind);

/// What a signed file is.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TargetKind {
    /// Code.
    Component(ComponentKind),
    /// What one role's policy may open of one agency's data.
    Grant {
        /// Whose data.
        agency: AgencyId,
        /// Whose policy.
        role: Role,
    },
    /// What is withheld at once.
    Tightening,
    /// Which tightenings are lifted.
    Lifted,
}

/// What a component is, and whom it speaks or decides for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ComponentKind {
    /// Speaks for one agency.
    Adapter(AgencyId),
    /// Decides for one role.
    Policy(Role),
    /// Is proposed to decide for one role, and discloses nothing.
    Shadow(Role),
}

/// A text that names no signed file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("target is no name of an adapter, a policy, a grant, a shadow, or a list of what is withheld or lifted")]
pub struct InvalidTargetName;

impl TargetName {
    /// What the file is.
    pub fn kind(&self) -> &TargetKind {
        &self.0
    }

    /// The only delegation that may sign it.
    pub fn delegation(&self) -> Delegation {
        match &self.0 {
            TargetKind::Component(ComponentKind::Adapter(agency)) | TargetKind::Grant { agency, .. } => {
                Delegation::Agency(*agency)
            }
            TargetKind::Component(ComponentKind::Policy(_)) | TargetKind::Lifted => Delegation::Governance,
            TargetKind::Component(ComponentKind::Shadow(_)) => Delegation::Shadow,
            TargetKind::Tightening => Delegation::Tightening,
        }
    }
}

impl From<TargetKind> for TargetName {
    fn from(kind: TargetKind) -> Self {
        Self(kind)
    }
}

impl From<ComponentKind> for TargetName {
    fn from(kind: ComponentKind) -> Self {
        Self(TargetKind::Component(kind))
    }
}

impl FromStr for TargetName {
    type Err = InvalidTargetName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let segments: Vec<&str> = text.split('/').collect();
        let kind = match segments.as_slice() {
            ["adapters", agency, "adapter.wasm"] => agency_in_lower_case(agency).map(adapter),
            ["adapters", agency, file] => file.strip_suffix(GRANT).and_then(|role| grant(agency, role)),
            ["policies", role, "policy.wasm"] => role.parse().ok().map(policy),
            ["policies", "lifted.json"] => Some(TargetKind::Lifted),
            ["shadow", role, "policy.wasm"] => role.parse().ok().map(shadow),
            ["tightening", "withheld.json"] => Some(TargetKind::Tightening),
            _ => None,
        };
        kind.map(Self).ok_or(InvalidTargetName)
    }
}

fn adapter(agency: AgencyId) -> TargetKind {
    TargetKind::Component(ComponentKind::Adapter(agency))
}

fn grant(agency: &str, role: &str) -> Option<TargetKind> {
    Some(TargetKind::Grant { agency: agency_in_lower_case(agency)?, role: role.parse().ok()? })
}

fn policy(role: Role) -> TargetKind {
    TargetKind::Component(ComponentKind::Policy(role))
}

fn shadow(role: Role) -> TargetKind {
    TargetKind::Component(ComponentKind::Shadow(role))
}

impl fmt::Display for TargetName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            TargetKind::Component(ComponentKind::Adapter(agency)) => {
                write!(f, "adapters/{}/adapter.wasm", agency.as_str().to_ascii_lowercase())
            }
            TargetKind::Component(ComponentKind::Policy(role)) => write!(f, "policies/{role}/policy.wasm"),
            TargetKind::Component(ComponentKind::Shadow(role)) => write!(f, "shadow/{role}/policy.wasm"),
            TargetKind::Grant { agency, role } => {
                write!(f, "adapters/{}/{role}{GRANT}", agency.as_str().to_ascii_lowercase())
            }
            TargetKind::Tightening => f.write_str("tightening/withheld.json"),
            TargetKind::Lifted => f.write_str("policies/lifted.json"),
        }
    }
}

impl fmt::Debug for TargetName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

const GRANT: &str = ".grant.json";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_name_is_read_back_as_it_was_written() {
        for text in [
            "adapters/af/adapter.wasm",
            "adapters/csn/adapter.wasm",
            "adapters/pm/ekonomiskt-bistand.grant.json",
            "policies/ekonomiskt-bistand/policy.wasm",
            "policies/lifted.json",
            "shadow/arbetsmarknad/policy.wasm",
            "tightening/withheld.json",
        ] {
            assert_eq!(text.parse::<TargetName>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn who_may_sign_a_file_follows_from_its_name() {
        let delegation = |text: &str| text.parse::<TargetName>().unwrap().delegation();
        assert_eq!(delegation("adapters/af/adapter.wasm"), Delegation::Agency(AgencyId::AF));
        assert_eq!(delegation("adapters/pm/arbetsmarknad.grant.json"), Delegation::Agency(AgencyId::PM));
        assert_eq!(delegation("policies/arbetsmarknad/policy.wasm"), Delegation::Governance);
        assert_eq!(delegation("policies/lifted.json"), Delegation::Governance);
        assert_eq!(delegation("shadow/arbetsmarknad/policy.wasm"), Delegation::Shadow);
        assert_eq!(delegation("tightening/withheld.json"), Delegation::Tightening);
    }

    #[test]
    fn err_target_name() {
        for text in [
            "",
            "adapter.wasm",
            "/adapters/af/adapter.wasm",
            "adapters/af/adapter.wasm/",
            "adapters//adapter.wasm",
            "adapters/AF/adapter.wasm",
            "adapters/af/policy.wasm",
            "adapters/af/x/adapter.wasm",
            "adapters/../adapter.wasm",
            "adapters/af/../af/adapter.wasm",
            "adapters/af/./adapter.wasm",
            "adapters/%61f/adapter.wasm",
            "adapters\\af\\adapter.wasm",
            "adapters/shadow/adapter.wasm",
            "adapters/targets/adapter.wasm",
            "adapters/af/.grant.json",
            "adapters/af/Arbetsmarknad.grant.json",
            "adapters/af/arbetsmarknad.grant.json\0",
            "adapters/af/a.b.grant.json",
            "adapters/af/arbetsmarknad.grant.json.grant.json",
            "adapters/af/arbetsmarknad/grant.json",
            "adapters/arbetsmarknad.grant.json",
            "grants/af/arbetsmarknad.grant.json",
            "policies/../policy.wasm",
            "policies/Arbetsmarknad/policy.wasm",
            "policies/arbetsmarknad/adapter.wasm",
            "policies/arbetsmarknad/lifted.json",
            "policies/Lifted.json",
            "shadow/policy.wasm",
            "shadow/a/b/policy.wasm",
            "shadow/\u{430}rbetsmarknad/policy.wasm",
            "tightening/af/withheld.json",
            "tightening/withheld-2.json",
            "tightening/withheld.json/",
        ] {
            assert_eq!(text.parse::<TargetName>(), Err(InvalidTargetName), "{text}");
        }
    }
}
