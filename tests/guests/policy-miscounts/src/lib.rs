//! A hostile guest: a policy with one verdict more than there are elements.

use ssbtx_guest_policy_harness::{AgencyCatalogue, Context, Policy, Refusal, Verdict, honest};

/// The guest.
pub struct PolicyMiscounts;

impl Policy for PolicyMiscounts {
    fn decide(_context: Context, catalogue: AgencyCatalogue) -> Result<Vec<Verdict>, Refusal> {
        let mut verdicts = honest::verdicts(&catalogue);
        verdicts.push(Verdict::Disclose(0));
        Ok(verdicts)
    }
}

ssbtx_guest_policy_harness::component!(PolicyMiscounts);
