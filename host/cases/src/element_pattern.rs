//! The elements that a case is about.

use std::fmt;
use std::str::FromStr;

use ssbtx_core::{Catalogue, Element, ElementId, Kind};

/// The way to elements from below a document's root, as `cases.toml` writes it.
///
/// # Shape
///
/// 1 to 32 names with `/` between, at most 4,096 bytes; an attribute's name has `@` before it and is last; `*` stands for any one element that is no
/// attribute, such as `formansinformation/*/item/startades`. Namespaces are no part of it.
///
/// # Errors
///
/// Parsing gives [`InvalidPattern`] for anything else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ElementPattern(Vec<Step>);

/// A text that leads to no element.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "path of an element is not 1 to 32 names with `/` between, `@` before an attribute's, which is last, `*` for any one element"
)]
pub struct InvalidPattern;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Element(String),
    Attribute(String),
    Any,
}

impl ElementPattern {
    /// The elements of a catalogue that it leads to, in its order: one or none unless a step is `*`.
    ///
    /// Goes through the catalogue once for every step.
    pub fn elements(&self, catalogue: &Catalogue) -> Vec<ElementId> {
        let root = catalogue.iter().next().map(|(id, _)| id);
        self.0.iter().fold(root.into_iter().collect(), |holders: Vec<ElementId>, step| {
            let is_next = |element: &Element| {
                element.parent.is_some_and(|parent| holders.binary_search(&parent).is_ok()) && step.leads_to(element)
            };
            catalogue.iter().filter(|(_, element)| is_next(element)).map(|(id, _)| id).collect()
        })
    }
}

impl Step {
    fn parse(text: &str) -> Option<Self> {
        if text == "*" {
            return Some(Self::Any);
        }
        let (name, step): (&str, fn(String) -> Self) = match text.strip_prefix('@') {
            Some(name) => (name, Self::Attribute),
            None => (text, Self::Element),
        };
        let is_foreign = |letter: char| letter.is_whitespace() || letter.is_control() || matches!(letter, '@' | '*');
        (!name.is_empty() && !name.contains(is_foreign)).then(|| step(name.to_owned()))
    }

    fn leads_to(&self, element: &Element) -> bool {
        match self {
            Self::Attribute(name) => element.kind == Kind::Attribute && element.name == *name,
            Self::Element(name) => element.kind != Kind::Attribute && element.name == *name,
            Self::Any => element.kind != Kind::Attribute,
        }
    }
}

impl FromStr for ElementPattern {
    type Err = InvalidPattern;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() > MOST_PATH_BYTES {
            return Err(InvalidPattern);
        }
        let steps: Vec<Step> = text.split('/').map(Step::parse).collect::<Option<_>>().ok_or(InvalidPattern)?;
        let (_, holders) = steps.split_last().ok_or(InvalidPattern)?;
        if steps.len() > MOST_STEPS || holders.iter().any(|step| matches!(step, Step::Attribute(_))) {
            return Err(InvalidPattern);
        }
        Ok(Self(steps))
    }
}

impl fmt::Display for ElementPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            if position > 0 {
                f.write_str("/")?;
            }
            match step {
                Step::Element(name) => f.write_str(name)?,
                Step::Attribute(name) => write!(f, "@{name}")?,
                Step::Any => f.write_str("*")?,
            }
        }
        Ok(())
    }
}

/// As deep as a catalogue may be.
const MOST_STEPS: usize = 32;
/// As long as the names of so many steps: a catalogue's name is at most 128 bytes.
const MOST_PATH_BYTES: usize = 4_096;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{element, parse, source};

    fn led_to(pattern: &str) -> Vec<u16> {
        let mut source = source();
        source.elements.extend([
            element(0, "svar", Kind::Object),
            element(3, "beslutsdag", Kind::Attribute),
            element(3, "beslutsdag", Kind::Scalar),
        ]);
        let pattern: ElementPattern = pattern.parse().unwrap();
        pattern.elements(&parse(source)).into_iter().map(|id| id.0).collect()
    }

    #[test]
    fn a_path_leads_from_below_the_root_to_one_element_or_none() {
        assert_eq!(led_to("beslutsdag"), [2]);
        assert_eq!(led_to("svar/beslutsdag"), [5]);
        assert_eq!(led_to("svar/@beslutsdag"), [4]);
        assert_eq!(led_to("svar/beslutsdag/svar"), [0_u16; 0]);
    }

    #[test]
    fn a_star_leads_to_every_element_of_its_place_and_to_no_attribute() {
        assert_eq!(led_to("*"), [1, 2, 3]);
        assert_eq!(led_to("*/*"), [5]);
    }

    #[test]
    fn ok_pattern() {
        for text in ["Svar", "Svar/Fornamn", "Svar/@Status", "@Status", "svar/item/år", "*/beslut/*"] {
            assert_eq!(text.parse::<ElementPattern>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn err_pattern() {
        let deep = ["a"; 33].join("/");
        for text in
            ["", "/", "/Svar", "Svar/", "Svar//a", "Svar/@", "@Status/Svar", "For namn", "Svar/*datum", "@*", &deep]
        {
            assert_eq!(text.parse::<ElementPattern>(), Err(InvalidPattern), "{text}");
        }
    }
}
