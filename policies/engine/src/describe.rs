//! What a policy says of itself.

use crate::bindings::exports::ssbtx::catalogue::types::Bilingual;
use crate::bindings::exports::ssbtx::policy::field_filter::{Description, LegalBasis, Standing as Stated, Validity};
use crate::policy::{Basis, Policy, Standing, Text};

impl Policy {
    /// Role, version, title and every legal basis, as the contract has them.
    pub fn describe(&self) -> Description {
        Description {
            role: self.role.to_owned(),
            version: self.version.to_owned(),
            title: bilingual(&self.title),
            legal_bases: self.bases.iter().map(legal_basis).collect(),
        }
    }
}

fn legal_basis(basis: &Basis) -> LegalBasis {
    LegalBasis {
        id: basis.id.to_owned(),
        act: basis.act.to_owned(),
        provision: basis.provision.to_owned(),
        item: basis.item.map(str::to_owned),
        standing: match basis.standing {
            Standing::InForce { from, until } => {
                Stated::InForce(Validity { from: from.to_owned(), until: until.map(str::to_owned) })
            }
            Standing::Pending => Stated::Pending,
        },
        title: bilingual(&basis.title),
    }
}

fn bilingual(text: &Text) -> Bilingual {
    Bilingual { sv: text.sv.to_owned(), en: text.en.to_owned() }
}
