//! A hostile guest: a policy that panics.

use ssbtx_guest_policy_harness::{AgencyCatalogue, Context, Policy, Refusal, Verdict};

/// The guest.
pub struct PolicyTraps;

impl Policy for PolicyTraps {
    fn decide(_context: Context, _catalogue: AgencyCatalogue) -> Result<Vec<Verdict>, Refusal> {
        panic!("no decision");
    }
}

ssbtx_guest_policy_harness::component!(PolicyTraps);
