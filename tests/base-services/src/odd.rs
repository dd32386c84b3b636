//! Ways in which a right answer can stop following its schema, as real services do.

use crate::element::{Content, Element, Namespace};

/// Takes away every element of these names.
pub(crate) fn remove(element: &mut Element, names: &[&str]) {
    if let Content::Children(children) = &mut element.content {
        children.retain(|child| !names.contains(&child.name));
        for child in children {
            remove(child, names);
        }
    }
}

/// Gives every date a zone.
pub(crate) fn zone_dates(element: &mut Element) {
    match &mut element.content {
        Content::Nil => {}
        Content::Text(text) => {
            if is_date(text) {
                text.push_str("+01:00");
            }
        }
        Content::Children(children) => children.iter_mut().for_each(zone_dates),
    }
}

/// Puts an element that nobody knows first in every element of these names, and one of a foreign namespace last.
pub(crate) fn add_unknown(element: &mut Element, parents: &[&str]) {
    extend(element, parents);
    in_each(element, parents, &|parent, children| {
        children.insert(0, parent.text("Nyhet", "Ett element som ingen känner"));
    });
}

/// Puts an element of a foreign namespace last in every element of these names.
pub(crate) fn extend(element: &mut Element, parents: &[&str]) {
    in_each(element, parents, &|_, children| {
        children.push(FOREIGN.parent("tillagg", [FOREIGN.text("version", "3")]));
    });
}

/// Does this to what every element of these names holds.
fn in_each(element: &mut Element, parents: &[&str], act: &impl Fn(Namespace, &mut Vec<Element>)) {
    if let Content::Children(children) = &mut element.content {
        for child in children.iter_mut() {
            in_each(child, parents, act);
        }
        if parents.contains(&element.name) {
            act(element.namespace, children);
        }
    }
}

fn is_date(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}

const FOREIGN: Namespace = Namespace("urn:exempel:tillagg");

#[cfg(test)]
mod tests {
    use super::*;

    const AF: Namespace = Namespace("urn:af");

    fn answer() -> Element {
        AF.parent("Svar", [AF.text("LagParagraf", "5 §"), AF.text("Registrerad", "2026-01-01")])
    }

    #[test]
    fn an_odd_answer_lacks_what_is_mandatory_and_has_what_is_unknown() {
        let mut odd = answer();
        remove(&mut odd, &["LagParagraf"]);
        zone_dates(&mut odd);
        add_unknown(&mut odd, &["Svar"]);
        assert_eq!(
            odd,
            AF.parent(
                "Svar",
                [
                    AF.text("Nyhet", "Ett element som ingen känner"),
                    AF.text("Registrerad", "2026-01-01+01:00"),
                    FOREIGN.parent("tillagg", [FOREIGN.text("version", "3")]),
                ]
            )
        );
    }

    #[test]
    fn only_the_elements_that_are_named_are_extended() {
        let mut same = answer();
        extend(&mut same, &["LagParagraf", "Registrerad", "svar"]);
        assert_eq!(same, answer());
    }
}
