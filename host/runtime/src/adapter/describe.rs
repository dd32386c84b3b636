//! What an adapter says of itself, parsed.

use ssbtx_core::{AgencyId, Catalogue, InvalidAgencyId, InvalidCatalogue, InvalidName, UpstreamName};

use super::{catalogue, wire};
use crate::admission::is_version;
use crate::mandate::Mandate;

/// What an adapter says of itself.
pub(super) struct Description {
    pub(super) catalogue: Catalogue,
    pub(super) upstreams: Vec<UpstreamName>,
    /// The memory that it asks for.
    pub(super) memory_bytes: u64,
    /// The largest reply that it asks for.
    pub(super) reply_bytes: u64,
}

/// What is wrong with an adapter's description.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidAdapter {
    /// The agency of the catalogue or of a dataset is no agency's id.
    #[error("catalogue names an agency wrongly")]
    Agency(#[from] InvalidAgencyId),
    /// The catalogue is of another agency than the component's name.
    #[error("catalogue is of agency `{found}`, component's name says `{expected}`")]
    OtherAgency {
        /// The catalogue's.
        found: AgencyId,
        /// The one that its name says and that signed it.
        expected: AgencyId,
    },
    /// A dataset has no usable name.
    #[error("catalogue names a dataset wrongly")]
    Dataset(#[from] InvalidName),
    /// The catalogue breaks a rule of catalogues.
    #[error("catalogue is not in order")]
    Catalogue(#[from] InvalidCatalogue),
    /// The catalogue's version is no semantic version.
    #[error("catalogue's version is not of the form `1.0.0`")]
    Version,
    /// None, too many, one twice, or one out of shape.
    #[error(
        "description has {0} upstreams, expected 1 to 8 that differ, each 1 to 32 characters `a`–`z`, `0`–`9` and `-`"
    )]
    Upstreams(usize),
}

impl Description {
    /// Parses the description of an adapter that may speak for this agency.
    pub(super) fn parse(description: wire::Description, mandate: Mandate<AgencyId>) -> Result<Self, InvalidAdapter> {
        let upstreams = parse_upstreams(&description.upstreams)?;
        let source = catalogue::from_wire(description.catalogue)?;
        if let Mandate::Signed(expected) = mandate
            && source.agency != expected
        {
            return Err(InvalidAdapter::OtherAgency { found: source.agency, expected });
        }
        if !is_version(&source.version) {
            return Err(InvalidAdapter::Version);
        }
        let wire::Limits { memory_bytes, reply_bytes } = description.limits;
        Ok(Self { catalogue: Catalogue::parse(source)?, upstreams, memory_bytes, reply_bytes })
    }
}

fn parse_upstreams(names: &[String]) -> Result<Vec<UpstreamName>, InvalidAdapter> {
    let wrong = || InvalidAdapter::Upstreams(names.len());
    if !(1..=MOST_UPSTREAMS).contains(&names.len()) {
        return Err(wrong());
    }
    let mut upstreams: Vec<UpstreamName> = Vec::with_capacity(names.len());
    for name in names {
        let name = name.parse().map_err(|_| wrong())?;
        if upstreams.contains(&name) {
            return Err(wrong());
        }
        upstreams.push(name);
    }
    Ok(upstreams)
}

/// `wit/adapter/adapter.wit`, `description`.
const MOST_UPSTREAMS: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn err_upstreams() {
        let parse = |names: &[&str]| parse_upstreams(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
        assert!(parse(&["base-service", "b"]).is_ok());
        assert_eq!(parse(&[]), Err(InvalidAdapter::Upstreams(0)));
        assert_eq!(parse(&["a", "a"]), Err(InvalidAdapter::Upstreams(2)));
        assert_eq!(parse(&["https://example.org"]), Err(InvalidAdapter::Upstreams(1)));
        assert_eq!(parse(&["a"; 9]), Err(InvalidAdapter::Upstreams(9)));
    }
}
