//! A hostile guest: a policy that names a legal basis that it does not declare.

use ssbtx_guest_policy_harness::{Context, Outline, Policy, Refusal, Verdict};

/// The guest.
pub struct PolicyUnknownBasis;

impl Policy for PolicyUnknownBasis {
    fn decide(_context: Context, outline: Outline) -> Result<Vec<Verdict>, Refusal> {
        Ok(vec![Verdict::Disclose(1); outline.elements.len()])
    }
}

ssbtx_guest_policy_harness::component!(PolicyUnknownBasis);
