//! The law, or the practice, that a policy opens an element by.

use jiff::civil::Date;

use crate::catalogue::Bilingual;
use crate::identifier::BasisId;

/// A legal basis, as a policy declares it.
///
/// # Source
///
/// SoL (2025:400) 15 kap. 10–12 §§ and SFS 2008:975 for those in force today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegalBasis {
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
    /// What it covers.
    pub title: Bilingual,
}

/// Whether a legal basis is law, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Valid from the first day to the last, both included.
    InForce {
        /// First day.
        from: Date,
        /// Last day, absent while no end is decided.
        until: Option<Date>,
    },
    /// Not established in law.
    Pending,
}

impl LegalBasis {
    /// Act and provision, as an agency is told them; the regulation's item stands beside.
    pub fn reference(&self) -> String {
        format!("{} {}", self.act, self.provision)
    }
}
