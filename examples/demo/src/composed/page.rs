//! The whole answer, from the question to the last agency.

use anyhow::{Context, Result};
use ssbtx_stage::questions::Asking;

use super::layout::Layout;
use super::section::Section;
use super::{advice, words};
use crate::answer::AnswerBody;
use crate::catalogue::Catalogue;
use crate::document::Node;
use crate::ink::{Ink, Look};
use crate::scene::RoleAnswer;

/// What every role's page has in common.
pub struct Page<'a> {
    /// The question.
    pub asking: &'a Asking,
    /// The catalogue of every base service.
    pub catalogues: &'a [Catalogue],
    /// Columns that a line may take.
    pub width: usize,
    /// Colours.
    pub ink: Ink,
}

impl Page<'_> {
    /// Renders what one role reads of its answer.
    pub fn render(&self, answer: &RoleAnswer) -> Result<String> {
        self.catalogues.iter().try_for_each(advice::is_known_to)?;
        let body = AnswerBody::read(&answer.json)?;
        let layout = Layout { width: self.width, ink: self.ink };
        let sections = sections(&body, self.catalogues)?;
        let mut lines = self.head(answer.role);
        lines.extend(protection(&body, self.catalogues, layout)?);
        lines.push(String::new());
        lines.extend(overview(&sections, layout));
        for section in &sections {
            lines.extend(section.lines(layout));
        }
        Ok(lines.join("\n"))
    }

    fn head(&self, role: &str) -> Vec<String> {
        let asking = self.asking;
        let title = format!("Sammansatt svar för {}", words::role(role));
        let (from, until) = &asking.period;
        vec![
            "━".repeat(self.width),
            self.ink.paint(Look::Heading, &title),
            format!("Person {} · ärende {} · perioden {from} – {until}", asking.person, asking.case),
            format!("Frågan ställd av {}, {}: {}", asking.caseworker, asking.requester, asking.purpose),
        ]
    }
}

fn sections<'a>(answer: &'a AnswerBody<'a>, catalogues: &'a [Catalogue]) -> Result<Vec<Section<'a>>> {
    let mut sections = Vec::new();
    for part in &answer.parts {
        let catalogue = catalogue(catalogues, &part.agency)?;
        for discloser in &part.disclosers {
            sections.push(Section::read(part, discloser, catalogue)?);
        }
    }
    Ok(sections)
}

fn overview(sections: &[Section<'_>], layout: Layout) -> Vec<String> {
    let width = |section: &Section<'_>| section.name().chars().count();
    let widest = sections.iter().map(width).max().unwrap_or_default();
    let line = |section: &Section<'_>| {
        let padding = " ".repeat(widest - width(section));
        format!("  {}{padding}  {}", layout.ink.paint(Look::Label, section.name()), section.in_brief())
    };
    sections.iter().map(line).collect()
}

/// Said before all else: that somebody's identity is protected, and according to whom.
fn protection(answer: &AnswerBody<'_>, catalogues: &[Catalogue], layout: Layout) -> Result<Vec<String>> {
    let mut agencies = Vec::new();
    for part in &answer.parts {
        if let Some(document) = part.document {
            let catalogue = catalogue(catalogues, &part.agency)?;
            Node::read(document)?.each_value(catalogue, &mut |path, node| {
                let marking = catalogue.element(path).filter(|element| element.marks_protection);
                if let Some(element) = marking
                    && is_set(node)
                {
                    agencies.extend(catalogue.discloser(element).map(|discloser| words::agency(discloser).0));
                }
            });
        }
    }
    if agencies.is_empty() {
        return Ok(Vec::new());
    }
    let text = format!(
        "SKYDDADE PERSONUPPGIFTER enligt {}. Hantera hela svaret efter kommunens rutiner för skyddade personuppgifter.",
        words::list(&agencies)
    );
    Ok(std::iter::once(String::new()).chain(layout.paragraph(Some(Look::Warning), &text)).collect())
}

/// A mark is a boolean, or a text with anything but white space.
fn is_set(mark: &Node) -> bool {
    match mark {
        Node::Boolean(marked) => *marked,
        Node::Text(text) => !text.trim().is_empty(),
        Node::Number(digits) => digits != "0",
        Node::Object(_) | Node::List(_) | Node::Null => false,
    }
}

fn catalogue<'a>(catalogues: &'a [Catalogue], agency: &str) -> Result<&'a Catalogue> {
    let found = catalogues.iter().find(|catalogue| catalogue.agency == agency);
    found.with_context(|| format!("find the catalogue of `{agency}`"))
}

#[cfg(test)]
mod tests;
