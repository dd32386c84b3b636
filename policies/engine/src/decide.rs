//! From rules to verdicts.

use crate::bindings::exports::ssbtx::catalogue::types::Scope;
use crate::bindings::exports::ssbtx::policy::field_filter::{
    Context, Outline, OutlinedElement, Refusal, Verdict, WithholdReason,
};
use crate::contents;
use crate::policy::{AgencyRules, Branch, Policy};
use crate::rule::Rule;

impl Policy {
    /// Decides: one verdict per element, in the outline's order.
    ///
    /// The rule of an element is that of the longest path that leads to it or to something that holds it, and of equally long ones that which is
    /// first to say a name where the others say `*`; without such a path it is that of its dataset; without that too it is withheld, since no law
    /// was named. A container holds no value of its own: it is open where something in it
    /// is open, on the basis of that.
    ///
    /// Takes one pass over the elements from parents to children and one back. No path is ever written out: each element goes one step further
    /// than its parent in the tree of paths that have rules.
    ///
    /// # Errors
    ///
    /// [`Refusal`] for another role, a purpose that the role does not have, and an agency without a single rule.
    pub fn decide(&self, context: &Context, outline: &Outline) -> Result<Vec<Verdict>, Refusal> {
        if context.role != self.role {
            return Err(Refusal::WrongRole);
        }
        if !self.purposes.contains(&context.purpose.as_str()) {
            return Err(Refusal::WrongPurpose);
        }
        let rules = self.agencies.iter().find(|rules| rules.agency == outline.agency);
        let rules = rules.ok_or(Refusal::UnknownAgency)?;
        let verdicts = rules_of(&outline.elements, rules)
            .map(|rule| rule.map_or(Verdict::Withhold(WithholdReason::NoLegalBasis), |rule| rule.verdict(context)))
            .collect();
        Ok(contents::follow(verdicts, &outline.elements, self, &context.asked_on))
    }
}

/// The rule of every element, in order.
fn rules_of<'elements>(
    elements: &'elements [OutlinedElement],
    rules: &'elements AgencyRules,
) -> impl Iterator<Item = Option<&'static Rule>> + use<'elements> {
    let mut places: Vec<Place> = Vec::with_capacity(elements.len());
    elements.iter().map(move |element| {
        let place = match element.parent {
            None => Place { rule: None, ways: vec![rules.elements] },
            // An element whose parent does not come before it is reached by no path. The host admits no catalogue like that.
            Some(parent) => {
                places.get(usize::from(parent)).map_or_else(Place::default, |parent| parent.step_to(element))
            }
        };
        let rule = place.rule.or_else(|| match &element.scope {
            Scope::Dataset(dataset) => rules.dataset(dataset),
            Scope::Technical => None,
        });
        places.push(place);
        rule
    })
}

/// Where an element lies in the tree of paths that have rules.
#[derive(Default)]
struct Place {
    /// The rule of the longest path this far.
    rule: Option<&'static Rule>,
    /// The ways on, those first that say a name where others say `*`.
    ways: Vec<&'static [Branch]>,
}

impl Place {
    fn step_to(&self, element: &OutlinedElement) -> Self {
        let mut next = Self::default();
        for branch in self.ways.iter().flat_map(|branches| Branch::to(branches, element)) {
            next.rule = next.rule.or(branch.rule.as_ref());
            if !branch.branches.is_empty() {
                next.ways.push(branch.branches);
            }
        }
        next.rule = next.rule.or(self.rule);
        next
    }
}
