//! The interfaces that questions come through.

/// The front by which a question came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Front {
    /// SSBTEK's SOAP interface, version 10.
    SoapV10,
    /// The JSON interface, version 1.
    JsonV1,
}

impl Front {
    /// The stable name, as audit records and logs show it.
    pub fn label(self) -> &'static str {
        match self {
            Self::SoapV10 => "soap-v10",
            Self::JsonV1 => "json-v1",
        }
    }
}
