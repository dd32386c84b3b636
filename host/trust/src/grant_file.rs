//! A grant as its target holds it.

use std::fmt;
use std::sync::Arc;

use ssbtx_core::{AgencyId, Grant, Role, Sha256Digest};

use crate::not_trusted::ContentFault;

/// What one agency lets one role's policy open of its data, as it signed it.
///
/// Outside this crate there is only [`Verified<GrantFile>`](crate::Verified). Cloning is cheap: the grant is shared.
#[derive(Clone)]
pub struct GrantFile {
    digest: Sha256Digest,
    grant: Arc<Grant>,
}

impl GrantFile {
    /// Reads a grant that must be the one that its file's name promises: an agency may open its own data, for the role that it names.
    pub(crate) fn parse(
        agency: AgencyId,
        role: &Role,
        digest: Sha256Digest,
        bytes: &[u8],
    ) -> Result<Self, ContentFault> {
        let grant = Grant::parse(bytes).map_err(|source| ContentFault::Grant {
            agency,
            role: role.clone(),
            source: Box::new(source),
        })?;
        if grant.agency() != agency || grant.role() != role {
            return Err(ContentFault::AnothersGrant {
                agency,
                role: role.clone(),
                found_agency: grant.agency(),
                found_role: grant.role().clone(),
            });
        }
        Ok(Self { digest, grant: Arc::new(grant) })
    }

    /// Whose data it is about, and who signed it.
    pub fn agency(&self) -> AgencyId {
        self.grant.agency()
    }

    /// Whose policy it is for.
    pub fn role(&self) -> &Role {
        self.grant.role()
    }

    /// The digest of the file.
    pub fn digest(&self) -> Sha256Digest {
        self.digest
    }

    /// What may be opened.
    pub fn grant(&self) -> &Arc<Grant> {
        &self.grant
    }
}

impl fmt::Debug for GrantFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GrantFile")
            .field("agency", &self.agency())
            .field("role", self.role())
            .field("digest", &self.digest)
            .finish_non_exhaustive()
    }
}
