//! Organisations and their numbers.

use std::fmt;
use std::str::FromStr;

/// An organisation number.
///
/// # Shape
///
/// 12 digits, the fifth of them 2 to 9: `16` and the ten digits, such as `162020000001`. The check digit is not checked, as in SSBTEK.
///
/// # Errors
///
/// Parsing gives [`InvalidOrganisationNumber`] for anything else.
///
/// # Source
///
/// SSBTEK v10, `Organisationsnummer`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[doc(alias = "organisationsnummer")]
pub struct OrganisationNumber(String);

impl OrganisationNumber {
    /// The twelve digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for OrganisationNumber {
    type Err = InvalidOrganisationNumber;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let shaped = text.len() == 12
            && text.bytes().all(|byte| byte.is_ascii_digit())
            && text.as_bytes().get(4).is_some_and(|byte| *byte >= b'2');
        if shaped { Ok(Self(text.to_owned())) } else { Err(InvalidOrganisationNumber) }
    }
}

impl fmt::Display for OrganisationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for OrganisationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that is no organisation number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("organisation number is not 12 digits of which the fifth is 2 to 9, such as `162020000001`")]
pub struct InvalidOrganisationNumber;

/// An organisation, as the asker names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Its number.
    pub number: OrganisationNumber,
    /// Its name.
    pub name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_organisation_number() {
        assert_eq!("162020000001".parse::<OrganisationNumber>().unwrap().as_str(), "162020000001");
    }

    #[test]
    fn err_organisation_number() {
        for text in ["", "2020000001", "162000000001", "16202000000x"] {
            assert_eq!(text.parse::<OrganisationNumber>(), Err(InvalidOrganisationNumber), "{text}");
        }
    }
}
