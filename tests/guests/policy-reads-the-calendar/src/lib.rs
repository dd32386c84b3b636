//! A hostile guest: a policy that is closed on the first day of its legal basis, when it is reviewed, and opens everything on any other.

use ssbtx_guest_policy_harness::{Context, Outline, Policy, Refusal, Verdict, WithholdReason, honest};

/// The guest.
pub struct PolicyReadsTheCalendar;

impl Policy for PolicyReadsTheCalendar {
    fn decide(context: Context, outline: Outline) -> Result<Vec<Verdict>, Refusal> {
        if context.asked_on == FIRST_DAY {
            return Ok(vec![Verdict::Withhold(WithholdReason::NotNeeded); outline.elements.len()]);
        }
        Ok(honest::verdicts(&outline))
    }
}

/// Of the honest policy's only basis.
const FIRST_DAY: &str = "2025-07-01";

ssbtx_guest_policy_harness::component!(PolicyReadsTheCalendar);
