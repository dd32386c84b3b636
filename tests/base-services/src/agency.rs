//! The agencies that are simulated.

use std::fmt;
use std::str::FromStr;

use crate::soap_service::SoapService;
use crate::{af, csn, miv, skv, so, tns};

/// An agency whose base service is simulated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Agency {
    /// Arbetsförmedlingen.
    Af,
    /// Centrala studiestödsnämnden.
    Csn,
    /// Försäkringskassan, which answers for Pensionsmyndigheten too.
    Fk,
    /// Skatteverket.
    Skv,
    /// Sveriges a-kassor.
    So,
    /// Transportstyrelsen.
    Tns,
    /// Migrationsverket.
    Miv,
}

/// How a base service speaks over HTTP.
pub(crate) enum Protocol {
    /// SOAP 1.1, document/literal.
    Soap(SoapService),
    /// REST with JSON.
    Json,
}

impl Agency {
    /// Every one, in the order of SSBTEK's answer.
    pub const ALL: [Self; 7] = [Self::Af, Self::Csn, Self::Fk, Self::Skv, Self::So, Self::Tns, Self::Miv];

    /// Its name on the wire, such as `AF`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Af => "AF",
            Self::Csn => "CSN",
            Self::Fk => "FK",
            Self::Skv => "SKV",
            Self::So => "SO",
            Self::Tns => "TNS",
            Self::Miv => "MIV",
        }
    }

    /// The path at which its base service answers, such as `/ersattningsstod/v2`.
    ///
    /// Försäkringskassan's is what its paths begin with: for whom and what is asked follows.
    pub fn path(self) -> &'static str {
        match self.protocol() {
            Protocol::Soap(service) => service.path,
            Protocol::Json => "/lefi-extern-formansinformation/v9",
        }
    }

    pub(crate) fn protocol(self) -> Protocol {
        match self {
            Self::Af => Protocol::Soap(af::SERVICE),
            Self::Csn => Protocol::Soap(csn::SERVICE),
            Self::Fk => Protocol::Json,
            Self::Skv => Protocol::Soap(skv::SERVICE),
            Self::So => Protocol::Soap(so::SERVICE),
            Self::Tns => Protocol::Soap(tns::SERVICE),
            Self::Miv => Protocol::Soap(miv::SERVICE),
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
#[error("agency is not one of `AF`, `CSN`, `FK`, `SKV`, `SO`, `TNS` and `MIV`")]
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
