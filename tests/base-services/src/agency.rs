//! The agencies that are simulated.

use std::fmt;
use std::str::FromStr;

/// An agency whose base service is simulated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Agency {
    /// Arbetsförmedlingen.
    Af,
    /// Sveriges a-kassor.
    So,
    /// Migrationsverket.
    Miv,
}

impl Agency {
    /// Every one, in the order of SSBTEK's answer.
    pub const ALL: [Self; 3] = [Self::Af, Self::So, Self::Miv];

    /// Its name on the wire, such as `AF`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Af => "AF",
            Self::So => "SO",
            Self::Miv => "MIV",
        }
    }

    /// The path at which its base service answers, such as `/ersattningsstod/v2`.
    pub fn path(self) -> &'static str {
        match self {
            Self::Af => "/ersattningsstod/v2",
            Self::So => "/ubpservice/int014",
            Self::Miv => "/ssbtek/1",
        }
    }
}

impl FromStr for Agency {
    type Err = UnknownAgency;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|agency| agency.code() == text).ok_or(UnknownAgency)
    }
}

impl fmt::Display for Agency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A text that names no simulated agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("agency is not one of `AF`, `SO` and `MIV`")]
pub struct UnknownAgency;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agency_is_read_back_as_it_was_written() {
        for agency in Agency::ALL {
            assert_eq!(agency.to_string().parse(), Ok(agency));
        }
        assert_eq!("af".parse::<Agency>(), Err(UnknownAgency));
    }
}
