//! A hostile guest: a policy that panics.

use ssbtx_guest_policy_harness::{Context, Outline, Policy, Refusal, Verdict};

/// The guest.
pub struct PolicyTraps;

impl Policy for PolicyTraps {
    fn decide(_context: Context, _outline: Outline) -> Result<Vec<Verdict>, Refusal> {
        panic!("no decision");
    }
}

ssbtx_guest_policy_harness::component!(PolicyTraps);
