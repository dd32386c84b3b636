//! The short names under which agencies and their base services are known on the wire.

use std::fmt;
use std::str::FromStr;

/// The id of an agency or of its base service.
///
/// # Shape
///
/// 1 to 8 characters `A`–`Z` and `0`–`9`, such as `AF` or `CSN`.
///
/// # Errors
///
/// Parsing gives [`InvalidAgencyId`] for anything else.
///
/// # Source
///
/// SSBTEK v10, the element names in `SpecifikaFrageparametrar`; `PM` names Pensionsmyndigheten, which LEFI v9 answers for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AgencyId([u8; MAX_LEN]);

impl AgencyId {
    /// Arbetsförmedlingen.
    pub const AF: Self = Self::of(b"AF");
    /// Centrala studiestödsnämnden.
    pub const CSN: Self = Self::of(b"CSN");
    /// Försäkringskassan.
    pub const FK: Self = Self::of(b"FK");
    /// Migrationsverket.
    pub const MIV: Self = Self::of(b"MIV");
    /// Pensionsmyndigheten, which answers through Försäkringskassan's base service.
    pub const PM: Self = Self::of(b"PM");
    /// Skatteverket.
    pub const SKV: Self = Self::of(b"SKV");
    /// Sveriges a-kassor.
    pub const SO: Self = Self::of(b"SO");
    /// Transportstyrelsen.
    pub const TNS: Self = Self::of(b"TNS");

    /// The id as text.
    pub fn as_str(&self) -> &str {
        let length = self.0.iter().position(|byte| *byte == 0).unwrap_or(MAX_LEN);
        self.0.get(..length).and_then(|bytes| str::from_utf8(bytes).ok()).unwrap_or_default()
    }

    const fn of(text: &[u8]) -> Self {
        let mut bytes = [0; MAX_LEN];
        bytes.split_at_mut(text.len()).0.copy_from_slice(text);
        Self(bytes)
    }
}

impl FromStr for AgencyId {
    type Err = InvalidAgencyId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let shaped = (1..=MAX_LEN).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        if shaped { Ok(Self::of(text.as_bytes())) } else { Err(InvalidAgencyId) }
    }
}

impl fmt::Display for AgencyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for AgencyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text that is no agency id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("agency id is not 1 to 8 characters `A`–`Z` and `0`–`9`")]
pub struct InvalidAgencyId;

/// The base services of SSBTEK v10, in the order of its answer.
pub const BASE_SERVICES: [AgencyId; 7] =
    [AgencyId::AF, AgencyId::CSN, AgencyId::FK, AgencyId::SKV, AgencyId::SO, AgencyId::TNS, AgencyId::MIV];

/// Whose data a base service gives, where no catalogue says so.
pub fn default_disclosers(base_service: AgencyId) -> Vec<AgencyId> {
    if base_service == AgencyId::FK { vec![AgencyId::FK, AgencyId::PM] } else { vec![base_service] }
}

const MAX_LEN: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agency_id_is_read_back_as_it_was_written() {
        for text in ["AF", "CSN", "A", "ABCDEFG8"] {
            assert_eq!(text.parse::<AgencyId>().unwrap().as_str(), text);
        }
        assert_eq!("MIV".parse(), Ok(AgencyId::MIV));
    }

    #[test]
    fn err_agency_id() {
        for text in ["", "af", "ABCDEFGHI", "A F", "Å"] {
            assert_eq!(text.parse::<AgencyId>(), Err(InvalidAgencyId), "{text}");
        }
    }
}
