//! An honest policy that discloses everything.

use ssbtx_policy_engine::Bilingual;
use ssbtx_policy_engine::bindings::exports::ssbtx::policy::field_filter::{LegalBasis, Standing, Validity};

use crate::{Description, Outline, Verdict};

/// What it says of itself: one legal basis, in force.
pub fn description() -> Description {
    Description {
        role: "arbetsmarknad".to_owned(),
        version: "1.0.0".to_owned(),
        title: bilingual("Exempel", "Example"),
        legal_bases: vec![LegalBasis {
            id: "exempel".to_owned(),
            act: "SoL (2025:400)".to_owned(),
            provision: "15 kap. 11 §".to_owned(),
            item: None,
            standing: Standing::InForce(Validity { from: "2025-07-01".to_owned(), until: None }),
            title: bilingual("Exempel", "Example"),
        }],
    }
}

/// Everything is disclosed.
pub fn verdicts(outline: &Outline) -> Vec<Verdict> {
    vec![Verdict::Disclose(0); outline.elements.len()]
}

fn bilingual(sv: &str, en: &str) -> Bilingual {
    Bilingual { sv: sv.to_owned(), en: en.to_owned() }
}
