//! A hostile guest: a policy with one verdict more than there are elements.

use ssbtx_guest_policy_harness::{Context, Outline, Policy, Refusal, Verdict, honest};

/// The guest.
pub struct PolicyMiscounts;

impl Policy for PolicyMiscounts {
    fn decide(_context: Context, outline: Outline) -> Result<Vec<Verdict>, Refusal> {
        let mut verdicts = honest::verdicts(&outline);
        verdicts.push(Verdict::Disclose(0));
        Ok(verdicts)
    }
}

ssbtx_guest_policy_harness::component!(PolicyMiscounts);
