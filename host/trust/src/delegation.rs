//! The roles that targets delegates to.

use std::fmt;
use std::str::FromStr;

use ssbtx_core::AgencyId;

/// Who signs a file.
///
/// # Shape
///
/// In the repository `governance`, `shadow`, `tightening`, or the agency's id in lower case, such as `af`. `root`, `snapshot`, `targets` and
/// `timestamp` are roles of the repository itself and never delegations.
///
/// # Errors
///
/// Parsing gives [`UnknownDelegation`] for anything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Delegation {
    /// Named persons who sign policies together, and together lift what one of them withheld.
    Governance,
    /// Any one person of governance, who proposes a policy that runs beside the active one and discloses nothing.
    Shadow,
    /// Any one person of governance, who withholds at once.
    Tightening,
    /// The agency, which signs its own adapter, and what of its data may be opened.
    Agency(AgencyId),
}

/// A text that names no delegation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("delegation is none of `governance`, `shadow`, `tightening` and an agency id in lower case")]
pub struct UnknownDelegation;

impl Delegation {
    /// The member of a delegation's signed metadata that says which delegation it is of.
    ///
    /// The format of TUF does not say so, and some keys may sign for several delegations: without it, metadata that was signed as one of them could be
    /// served as another, such as a list of shadows that is empty in the place of one that withholds.
    pub const MEMBER: &str = "x-ssbtx-role";
}

impl FromStr for Delegation {
    type Err = UnknownDelegation;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            GOVERNANCE => Ok(Self::Governance),
            SHADOW => Ok(Self::Shadow),
            TIGHTENING => Ok(Self::Tightening),
            text => agency_in_lower_case(text).map(Self::Agency).ok_or(UnknownDelegation),
        }
    }
}

impl fmt::Display for Delegation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Governance => f.write_str(GOVERNANCE),
            Self::Shadow => f.write_str(SHADOW),
            Self::Tightening => f.write_str(TIGHTENING),
            Self::Agency(agency) => f.write_str(&agency.as_str().to_ascii_lowercase()),
        }
    }
}

/// Reads an agency id as the repository writes it: one spelling only, so that one name is one file, and no agency that is called as a role.
pub(crate) fn agency_in_lower_case(text: &str) -> Option<AgencyId> {
    if TAKEN.contains(&text) || text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    text.to_ascii_uppercase().parse().ok()
}

const GOVERNANCE: &str = "governance";
const SHADOW: &str = "shadow";
const TIGHTENING: &str = "tightening";
/// What is no agency, though some of it is short enough for an agency's id.
const TAKEN: [&str; 7] = ["root", "snapshot", "targets", "timestamp", GOVERNANCE, SHADOW, TIGHTENING];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delegation_is_read_back_as_it_was_written() {
        for text in ["governance", "shadow", "tightening", "af", "csn", "pm"] {
            assert_eq!(text.parse::<Delegation>().unwrap().to_string(), text);
        }
        assert_eq!("miv".parse(), Ok(Delegation::Agency(AgencyId::MIV)));
        assert_eq!("shadow".parse(), Ok(Delegation::Shadow));
    }

    #[test]
    fn err_delegation() {
        for text in [
            "",
            "AF",
            "Governance",
            "Shadow",
            "root",
            "snapshot",
            "targets",
            "timestamp",
            "../af",
            "arbetsformedlingen",
        ] {
            assert_eq!(text.parse::<Delegation>(), Err(UnknownDelegation), "{text}");
        }
    }
}
