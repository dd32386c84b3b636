//! What a trusted set holds.

use std::collections::BTreeMap;

use ssbtx_core::Role;
use tough::Repository;

use crate::component::Component;
use crate::grant_file::GrantFile;
use crate::lifted_file::LiftedFile;
use crate::review_mark::ReviewMark;
use crate::rules::Listing;
use crate::tightening_file::TighteningFile;
use crate::verified::{ReadFailure, Verified, VerifiedTarget};

/// Every signed file of a set, read and sorted by what it is; each kind in the order of names.
#[derive(Debug, Clone, Default)]
pub(crate) struct Contents {
    pub(crate) components: Vec<Verified<Component>>,
    pub(crate) grants: Vec<Verified<GrantFile>>,
    pub(crate) tightening: Option<Verified<TighteningFile>>,
    pub(crate) lifted: Option<Verified<LiftedFile>>,
    pub(crate) reviews: BTreeMap<Role, ReviewMark>,
}

impl Contents {
    /// Reads every listed file to its end.
    pub(crate) async fn read(repository: &Repository, listings: Vec<Listing>) -> Result<Self, ReadFailure> {
        let mut contents = Self::default();
        for listing in listings {
            contents.reviews.extend(listing.review().map(|(role, mark)| (role.clone(), mark)));
            match VerifiedTarget::read(repository, listing).await? {
                VerifiedTarget::Component(component) => contents.components.push(component),
                VerifiedTarget::Grant(grant) => contents.grants.push(grant),
                VerifiedTarget::Tightening(list) => contents.tightening = Some(list),
                VerifiedTarget::Lifted(list) => contents.lifted = Some(list),
            }
        }
        Ok(contents)
    }
}
