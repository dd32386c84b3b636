//! An element of a message, as a document of its own: validators and canonicalisers take whole documents.

use roxmltree::{Document, Node};

/// The element in a SOAP Body, as a document of its own.
///
/// # Panics
///
/// If the message is no XML, or has no Body with an element in it.
#[track_caller]
pub fn payload_of(message: &str) -> String {
    let document = parsed(message);
    let body = document.descendants().find(|node| node.tag_name().name() == "Body");
    match body.and_then(|body| body.first_element_child()) {
        Some(payload) => cut(message, payload),
        None => panic!("the message has no Body with an element in it"),
    }
}

/// The first element with this local name, as a document of its own.
///
/// # Panics
///
/// If the message is no XML, or has no such element.
#[track_caller]
pub fn element_of(message: &str, name: &str) -> String {
    let document = parsed(message);
    match document.descendants().find(|node| node.tag_name().name() == name) {
        Some(element) => cut(message, element),
        None => panic!("the message has no `{name}`"),
    }
}

#[track_caller]
fn parsed(message: &str) -> Document<'_> {
    Document::parse(message).unwrap_or_else(|error| panic!("the message is no XML: {error}"))
}

/// The element's own text, with the declarations that are in force around it.
fn cut(message: &str, element: Node<'_, '_>) -> String {
    let text = message.get(element.range()).unwrap_or_default();
    let (start_tag, _) = text.split_once('>').unwrap_or((text, ""));
    let (name, rest) = text.split_at(start_tag.find([' ', '\n', '\r', '\t', '/']).unwrap_or(start_tag.len()));
    let around = element.parent_element().into_iter().flat_map(|parent| parent.namespaces());
    let declarations = around.filter(|namespace| namespace.name() != Some("xml")).filter_map(|namespace| {
        let declared = match namespace.name() {
            Some(prefix) => format!("xmlns:{prefix}="),
            None => String::from("xmlns="),
        };
        (!start_tag.contains(&declared)).then(|| format!(" {declared}\"{}\"", namespace.uri()))
    });
    format!("{name}{}{rest}", declarations.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_takes_the_declarations_around_it_along_but_for_those_that_it_makes_itself() {
        let message =
            "<s:E xmlns:s='urn:s' xmlns='urn:d'><s:Body><a xmlns='urn:a' c='1'><d/></a></s:Body><s:f s:g='2'/></s:E>";
        assert_eq!(payload_of(message), "<a xmlns:s=\"urn:s\" xmlns='urn:a' c='1'><d/></a>");
        assert_eq!(element_of(message, "f"), "<s:f xmlns:s=\"urn:s\" xmlns=\"urn:d\" s:g='2'/>");
        assert_eq!(element_of("<a xmlns='urn:a'><d/></a>", "d"), "<d xmlns=\"urn:a\"/>");
    }
}
