//! What XML 1.0 forbids and the parser lets through: other declarations than its own, and references to what is no character.
//!
//! A text that two readers take for two texts is nobody's question. The parser reads every body as UTF-8 whatever its declaration says, and reads a
//! reference to a surrogate as the mark for what cannot be shown.

use roxmltree::{Document, Node};

use super::fault::Fault;
use super::measure::OPAQUE;

/// Looks at a text that the parser has taken.
///
/// # Errors
///
/// [`Fault::NotUtf8`] where it declares another encoding, [`Fault::MalformedXml`] for all else.
pub(super) fn check(document: &Document<'_>) -> Result<(), Fault> {
    let text = document.input_text();
    let malformed = |at: usize| {
        let position = document.text_pos_at(at);
        Fault::MalformedXml { line: position.row, column: position.col }
    };
    let start = if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 };
    if let Some(declaration) = text.get(start..).and_then(declared) {
        let declaration = Declaration::read(declaration).ok_or_else(|| malformed(start))?;
        if declaration.encoding.is_some_and(|encoding| !encoding.eq_ignore_ascii_case("utf-8")) {
            return Err(Fault::NotUtf8);
        }
    }
    // XML 1.0, section 2.6: no instruction is called `xml`, in whatever case.
    let misnamed = |node: &Node<'_, '_>| node.pi().is_some_and(|pi| pi.target.eq_ignore_ascii_case("xml"));
    match document.descendants().find(|node| misnamed(node) && node.range().start > start) {
        Some(node) => Err(malformed(node.range().start)),
        None => stray_reference(text).map_or(Ok(()), |at| Err(malformed(at))),
    }
}

/// What a text begins with if it is an instruction called `xml`, in whatever case: from behind the name to its end.
fn declared(text: &str) -> Option<&str> {
    let (declaration, _) = text.strip_prefix("<?")?.split_once("?>")?;
    let (name, content) = declaration.split_at_checked(3)?;
    (name.eq_ignore_ascii_case("xml") && !content.starts_with(|next: char| next.is_alphanumeric() || next == '-'))
        .then_some(declaration)
}

/// `XMLDecl` (XML 1.0, section 2.8).
struct Declaration<'t> {
    encoding: Option<&'t str>,
}

impl<'t> Declaration<'t> {
    /// Reads what stands between `<?` and `?>`; nothing where it is no declaration of XML 1.0.
    fn read(text: &'t str) -> Option<Self> {
        let mut rest = text.strip_prefix("xml")?;
        let version = pseudo_attribute(&mut rest, "version")?;
        let encoding = pseudo_attribute(&mut rest, "encoding");
        let standalone = pseudo_attribute(&mut rest, "standalone");
        let in_order = version == "1.0"
            && standalone.is_none_or(|value| matches!(value, "yes" | "no"))
            && rest.trim_ascii().is_empty();
        in_order.then_some(Self { encoding })
    }
}

/// Cuts a name and its quoted value off; leaves what does not begin with them as it is.
fn pseudo_attribute<'t>(rest: &mut &'t str, name: &str) -> Option<&'t str> {
    let from = rest.strip_prefix(|first: char| first.is_ascii_whitespace())?.trim_ascii_start();
    let from = from.strip_prefix(name)?.trim_ascii_start().strip_prefix('=')?.trim_ascii_start();
    let quote = from.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
    let (value, after) = from.get(1..)?.split_once(quote)?;
    *rest = after;
    Some(value)
}

/// Where the first reference to something stands that is no character (XML 1.0, sections 2.2 and 4.1).
fn stray_reference(text: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let next = rest.find(['<', '&'])?;
        let found = rest.get(next..)?;
        at += next + 1;
        if let Some(end) = OPAQUE.iter().find_map(|(start, end)| found.get(1..)?.starts_with(start).then_some(end)) {
            at += found.find(end)?;
        } else if let Some(reference) = found.strip_prefix("&#")
            && !reference.split_once(';').and_then(|(number, _)| referred(number)).is_some_and(is_xml_char)
        {
            return Some(at - 1);
        }
    }
    None
}

fn referred(number: &str) -> Option<char> {
    let (digits, radix) = number.strip_prefix('x').map_or((number, 10), |digits| (digits, 16));
    u32::from_str_radix(digits, radix).ok().and_then(char::from_u32)
}

/// `Char` (XML 1.0, section 2.2).
fn is_xml_char(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

const BYTE_ORDER_MARK: char = '\u{FEFF}';

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(text: &str) -> Result<(), Fault> {
        check(&Document::parse(text).expect("the parser takes it"))
    }

    #[test]
    fn a_declaration_of_xml_in_utf_8_is_taken() {
        for text in [
            "<r/>",
            "\u{FEFF}<r/>",
            "<?xml version=\"1.0\"?><r/>",
            "\u{FEFF}<?xml version='1.0' encoding='utf-8' ?><r/>",
            "<?xml version = \"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<r/>",
            "<?xml\nversion=\"1.0\"\nencoding=\"UTF-8\"?><r/>",
            "<?xml-stylesheet href='a'?><r/>",
        ] {
            assert_eq!(checked(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn another_encoding_is_not_taken_for_utf_8() {
        for encoding in ["UTF-16", "ISO-8859-1", "UTF-8x", ""] {
            let text = format!("<?xml version=\"1.0\" encoding=\"{encoding}\"?><r/>");
            assert_eq!(checked(&text), Err(Fault::NotUtf8), "{text}");
        }
    }

    #[test]
    fn another_declaration_is_none() {
        for text in ["<?xml version=\"1.1\"?><r/>", "<?xml?><r/>", "<?XML version=\"1.0\"?><r/>", "<?Xml a?><r/>"] {
            assert_eq!(checked(text), Err(Fault::MalformedXml { line: 1, column: 1 }), "{text}");
        }
        assert_eq!(checked("<r>\n<?XML a?></r>"), Err(Fault::MalformedXml { line: 2, column: 1 }));
    }

    #[test]
    fn a_reference_is_to_a_character() {
        for text in ["<r>&#xE5;&#229;&#9;&#x1F600;&amp;</r>", "<r><![CDATA[&#xD800;]]><!--&#xD800;--></r>"] {
            assert_eq!(checked(text), Ok(()), "{text}");
        }
        for text in ["<r>12&#xD800;</r>", "<r a='&#x110000;'/>", "<r><!--&#65;-->&#xDFFF;</r>"] {
            assert!(matches!(checked(text), Err(Fault::MalformedXml { line: 1, .. })), "{text}");
        }
        assert_eq!(checked("<r>12&#xD800;</r>"), Err(Fault::MalformedXml { line: 1, column: 6 }));
    }
}
