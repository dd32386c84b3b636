//! A hostile guest: a policy that never decides.

use ssbtx_guest_policy_harness::{Context, Outline, Policy, Refusal, Verdict};

/// The guest.
pub struct PolicyLoops;

impl Policy for PolicyLoops {
    fn decide(_context: Context, _outline: Outline) -> Result<Vec<Verdict>, Refusal> {
        loop {
            std::hint::spin_loop();
        }
    }
}

ssbtx_guest_policy_harness::component!(PolicyLoops);
