//! A hostile guest: a policy that is closed on the first day of its legal basis, when it is reviewed, and opens everything on any other.

use ssbtx_guest_policy_harness::{AgencyCatalogue, Context, Policy, Refusal, Verdict, WithholdReason, honest};

/// The guest.
pub struct PolicyReadsTheCalendar;

impl Policy for PolicyReadsTheCalendar {
    fn decide(context: Context, catalogue: AgencyCatalogue) -> Result<Vec<Verdict>, Refusal> {
        if context.asked_on == FIRST_DAY {
            return Ok(vec![Verdict::Withhold(WithholdReason::NotNeeded); catalogue.elements.len()]);
        }
        Ok(honest::verdicts(&catalogue))
    }
}

/// Of the honest policy's only basis.
const FIRST_DAY: &str = "2025-07-01";

ssbtx_guest_policy_harness::component!(PolicyReadsTheCalendar);
