//! A policy's own cases: what it promises, element by element.

use crate::bindings::exports::ssbtx::policy::field_filter::{
    Context, Outline, Refusal, Relation, Verdict, WithholdReason,
};
use crate::policy::Policy;
use crate::segment::{Segment, positions};

/// A case from `cases.toml`: in this context, these elements have this verdict.
#[derive(Debug, Clone)]
pub struct Case {
    /// What it promises, as a sentence.
    pub promise: &'static str,
    /// Whom the question is about.
    pub relation: Relation,
    /// The consents that are given.
    pub consents: &'static [&'static str],
    /// Whether the person's identity is protected.
    pub protected_identity: bool,
    /// The base service.
    pub agency: &'static str,
    /// The elements, each as its steps from below the document's root. All elements that steps with `*` lead to are meant.
    pub elements: &'static [&'static [Segment<'static>]],
    /// Their verdict.
    pub expected: Expected,
}

/// The verdict that a case expects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// Disclosed on the basis of this name.
    Disclose(&'static str),
    /// Withheld for this reason.
    Withhold(WithholdReason),
}

/// How a case does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BrokenCase {
    /// The policy does not decide at all.
    Refused(Refusal),
    /// The catalogue has no such element.
    NoElement {
        /// The element, as its position in [`Case::elements`].
        element: usize,
    },
    /// Another verdict.
    Decided {
        /// The element, as its position in [`Case::elements`].
        element: usize,
        /// What the policy decided.
        found: Verdict,
    },
}

impl Case {
    /// Asks the policy and compares, for the policy's first purpose and on a day, `yyyy-MM-dd`.
    ///
    /// # Errors
    ///
    /// [`BrokenCase`] for the first element whose verdict is another.
    pub fn hold(&self, policy: &Policy, outline: &Outline, asked_on: &str) -> Result<(), BrokenCase> {
        let verdicts = policy.decide(&self.context(policy, asked_on), outline).map_err(BrokenCase::Refused)?;
        for (element, path) in self.elements.iter().enumerate() {
            let positions = positions(path, &outline.elements);
            if positions.is_empty() {
                return Err(BrokenCase::NoElement { element });
            }
            let mut verdicts = positions.into_iter().filter_map(|position| verdicts.get(position));
            if let Some(&found) = verdicts.find(|found| !self.expected.is(**found, policy)) {
                return Err(BrokenCase::Decided { element, found });
            }
        }
        Ok(())
    }

    fn context(&self, policy: &Policy, asked_on: &str) -> Context {
        Context {
            role: policy.role.to_owned(),
            purpose: policy.purposes.first().copied().unwrap_or_default().to_owned(),
            relation: self.relation,
            consents: self.consents.iter().map(|&consent| consent.to_owned()).collect(),
            protected_identity: self.protected_identity,
            asked_on: asked_on.to_owned(),
        }
    }
}

impl Expected {
    fn is(self, found: Verdict, policy: &Policy) -> bool {
        match (self, found) {
            (Self::Disclose(expected), Verdict::Disclose(basis)) => {
                policy.bases.get(usize::from(basis)).is_some_and(|basis| basis.id == expected)
            }
            (Self::Withhold(expected), Verdict::Withhold(reason)) => expected == reason,
            (Self::Disclose(_), Verdict::Withhold(_)) | (Self::Withhold(_), Verdict::Disclose(_)) => false,
        }
    }
}
