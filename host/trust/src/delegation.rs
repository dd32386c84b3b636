//! The roles that targets delegates to.

use std::fmt;
use std::str::FromStr;

use ssbtx_core::AgencyId;

/// Who signs a component.
///
/// # Shape
///
/// In the repository `governance`, or the agency's id in lower case, such as `af`. `root`, `snapshot`, `targets` and `timestamp` are roles
/// of the repository itself and never delegations.
///
/// # Errors
///
/// Parsing gives [`UnknownDelegation`] for anything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Delegation {
    /// Named persons who sign policies together.
    Governance,
    /// The agency, which signs its own adapter.
    Agency(AgencyId),
}

/// A text that names no delegation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("delegation is neither `governance` nor an agency id in lower case")]
pub struct UnknownDelegation;

impl FromStr for Delegation {
    type Err = UnknownDelegation;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == GOVERNANCE {
            return Ok(Self::Governance);
        }
        if OWN_ROLES.contains(&text) {
            return Err(UnknownDelegation);
        }
        agency_in_lower_case(text).map(Self::Agency).ok_or(UnknownDelegation)
    }
}

impl fmt::Display for Delegation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Governance => f.write_str(GOVERNANCE),
            Self::Agency(agency) => f.write_str(&agency.as_str().to_ascii_lowercase()),
        }
    }
}

/// Reads an agency id as the repository writes it: one spelling only, so that one name is one file.
pub(crate) fn agency_in_lower_case(text: &str) -> Option<AgencyId> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    text.to_ascii_uppercase().parse().ok()
}

const GOVERNANCE: &str = "governance";
const OWN_ROLES: [&str; 4] = ["root", "snapshot", "targets", "timestamp"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delegation_is_read_back_as_it_was_written() {
        for text in ["governance", "af", "csn"] {
            assert_eq!(text.parse::<Delegation>().unwrap().to_string(), text);
        }
        assert_eq!("miv".parse(), Ok(Delegation::Agency(AgencyId::MIV)));
    }

    #[test]
    fn err_delegation() {
        for text in ["", "AF", "Governance", "root", "snapshot", "targets", "timestamp", "../af", "arbetsformedlingen"]
        {
            assert_eq!(text.parse::<Delegation>(), Err(UnknownDelegation), "{text}");
        }
    }
}
