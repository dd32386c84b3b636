//! How deep and how broad a message is, before it is parsed.
//!
//! The parser compares the attributes of an element with each other, and the namespaces in scope with each other at every element that declares
//! one. A body within the size limit could so take minutes of a processor, with nothing to interrupt it.

/// Looks whether a message has no more of anything than a question may come to.
///
/// It reads what looks like a tag and judges nothing else: whether the text is XML is the parser's to say.
///
/// # Errors
///
/// What was expected, in words that follow "expected".
pub(super) fn check(text: &str) -> Result<(), &'static str> {
    let mut rest = text;
    let (mut depth, mut declarations) = (0_usize, 0_usize);
    while let Some((_, markup)) = rest.split_once('<') {
        if let Some((content, end)) = OPAQUE.iter().find_map(|(start, end)| Some((markup.strip_prefix(start)?, end))) {
            rest = content.split_once(end).map_or("", |(_, after)| after);
            continue;
        }
        let tag = Tag::read(markup);
        rest = tag.after;
        declarations += tag.declarations;
        depth = match tag.kind {
            Kind::Start => depth + 1,
            Kind::Empty => depth,
            Kind::End => depth.saturating_sub(1),
        };
        if depth > MOST_LEVELS {
            return Err("at most 64 levels of elements");
        }
        if tag.attributes > MOST_ATTRIBUTES {
            return Err("at most 64 attributes on an element");
        }
        if declarations > MOST_DECLARATIONS {
            return Err("at most 256 declarations of namespaces");
        }
    }
    Ok(())
}

/// What a tag holds, and what follows it.
struct Tag<'t> {
    kind: Kind,
    attributes: usize,
    declarations: usize,
    after: &'t str,
}

#[derive(Clone, Copy)]
enum Kind {
    Start,
    Empty,
    End,
}

impl<'t> Tag<'t> {
    /// Reads from behind `<`. An attribute is counted by its quoted value, in which `>` and `<` are characters like any other.
    fn read(markup: &'t str) -> Self {
        let mut kind = if markup.starts_with('/') { Kind::End } else { Kind::Start };
        let (mut attributes, mut declarations) = (0, 0);
        let mut rest = markup;
        while let Some(at) = rest.find(['"', '\'', '>']) {
            let (before, from) = rest.split_at(at);
            let (Some(mark), after) = (from.chars().next(), from.get(1..).unwrap_or_default()) else { break };
            if mark == '>' {
                if before.ends_with('/') {
                    kind = Kind::Empty;
                }
                return Self { kind, attributes, declarations, after };
            }
            attributes += 1;
            declarations += usize::from(before.contains("xmlns"));
            rest = after.split_once(mark).map_or("", |(_, after)| after);
        }
        Self { kind, attributes, declarations, after: "" }
    }
}

/// What is no tag and may hold anything, by its start behind `<` and its end.
pub(super) const OPAQUE: [(&str, &str); 3] = [("!--", "-->"), ("![CDATA[", "]]>"), ("?", "?>")];
/// The contract has seven levels; headers of common security standards have about ten.
const MOST_LEVELS: usize = 64;
/// The contract has one attribute; some clients declare all their namespaces on the envelope.
const MOST_ATTRIBUTES: usize = 64;
/// Some clients declare a namespace on every element, of which a question has fewer than a hundred.
const MOST_DECLARATIONS: usize = 256;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn a_question_is_far_within_the_measure() {
        assert_eq!(check(sample::QUESTION), Ok(()));
    }

    #[test]
    fn what_is_at_the_measure_is_let_through_and_one_more_is_not() {
        let nested = |levels: usize| format!("{}{}", "<a>".repeat(levels), "</a>".repeat(levels));
        assert_eq!((check(&nested(64)), check(&nested(65))), (Ok(()), Err("at most 64 levels of elements")));
        let attributes = |count: usize| {
            let attributes: Vec<_> = (0..count).map(|number| format!("a{number}='>'")).collect();
            format!("<a {}/>", attributes.join(" "))
        };
        assert_eq!(check(&attributes(64)), Ok(()));
        assert_eq!(check(&attributes(65)), Err("at most 64 attributes on an element"));
        let declarations = |count: usize| format!("<r>{}</r>", "<a xmlns:b=\"c\"/>".repeat(count));
        assert_eq!(check(&declarations(256)), Ok(()));
        assert_eq!(check(&declarations(257)), Err("at most 256 declarations of namespaces"));
    }

    #[test]
    fn what_is_no_tag_is_not_measured() {
        let much = "<a b=\"c\">".repeat(100);
        assert_eq!(check(&format!("<!--{much}--><r><![CDATA[{much}]]></r><?p {much}?>")), Ok(()));
        assert_eq!(check(&format!("<r a='{much}'/>")), Ok(()));
    }

    #[test]
    fn whatever_the_text_is_measuring_comes_to_its_end() {
        for text in ["", "<", "<a", "<a b='", "<a b=\"å", "<!--", "<![CDATA[", "<?", "</", "<å>", ">", "<a/", "<<<<"]
        {
            assert_eq!(check(text), Ok(()), "{text}");
        }
    }
}
