//! Where an element lies in a document.

use std::fmt;

use crate::shape::Shaped;

/// The way to an element from below the document's root.
///
/// # Shape
///
/// Names with `/` between, an attribute's with `@` before it and last, such as `Svar/ArbetssokandeInfo/ArbetssokandeSKAT`; `*` for any one element.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ElementPath(Vec<Step>);

/// One step of the way. The order is that of `ssbtx_policy_engine::Segment`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    Element(String),
    Attribute(String),
    Any,
}

impl ElementPath {
    pub(crate) fn steps(&self) -> &[Step] {
        &self.0
    }
}

impl Shaped for ElementPath {
    const EXPECTED: &'static str = "names with `/` between, below the document's root, `@` before an attribute's, which is last, `*` for any one element";

    fn parse(text: &str) -> Option<Self> {
        let steps: Option<Vec<Step>> = text.split('/').map(Step::parse).collect();
        let steps = steps?;
        let holders = steps.split_last()?.1;
        let shaped = !holders.iter().any(|step| matches!(step, Step::Attribute(_)));
        shaped.then_some(Self(steps))
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
        let shaped = !name.is_empty()
            && !name
                .contains(|letter: char| letter.is_whitespace() || letter.is_control() || matches!(letter, '@' | '*'));
        shaped.then(|| step(name.to_owned()))
    }
}

impl fmt::Display for ElementPath {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ok_path() {
        for text in ["Svar", "Svar/Fornamn", "Svar/@Status", "@Status", "svar/item/år", "*/beslut/*"] {
            assert_eq!(ElementPath::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn err_path() {
        for text in [
            "",
            "/",
            "/Svar",
            "Svar/",
            "Svar//Fornamn",
            "Svar/@",
            "@Status/Svar",
            "Svar/For namn",
            "Svar/@@a",
            "Svar\n",
            "Svar/*datum",
            "Svar/@*",
        ] {
            assert_eq!(ElementPath::parse(text), None, "{text}");
        }
    }
}
