//! A legal basis, as an agency has granted it.

use crate::catalogue::Bilingual;
use crate::identifier::BasisId;
use crate::legal_basis::{LegalBasis, Standing};

use super::InvalidGrant;

/// A legal basis without its title: what an agency binds a policy to. A policy that changes any of it needs a new grant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantedBasis {
    /// Its name.
    pub id: BasisId,
    /// The act that breaks secrecy.
    pub act: String,
    /// The provision in it; empty for a pending basis.
    pub provision: String,
    /// The numbered item of the regulation, where it has one.
    pub item: Option<String>,
    /// When it is in force.
    pub standing: Standing,
}

impl GrantedBasis {
    /// As a policy would declare it, with an empty title: a grant does not hold one.
    pub fn untitled(&self) -> LegalBasis {
        let Self { id, act, provision, item, standing } = self.clone();
        LegalBasis { id, act, provision, item, standing, title: Bilingual { sv: String::new(), en: String::new() } }
    }

    /// Whether a policy's basis is this one, in everything but its title.
    pub(super) fn is(&self, basis: &LegalBasis) -> bool {
        let LegalBasis { id, act, provision, item, standing, title: _ } = basis;
        self.id == *id
            && self.act == *act
            && self.provision == *provision
            && self.item == *item
            && self.standing == *standing
    }

    /// Whether a policy could declare it.
    pub(super) fn check(&self) -> Result<(), InvalidGrant> {
        let texts = [Some(&self.act), Some(&self.provision), self.item.as_ref()];
        let is_text = |text: &String| text.len() <= MOST_TEXT_BYTES && !text.chars().any(char::is_control);
        let days_fit = match self.standing {
            Standing::InForce { from, until: Some(until) } => from <= until,
            Standing::InForce { until: None, .. } | Standing::Pending => true,
        };
        if !self.act.is_empty() && texts.into_iter().flatten().all(is_text) && days_fit {
            Ok(())
        } else {
            Err(InvalidGrant::Basis(self.id.clone()))
        }
    }
}

impl From<&LegalBasis> for GrantedBasis {
    fn from(basis: &LegalBasis) -> Self {
        let LegalBasis { id, act, provision, item, standing, title: _ } = basis.clone();
        Self { id, act, provision, item, standing }
    }
}

/// As much as a policy's text may have.
const MOST_TEXT_BYTES: usize = 4096;
