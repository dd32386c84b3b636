//! Reads a question's elements in the order that a schema gives them.

use jiff::civil::Date;
use roxmltree::Node;

use crate::bad_request::BadRequest;

/// The elements of one parent, taken one after the other.
///
/// What a schema leaves open with `xs:any` is refused like everything else unexpected: no extension has been agreed with an agency.
pub(crate) struct Sequence<'a, 'input> {
    parent: Node<'a, 'input>,
    namespace: &'static str,
    rest: Vec<Node<'a, 'input>>,
}

/// The attributes of one element, taken by name.
pub(crate) struct Attributes<'a, 'input> {
    element: Node<'a, 'input>,
    taken: Vec<&'static str>,
}

/// A text, and the name of its element or attribute for errors.
#[derive(Clone, Copy)]
pub(crate) struct Field<'a> {
    name: &'static str,
    text: &'a str,
}

impl<'a, 'input> Sequence<'a, 'input> {
    /// The elements of this parent, which are in this namespace; `""` is none.
    ///
    /// # Errors
    ///
    /// [`BadRequest::Element`] for text between them, [`BadRequest::Attribute`] for an attribute on the parent.
    pub(crate) fn of(parent: Node<'a, 'input>, namespace: &'static str) -> Result<Self, BadRequest> {
        no_attributes(parent)?;
        Self::beside_attributes(parent, namespace)
    }

    /// As [`Sequence::of`], for a parent whose attributes are somebody else's business.
    pub(crate) fn beside_attributes(parent: Node<'a, 'input>, namespace: &'static str) -> Result<Self, BadRequest> {
        if parent.children().any(|child| child.is_text() && !child.text().unwrap_or_default().trim().is_empty()) {
            return Err(unexpected(parent, "text".to_owned(), "elements"));
        }
        let mut rest: Vec<_> = parent.children().filter(Node::is_element).collect();
        rest.reverse();
        Ok(Self { parent, namespace, rest })
    }

    /// The next element, which must be this one.
    pub(crate) fn element(&mut self, name: &'static str) -> Result<Node<'a, 'input>, BadRequest> {
        self.optional_element(name).ok_or_else(|| {
            unexpected(self.parent, self.rest.last().map_or_else(nothing, |node| self.name_of(*node)), name)
        })
    }

    /// The next element, if it is this one.
    pub(crate) fn optional_element(&mut self, name: &'static str) -> Option<Node<'a, 'input>> {
        self.rest.pop_if(|node| {
            node.tag_name().name() == name && node.tag_name().namespace().unwrap_or_default() == self.namespace
        })
    }

    /// The next element's text.
    pub(crate) fn field(&mut self, name: &'static str) -> Result<Field<'a>, BadRequest> {
        Field::of(self.element(name)?, name)
    }

    /// The next element's text, if it is this one.
    pub(crate) fn optional_field(&mut self, name: &'static str) -> Result<Option<Field<'a>>, BadRequest> {
        self.optional_element(name).map(|node| Field::of(node, name)).transpose()
    }

    /// The texts of as many elements of this name as follow, none included.
    pub(crate) fn repeated_field(&mut self, name: &'static str) -> Result<Vec<Field<'a>>, BadRequest> {
        let mut fields = Vec::new();
        while let Some(field) = self.optional_field(name)? {
            fields.push(field);
        }
        Ok(fields)
    }

    /// The same, where the elements to come are in another namespace.
    pub(crate) fn continued_in(self, namespace: &'static str) -> Self {
        Self { namespace, ..self }
    }

    /// The end: nothing may follow.
    pub(crate) fn end(self) -> Result<(), BadRequest> {
        match self.rest.last() {
            None => Ok(()),
            Some(node) => Err(unexpected(self.parent, self.name_of(*node), "nothing more")),
        }
    }

    fn name_of(&self, node: Node<'_, '_>) -> String {
        let tag = node.tag_name();
        let namespace = tag.namespace().unwrap_or_default();
        if namespace == self.namespace { tag.name().to_owned() } else { format!("{{{namespace}}}{}", tag.name()) }
    }
}

impl<'a, 'input> Attributes<'a, 'input> {
    /// The attributes of this element.
    pub(crate) fn of(element: Node<'a, 'input>) -> Self {
        Self { element, taken: Vec::new() }
    }

    /// The attribute of this name, in no namespace.
    pub(crate) fn field(&mut self, name: &'static str) -> Result<Field<'a>, BadRequest> {
        self.taken.push(name);
        let text = self.element.attribute(name);
        text.map(|text| Field { name, text }).ok_or_else(|| unexpected(self.element, nothing(), name))
    }

    /// The end: there may be no other attribute.
    pub(crate) fn end(self) -> Result<(), BadRequest> {
        let unknown = self
            .element
            .attributes()
            .find(|attribute| attribute.namespace().is_some() || !self.taken.contains(&attribute.name()));
        unknown.map_or(Ok(()), |attribute| Err(not_in_schema(self.element, attribute.name())))
    }
}

impl<'a> Field<'a> {
    fn of(node: Node<'a, '_>, name: &'static str) -> Result<Self, BadRequest> {
        no_attributes(node)?;
        if node.children().any(|child| child.is_element()) {
            return Err(unexpected(node, "an element".to_owned(), "text"));
        }
        // The text of a node is its first piece; a comment in between would make two.
        if node.children().filter(Node::is_text).count() > 1 {
            return Err(unexpected(node, "text in pieces".to_owned(), "text"));
        }
        Ok(Self { name, text: node.text().unwrap_or_default() })
    }

    /// Any text (`xs:string`).
    pub(crate) fn any(self) -> String {
        self.text.to_owned()
    }

    /// Text of at least and at most so many characters.
    pub(crate) fn of_length(self, least: usize, most: usize, expected: &'static str) -> Result<String, BadRequest> {
        let length = self.text.chars().count();
        if (least..=most).contains(&length) { Ok(self.any()) } else { Err(self.wrong(expected)) }
    }

    /// One of these texts.
    pub(crate) fn one_of(self, texts: &[&str], expected: &'static str) -> Result<String, BadRequest> {
        if texts.contains(&self.text) { Ok(self.any()) } else { Err(self.wrong(expected)) }
    }

    /// So many digits.
    pub(crate) fn digits(self, length: usize, expected: &'static str) -> Result<String, BadRequest> {
        let shaped = self.text.len() == length && self.text.bytes().all(|byte| byte.is_ascii_digit());
        if shaped { Ok(self.any()) } else { Err(self.wrong(expected)) }
    }

    /// An identity number: twelve digits.
    pub(crate) fn person(self) -> Result<String, BadRequest> {
        self.digits(12, "twelve digits")
    }

    /// A date without hyphens: `yyyyMMdd`.
    pub(crate) fn compact_date(self) -> Result<String, BadRequest> {
        const EXPECTED: &str = "a date of eight digits";
        let text = self.digits(8, EXPECTED)?;
        if Date::strptime("%Y%m%d", &text).is_ok() { Ok(text) } else { Err(self.wrong(EXPECTED)) }
    }

    /// A date (`xs:date`), as it was written: `yyyy-MM-dd`, and a zone if there was one.
    pub(crate) fn date(self) -> Result<String, BadRequest> {
        let text = self.text.trim();
        let zoned = |zone: &str| matches!(zone, "" | "Z") || is_offset(zone);
        let shaped = text
            .split_at_checked(10)
            .is_some_and(|(day, zone)| day.parse::<Date>().is_ok_and(|date| date.to_string() == day) && zoned(zone));
        if shaped { Ok(text.to_owned()) } else { Err(self.wrong("a date")) }
    }

    /// A truth value (`xs:boolean`).
    pub(crate) fn boolean(self) -> Result<bool, BadRequest> {
        boolean(self.text).ok_or_else(|| self.wrong("a truth value"))
    }

    fn wrong(self, expected: &'static str) -> BadRequest {
        BadRequest::Value { element: self.name.to_owned(), expected }
    }
}

/// Reads `xs:boolean`.
pub(crate) fn boolean(text: &str) -> Option<bool> {
    match text.trim() {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

/// Refuses any attribute; namespace declarations are none.
pub(crate) fn no_attributes(node: Node<'_, '_>) -> Result<(), BadRequest> {
    Attributes::of(node).end()
}

fn not_in_schema(element: Node<'_, '_>, name: &str) -> BadRequest {
    BadRequest::Attribute { element: element.tag_name().name().to_owned(), name: name.to_owned() }
}

fn is_offset(zone: &str) -> bool {
    let bytes = zone.as_bytes();
    bytes.len() == 6
        && bytes.iter().enumerate().all(|(position, byte)| match position {
            0 => matches!(byte, b'+' | b'-'),
            3 => *byte == b':',
            _ => byte.is_ascii_digit(),
        })
}

fn unexpected(parent: Node<'_, '_>, found: String, expected: &str) -> BadRequest {
    BadRequest::Element { parent: parent.tag_name().name().to_owned(), found, expected: expected.to_owned() }
}

fn nothing() -> String {
    "nothing".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<T>(xml: &str, with: impl FnOnce(&mut Sequence<'_, '_>) -> Result<T, BadRequest>) -> Result<T, String> {
        let document = roxmltree::Document::parse(xml).unwrap();
        let mut sequence = Sequence::of(document.root_element(), "").map_err(|reason| reason.to_string())?;
        let value = with(&mut sequence).map_err(|reason| reason.to_string())?;
        sequence.end().map_err(|reason| reason.to_string())?;
        Ok(value)
    }

    #[test]
    fn ok_sequence() {
        let names = |sequence: &mut Sequence<'_, '_>| {
            let first = sequence.field("a")?.any();
            let absent = sequence.optional_field("b")?.is_none();
            Ok((first, absent, sequence.repeated_field("c")?.len()))
        };
        assert_eq!(read("<r> <a>å</a><c/><!-- --><c>2</c> </r>", names), Ok(("å".to_owned(), true, 2)));
    }

    #[test]
    fn err_sequence() {
        let first = |sequence: &mut Sequence<'_, '_>| sequence.field("a").map(Field::any);
        for (xml, reason) in [
            ("<r/>", "found `nothing` in `r`, expected `a`"),
            ("<r><b/><a/></r>", "found `b` in `r`, expected `a`"),
            ("<r><a/><a/></r>", "found `a` in `r`, expected `nothing more`"),
            ("<r><a xmlns='urn:x'/></r>", "found `{urn:x}a` in `r`, expected `a`"),
            ("<r>text<a/></r>", "found `text` in `r`, expected `elements`"),
            ("<r><a><b/></a></r>", "found `an element` in `a`, expected `text`"),
            ("<r><a>1<!-- -->2</a></r>", "found `text in pieces` in `a`, expected `text`"),
            ("<r x='1'><a/></r>", "attribute `x` on `r` is not in the schema"),
            ("<r><a x='1'/></r>", "attribute `x` on `a` is not in the schema"),
        ] {
            assert_eq!(read(xml, first), Err(reason.to_owned()), "{xml}");
        }
    }

    #[test]
    fn a_date_is_a_day_that_exists_with_or_without_a_zone() {
        let date = |text: &str| read(&format!("<r><a>{text}</a></r>"), |sequence| sequence.field("a")?.date());
        for text in ["2026-02-28", "2024-02-29", "2026-01-01Z", "2026-01-01+01:00"] {
            assert_eq!(date(text), Ok(text.to_owned()));
        }
        for text in ["", "2026-02-29", "20260101", "2026-1-1", "2026-01-01+1", "2026-01-01T00:00:00", "åååååååååå"]
        {
            assert_eq!(date(text), Err("value of `a` is not a date".to_owned()), "{text}");
        }
    }

    #[test]
    fn a_date_without_hyphens_is_a_day_that_exists() {
        let date = |text: &str| read(&format!("<r><a>{text}</a></r>"), |sequence| sequence.field("a")?.compact_date());
        assert_eq!(date("20240229"), Ok("20240229".to_owned()));
        for text in ["", "20260229", "2026-1-1", "2026011", "202601011", "2026+101"] {
            assert_eq!(date(text), Err("value of `a` is not a date of eight digits".to_owned()), "{text}");
        }
    }

    #[test]
    fn a_sequence_may_go_on_in_another_namespace() {
        let xml = "<r><a>1</a><b xmlns='urn:b'>2</b></r>";
        let document = roxmltree::Document::parse(xml).unwrap();
        let mut sequence = Sequence::of(document.root_element(), "").unwrap();
        assert_eq!(sequence.field("a").unwrap().any(), "1");
        let mut sequence = sequence.continued_in("urn:b");
        assert_eq!(sequence.field("b").unwrap().any(), "2");
        assert_eq!(sequence.end(), Ok(()));
    }

    #[test]
    fn attributes_are_those_that_are_named_and_no_others() {
        let read = |xml: &str| {
            let document = roxmltree::Document::parse(xml).unwrap();
            let mut attributes = Attributes::of(document.root_element());
            let number = attributes.field("n").and_then(|field| field.digits(2, "two digits"));
            number.and_then(|number| attributes.end().map(|()| number)).map_err(|reason| reason.to_string())
        };
        assert_eq!(read("<r n='12' xmlns:x='urn:x'/>"), Ok("12".to_owned()));
        for (xml, reason) in [
            ("<r/>", "found `nothing` in `r`, expected `n`"),
            ("<r n='1'/>", "value of `n` is not two digits"),
            ("<r n='12' m='1'/>", "attribute `m` on `r` is not in the schema"),
            ("<r n='12' xmlns:x='urn:x' x:n='12'/>", "attribute `n` on `r` is not in the schema"),
        ] {
            assert_eq!(read(xml), Err(reason.to_owned()), "{xml}");
        }
    }

    #[test]
    fn a_refusal_never_quotes_the_value() {
        let person = read("<r><a>19770117239x</a></r>", |sequence| sequence.field("a")?.person());
        assert_eq!(person, Err("value of `a` is not twelve digits".to_owned()));
    }
}
