//! Runs a policy's cases natively, against the skeletons of the catalogues that the policies are written for.
//!
//! A skeleton has paths and datasets and nothing else of a catalogue: what a policy's rules can name. It is written down here a second time, so
//! that a change of an agency's catalogue that would move an element to another dataset is seen by whoever answers for the policies.

mod coverage;
mod skeleton;

pub use coverage::{datasets_without_case, rules_without_element};
pub use skeleton::{InvalidSkeleton, skeleton, skeletons};

use ssbtx_policy_engine::{BrokenCase, Case, Policy};

/// Every case that does not hold, with its promise.
///
/// # Errors
///
/// [`NoRehearsal`] if a skeleton cannot be read, or if there is none for an agency that a case is about.
pub fn broken_cases<'a>(policy: &Policy, cases: &'a [Case]) -> Result<Vec<(&'a str, BrokenCase)>, NoRehearsal> {
    let skeletons = skeletons()?;
    let mut broken = Vec::new();
    for case in cases {
        let catalogue = skeletons.iter().find(|catalogue| catalogue.agency == case.agency);
        let catalogue = catalogue.ok_or(NoRehearsal::Agency { agency: case.agency })?;
        broken.extend(case.hold(policy, catalogue, DAY).err().map(|how| (case.promise, how)));
    }
    Ok(broken)
}

/// Why cases cannot be tried.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoRehearsal {
    /// A skeleton cannot be read.
    #[error(transparent)]
    Skeleton(#[from] InvalidSkeleton),
    /// No skeleton is written down for the agency of a case.
    #[error("no skeleton for agency `{agency}`")]
    Agency {
        /// The agency.
        agency: &'static str,
    },
}

/// The day on which cases are tried: any on which the laws that policies cite today are in force.
const DAY: &str = "2026-01-01";
