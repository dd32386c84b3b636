//! What one agency gave, and what of it is not shown and why.

use std::collections::BTreeMap;

use anyhow::Result;

use super::Item;
use super::layout::Layout;
use super::reading::Reading;
use super::words::{self, Extent};
use crate::answer::{DatasetFailureBody, DiscloserBody, PartBody, State, WithheldBody};
use crate::catalogue::{Catalogue, Dataset};
use crate::document::{Node, is_within};
use crate::ink::Look;

/// One agency's data within a base service's part.
pub struct Section<'a> {
    part: &'a PartBody<'a>,
    discloser: &'a DiscloserBody,
    catalogue: &'a Catalogue,
    items: Vec<Item>,
}

impl<'a> Section<'a> {
    /// Reads what the discloser has given in the part's document.
    pub fn read(part: &'a PartBody<'a>, discloser: &'a DiscloserBody, catalogue: &'a Catalogue) -> Result<Self> {
        let items = match (discloser.state, part.document) {
            (State::Answered, Some(document)) => {
                Reading { catalogue, discloser: &discloser.agency }.read(&Node::read(document)?)
            }
            _ => Vec::new(),
        };
        Ok(Self { part, discloser, catalogue, items })
    }

    /// What the agency is called.
    pub fn name(&self) -> &str {
        words::agency(&self.discloser.agency).0
    }

    /// How it went, in a few words.
    pub fn in_brief(&self) -> &'static str {
        let extent = if self.failures().next().is_some() {
            Extent::Lacking
        } else if self.items.is_empty() {
            Extent::Nothing
        } else {
            Extent::Whole
        };
        words::in_brief(self.discloser.state, extent)
    }

    /// Heading, content and what is withheld.
    pub fn lines(&self, layout: Layout) -> Vec<String> {
        let (name, about) = words::agency(&self.discloser.agency);
        let rule = "─".repeat(layout.width.saturating_sub(name.chars().count() + about.chars().count() + 7));
        let heading = layout.ink.paint(Look::Heading, name);
        let mut lines = vec![String::new(), format!("── {heading} · {about} {rule}")];
        if self.items.is_empty() {
            lines.extend(self.nothing(layout));
        }
        lines.extend(layout.columns(&self.items));
        for (failure, dataset) in self.failures() {
            let text = format!(
                "! Kunde inte hämtas, så det är okänt vad som finns: {}. {}",
                dataset.label.sv, failure.message
            );
            lines.extend(layout.paragraph(Some(Look::Warning), &text));
        }
        lines.extend(self.withheld(layout));
        lines
    }

    /// Why there is nothing to show.
    fn nothing(&self, layout: Layout) -> Vec<String> {
        let text = words::in_full(self.discloser.state);
        match (self.discloser.state, &self.part.reason, &self.part.failure) {
            (State::NothingFound, Some(reason), _) => layout.paragraph(None, &reason.message),
            (State::Failed, _, Some(failure)) => {
                let text = format!("! {text} {} (felkod {})", failure.message, failure.code);
                layout.paragraph(Some(Look::Warning), &text)
            }
            (State::Failed | State::TimedOut, ..) => layout.paragraph(Some(Look::Warning), &format!("! {text}")),
            _ => layout.paragraph(None, text),
        }
    }

    fn failures(&self) -> impl Iterator<Item = (&DatasetFailureBody, &Dataset)> {
        let dataset = |failure: &'a DatasetFailureBody| Some((failure, self.catalogue.dataset(&failure.dataset)?.1));
        let failures = self.part.failures.iter().filter_map(dataset);
        failures.filter(|(_, dataset)| dataset.discloser == self.discloser.agency)
    }

    /// What is not shown, by reason: it says nothing of whether the agency has it.
    fn withheld(&self, layout: Layout) -> Vec<String> {
        let mut by_reason: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for withheld in self.part.withheld.iter().filter(|withheld| self.is_ours(withheld)) {
            let labels = by_reason.entry(words::reason(withheld)).or_default();
            let label = match self.catalogue.element(&withheld.element) {
                Some(element) if !element.path.is_empty() => element.label.sv.as_str(),
                _ => "allt",
            };
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
        let text =
            |(reason, labels): (String, Vec<&str>)| format!("✗ Visas inte: {}. Skäl: {reason}.", labels.join("; "));
        by_reason.into_iter().map(text).flat_map(|text| layout.paragraph(Some(Look::Withheld), &text)).collect()
    }

    /// Whether something withheld is, or holds, data of this discloser.
    fn is_ours(&self, withheld: &WithheldBody) -> bool {
        let mut within = self.catalogue.elements().filter(|element| is_within(&element.path, &withheld.element));
        within.any(|element| self.catalogue.discloser(element) == Some(&self.discloser.agency))
    }
}

#[cfg(test)]
mod tests;
