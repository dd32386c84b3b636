//! One person withholds at once, a threshold lifts, and an agency has the last word on its own data.

mod vetoed;
mod withheld;

use serde_json::Value;
use ssbtx_base_services::Agency;

use crate::play::{Play, Staging, part};

/// The folder that says what a policy beyond the agencies' grants is.
pub(crate) const BEYOND_THE_GRANTS: &str = "beyond-the-grants";

const POLICY: &str = "policies/arbetsmarknad/policy.wasm";

/// With the adapters of Arbetsförmedlingen and Migrationsverket.
fn staging() -> Staging {
    Staging::without(&[Agency::Csn, Agency::Fk, Agency::Skv, Agency::So, Agency::Tns])
}

/// Why an element is withheld, as JSON tells it; nothing where it is not, or where it goes only with something else.
fn reason<'a>(answer: &'a Value, agency: &str, element: &str) -> Option<&'a Value> {
    let withheld = part(answer, agency)["withheld"].as_array()?;
    withheld.iter().find(|withheld| withheld["element"] == element)
}

/// How often Arbetsförmedlingen and Migrationsverket were asked.
fn asked(play: &Play) -> [u64; 2] {
    [Agency::Af, Agency::Miv].map(|agency| play.agencies.requests(agency))
}
