//! Turns a right answer into one that no schema has, as real services do.

use crate::element::{Content, Element, Namespace};

/// The same content with mandatory elements missing, dates zoned, and elements that nobody knows.
pub(crate) fn make_odd(mut answer: Element) -> Element {
    twist(&mut answer);
    answer
}

fn twist(element: &mut Element) {
    match &mut element.content {
        Content::Nil => {}
        Content::Text(text) => {
            if is_date(text) {
                text.push_str("+01:00");
            }
        }
        Content::Children(children) => {
            children.retain(|child| !MANDATORY_BUT_MISSING.contains(&child.name));
            children.iter_mut().for_each(twist);
            if GETS_UNKNOWN.contains(&element.name) {
                children.insert(0, element.namespace.text("Nyhet", "Ett element som ingen känner"));
                children.push(FOREIGN.parent("tillagg", [FOREIGN.text("version", "3")]));
            }
        }
    }
}

fn is_date(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}

/// Mandatory in the schemas of AF, SO and MIV, and at times missing.
const MANDATORY_BUT_MISSING: [&str; 6] =
    ["AktivetetsRapportDatum", "LagParagraf", "SyfteMedFraga", "Syfte", "Paragraf", "correlationid"];

/// Which elements get unknown ones first and last: AF, SO, MIV.
const GETS_UNKNOWN: [&str; 3] = ["Svar", "Arbetsloshetsersattning", "svar"];

const FOREIGN: Namespace = Namespace("urn:exempel:tillagg");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_odd_answer_lacks_what_is_mandatory_and_has_what_is_unknown() {
        let af = Namespace("urn:af");
        let answer = af.parent("Svar", [af.text("LagParagraf", "5 §"), af.text("Registrerad", "2026-01-01")]);
        assert_eq!(
            make_odd(answer),
            af.parent(
                "Svar",
                [
                    af.text("Nyhet", "Ett element som ingen känner"),
                    af.text("Registrerad", "2026-01-01+01:00"),
                    FOREIGN.parent("tillagg", [FOREIGN.text("version", "3")]),
                ]
            )
        );
    }
}
