//! What properly signed files say.

use ssbtx_core::{AgencyId, InvalidGrant, InvalidLifted, InvalidTightening, Role};

use crate::review_mark::CustomFault;

/// How a properly signed file says what it may not say.
#[derive(Debug, thiserror::Error)]
pub enum ContentFault {
    /// A grant that cannot be read as one.
    #[error("grant of `{agency}` for role `{role}` cannot be read")]
    Grant {
        /// The agency, from the file's name.
        agency: AgencyId,
        /// The role, from the file's name.
        role: Role,
        /// Where and how it departs from the format.
        source: Box<InvalidGrant>,
    },
    /// A grant that speaks for another agency or role than its name says.
    #[error(
        "grant is of `{found_agency}` for role `{found_role}`, expected of `{agency}` for role `{role}` from its name"
    )]
    AnothersGrant {
        /// The agency, from the file's name.
        agency: AgencyId,
        /// The role, from the file's name.
        role: Role,
        /// The agency in the file.
        found_agency: AgencyId,
        /// The role in the file.
        found_role: Role,
    },
    /// A list of what is withheld that cannot be read as one.
    #[error("list of what is withheld cannot be read")]
    Tightening {
        /// Where and how it departs from the format.
        source: Box<InvalidTightening>,
    },
    /// A list of what is lifted that cannot be read as one.
    #[error("list of what is lifted cannot be read")]
    Lifted {
        /// Where and how it departs from the format.
        source: Box<InvalidLifted>,
    },
    /// A target's custom metadata is not what the host demands of it.
    #[error("`{target}` {fault}")]
    Custom {
        /// The target's name.
        target: String,
        /// What is wrong with it.
        fault: CustomFault,
    },
}

#[cfg(test)]
mod tests {
    use std::error::Error;

    use ssbtx_core::{Grant, Lifted, Tightening};

    use super::super::tests::lines;
    use super::*;

    #[test]
    fn err_content_fault() {
        let (agency, role): (_, Role) = (AgencyId::AF, "arbetsmarknad".parse().unwrap());
        let faults = [
            ContentFault::Grant { agency, role: role.clone(), source: Box::new(Grant::parse(b"").unwrap_err()) },
            ContentFault::AnothersGrant { agency, role: role.clone(), found_agency: AgencyId::CSN, found_role: role },
            ContentFault::Tightening { source: Box::new(Tightening::parse(b"").unwrap_err()) },
            ContentFault::Lifted { source: Box::new(Lifted::parse(b"").unwrap_err()) },
            ContentFault::Custom {
                target: "policies/arbetsmarknad/policy.wasm".to_owned(),
                fault: CustomFault::Missing,
            },
        ];
        insta::assert_snapshot!(lines(&faults), @r"
        grant of `AF` for role `arbetsmarknad` cannot be read
        grant is of `CSN` for role `arbetsmarknad`, expected of `AF` for role `arbetsmarknad` from its name
        list of what is withheld cannot be read
        list of what is lifted cannot be read
        `policies/arbetsmarknad/policy.wasm` names no review, expected `custom.ssbtx` with `review` and `previous`
        ");
        let with_cause = faults.iter().map(|fault| fault.source().is_some()).collect::<Vec<_>>();
        assert_eq!(with_cause, [true, false, true, true, false], "what is wrong inside a file is the cause");
    }
}
