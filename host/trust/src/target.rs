//! The names of components in the repository.

use std::fmt;
use std::str::FromStr;

use ssbtx_core::{AgencyId, Role};

use crate::delegation::{Delegation, agency_in_lower_case};

/// The name of a component in the repository.
///
/// # Shape
///
/// `adapters/<agency id in lower case>/adapter.wasm` or `policies/<role>/policy.wasm`, nothing else: no `.`, `..` or empty segment, no other
/// spelling of either.
///
/// # Errors
///
/// Parsing gives [`InvalidTargetName`] for anything else.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TargetName(ComponentKind);

/// What a component is, and whom it speaks or decides for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ComponentKind {
    /// Speaks for one agency.
    Adapter(AgencyId),
    /// Decides for one role.
    Policy(Role),
}

/// A text that names no component.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("target is neither `adapters/<agency>/adapter.wasm` nor `policies/<role>/policy.wasm`")]
pub struct InvalidTargetName;

impl TargetName {
    /// What the component is.
    pub fn kind(&self) -> &ComponentKind {
        &self.0
    }

    /// The only delegation that may sign it.
    pub fn delegation(&self) -> Delegation {
        match &self.0 {
            ComponentKind::Adapter(agency) => Delegation::Agency(*agency),
            ComponentKind::Policy(_) => Delegation::Governance,
        }
    }
}

impl From<ComponentKind> for TargetName {
    fn from(kind: ComponentKind) -> Self {
        Self(kind)
    }
}

impl FromStr for TargetName {
    type Err = InvalidTargetName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let segments: Vec<&str> = text.split('/').collect();
        let kind = match segments.as_slice() {
            ["adapters", agency, "adapter.wasm"] => agency_in_lower_case(agency).map(ComponentKind::Adapter),
            ["policies", role, "policy.wasm"] => role.parse().ok().map(ComponentKind::Policy),
            _ => None,
        };
        kind.map(Self).ok_or(InvalidTargetName)
    }
}

impl fmt::Display for TargetName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            ComponentKind::Adapter(agency) => {
                write!(f, "adapters/{}/adapter.wasm", agency.as_str().to_ascii_lowercase())
            }
            ComponentKind::Policy(role) => write!(f, "policies/{role}/policy.wasm"),
        }
    }
}

impl fmt::Debug for TargetName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_name_is_read_back_as_it_was_written() {
        for text in ["adapters/af/adapter.wasm", "adapters/csn/adapter.wasm", "policies/ekonomiskt-bistand/policy.wasm"]
        {
            assert_eq!(text.parse::<TargetName>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn an_adapter_is_signed_by_its_agency_and_a_policy_by_governance() {
        let delegation = |text: &str| text.parse::<TargetName>().unwrap().delegation();
        assert_eq!(delegation("adapters/af/adapter.wasm"), Delegation::Agency(AgencyId::AF));
        assert_eq!(delegation("policies/arbetsmarknad/policy.wasm"), Delegation::Governance);
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
            "policies/../policy.wasm",
            "policies/Arbetsmarknad/policy.wasm",
            "policies/arbetsmarknad/adapter.wasm",
        ] {
            assert_eq!(text.parse::<TargetName>(), Err(InvalidTargetName), "{text}");
        }
    }
}
