//! The tables of one policy.

use crate::bindings::exports::ssbtx::catalogue::types::Kind;
use crate::bindings::exports::ssbtx::policy::field_filter::OutlinedElement;
use crate::rule::Rule;
use crate::segment::Segment;

/// Everything that a policy says, as it is laid out in the component.
///
/// Written by `ssbtx-policy-source`, which has checked it: every [`crate::Opening`] names a basis that exists, names are unique, and what is
/// documented as sorted is sorted.
#[derive(Debug)]
pub struct Policy {
    /// The role that it decides for.
    pub role: &'static str,
    /// Its version, semantic versioning.
    pub version: &'static str,
    /// Its title.
    pub title: Text,
    /// The coded purposes that the role may ask for.
    pub purposes: &'static [&'static str],
    /// The legal bases, in the order in which `describe` gives them.
    pub bases: &'static [Basis],
    /// The rules, one entry for every agency that has any.
    pub agencies: &'static [AgencyRules],
}

/// A text in both languages.
#[derive(Debug)]
pub struct Text {
    /// Swedish.
    pub sv: &'static str,
    /// English.
    pub en: &'static str,
}

/// A legal basis.
#[derive(Debug)]
pub struct Basis {
    /// Its name.
    pub id: &'static str,
    /// The act, or the practice of a pending basis.
    pub act: &'static str,
    /// The provision, empty for a pending basis.
    pub provision: &'static str,
    /// The numbered item of the regulation, where it has one.
    pub item: Option<&'static str>,
    /// When it is in force.
    pub standing: Standing,
    /// What it covers.
    pub title: Text,
}

/// When a legal basis is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Within these days, both included.
    InForce {
        /// First day, `yyyy-MM-dd`.
        from: &'static str,
        /// Last day, `yyyy-MM-dd`; absent while no end is decided.
        until: Option<&'static str>,
    },
    /// Not established in law.
    Pending,
}

/// The rules for what one base service can disclose.
#[derive(Debug)]
pub struct AgencyRules {
    /// The base service's id.
    pub agency: &'static str,
    /// Rules for whole datasets, sorted by dataset.
    pub datasets: &'static [DatasetRule],
    /// Rules for elements, as a tree below the document's root, sorted by segment.
    pub elements: &'static [Branch],
}

impl AgencyRules {
    /// The rule for a dataset as a whole.
    pub(crate) fn dataset(&self, dataset: &str) -> Option<&'static Rule> {
        let position = self.datasets.binary_search_by(|rule| rule.dataset.cmp(dataset)).ok()?;
        self.datasets.get(position).map(|found| &found.rule)
    }
}

/// The rule for a dataset as a whole.
#[derive(Debug)]
pub struct DatasetRule {
    /// The dataset.
    pub dataset: &'static str,
    /// The rule.
    pub rule: Rule,
}

/// One step of the paths that have rules.
#[derive(Debug)]
pub struct Branch {
    /// The step.
    pub segment: Segment<'static>,
    /// The rule for the element here and all that lies below it, where the path ends here.
    pub rule: Option<Rule>,
    /// The next steps, sorted by segment.
    pub branches: &'static [Branch],
}

impl Branch {
    /// The branches that lead to an element, of those that leave its parent: first the one of its name, then the one of any name.
    pub(crate) fn to(branches: &'static [Branch], element: &OutlinedElement) -> impl Iterator<Item = &'static Branch> {
        let own = Segment::of(element);
        let any = (element.kind != Kind::Attribute).then_some(Segment::Any);
        let find = |wanted| branches.binary_search_by(|branch| branch.segment.cmp(&wanted)).ok();
        let found = [find(own), any.and_then(find)];
        found.into_iter().flatten().filter_map(|position| branches.get(position))
    }
}
