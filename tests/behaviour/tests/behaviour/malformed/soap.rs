//! A good question in SOAP, broken in every place.

use ssbtx_stage::pki::ORGANISATION;
use ssbtx_stage::questions::Asking;

use super::characters::{NO_DATE, NO_ORGANISATION, NO_PERSON, NO_UTF_8, encoded};
use super::{Malformed, Told};
use crate::play::ALVAR;

/// Every case, with what it must be told.
pub(crate) fn cases() -> Vec<Malformed> {
    [elements(), values(), cut_off(), punctuation(), bytes(), document_types(), messages(), media_types()].concat()
}

fn malformed(name: impl Into<String>, body: impl Into<Vec<u8>>, code: &'static str) -> Malformed {
    let told = Told::Fault(500, code);
    Malformed { name: name.into(), content_type: "text/xml; charset=utf-8", body: body.into(), told }
}

const NO_XML: &str = "SSBT-201";
const NO_MESSAGE: &str = "SSBT-202";
const NO_OPERATION: &str = "SSBT-205";
const NO_QUESTION: &str = "SSBT-206";
const NO_VALUE: &str = "SSBT-207";

/// Without Försäkringskassan: what its block carries is a question of its own.
fn good() -> String {
    Asking::about(ALVAR).including(&["AF", "MIV"]).to_soap()
}

fn replaced(part: &str, by: &str) -> String {
    let text = good();
    assert!(text.contains(part), "`{part}` is not in the question");
    text.replacen(part, by, 1)
}

/// Every element of the question by its name, and whether it holds a value.
const ELEMENTS: [(&str, bool); 16] = [
    ("generellaFrageparametrar", false),
    ("fraganSkallInkluderasISvaret", true),
    ("ingivare", false),
    ("organisationsnummer", true),
    ("namn", true),
    ("handlaggare", true),
    ("personidentitet", true),
    ("arendeidentitet", true),
    ("tidsperiod", false),
    ("fromDatum", true),
    ("tomDatum", true),
    ("syfte", true),
    ("lagtext", true),
    ("specifikaFrageparametrar", false),
    ("AF", false),
    ("MIV", false),
];

/// Every element missing, twice, empty, of another name or namespace, with an attribute, an element or a text that it has not.
fn elements() -> Vec<Malformed> {
    let text = good();
    let mut cases = Vec::new();
    for (name, holds_value) in ELEMENTS {
        let begin = text.find(&format!("<{name}")).unwrap();
        let close = format!("</{name}>");
        let end = begin + text[begin..].find(&close).unwrap() + close.len();
        let (before, element, after) = (&text[..begin], &text[begin..end], &text[end..]);
        let with = |element: &str| [before, element, after].concat();
        let mut case =
            |what: &str, element: String, code| cases.push(malformed(format!("`{name}` {what}"), with(&element), code));
        case("missing", String::new(), NO_QUESTION);
        case("twice", element.repeat(2), NO_QUESTION);
        case("in capitals", element.replace(name, &format!("{name}X")), NO_QUESTION);
        case("of another namespace", element.replacen(name, &format!("{name} xmlns=\"urn:other\""), 1), NO_QUESTION);
        case("of no namespace", element.replacen(name, &format!("{name} xmlns=\"\""), 1), NO_QUESTION);
        case("with an attribute more", element.replacen(name, &format!("{name} mer=\"1\""), 1), NO_QUESTION);
        case("with an element more", element.replace(&close, &format!("<mer/>{close}")), NO_QUESTION);
        case("with a prefix of nobody's", element.replacen(&format!("<{name}"), &format!("<p:{name}"), 1), NO_XML);
        case("never closed", element.replace(&close, ""), NO_XML);
        case("closed by another", element.replace(&close, "</annan>"), NO_XML);
        case("with the same attribute twice", element.replacen(name, &format!("{name} a=\"1\" a=\"1\""), 1), NO_XML);
        // The published schema lets the purpose and the legal text be anything, and gives an empty yes or no its default.
        let (may_be_empty, may_be_blank) = match name {
            "syfte" | "lagtext" => (true, true),
            "fraganSkallInkluderasISvaret" => (true, false),
            _ => (false, false),
        };
        if !holds_value {
            case("with a text more", element.replace(&close, &format!("text{close}")), NO_QUESTION);
        }
        if holds_value && !may_be_empty {
            case("empty", format!("<{name}></{name}>"), NO_VALUE);
        }
        if holds_value && !may_be_blank {
            case("of white space", format!("<{name}> \n </{name}>"), NO_VALUE);
        }
    }
    cases
}

/// Values that their types do not have.
fn values() -> Vec<Malformed> {
    let of = |part: &'static str, wrong: &'static [&'static str]| {
        wrong.iter().map(move |value| {
            let (element, old) = part.split_once('>').unwrap();
            let body = replaced(part, &format!("{element}>{value}"));
            malformed(format!("`{value}` for `{old}`"), body, NO_VALUE)
        })
    };
    let mut cases: Vec<_> = of("<fromDatum>2025-10-01", &NO_DATE).chain(of("<tomDatum>2026-11-30", &NO_DATE)).collect();
    for value in NO_PERSON {
        cases.push(malformed(format!("person `{value}`"), replaced(ALVAR, value), NO_VALUE));
    }
    for value in NO_ORGANISATION {
        cases.push(malformed(format!("organisation `{value}`"), replaced(ORGANISATION, value), NO_VALUE));
    }
    let body = replaced("<AF inkludera=\"true\"", "<AF inkludera=\"\"");
    cases.push(malformed("nothing for a yes or no", body, NO_VALUE));
    for value in [" ", "yes", "ja", "True", "TRUE", "2", "-1", "tru", "truefalse", "null", "sant"] {
        let body = replaced("<AF inkludera=\"true\"", &format!("<AF inkludera=\"{value}\""));
        cases.push(malformed(format!("`{value}` for a yes or no"), body, NO_VALUE));
        let body = replaced(">false<", &format!(">{value}<"));
        cases.push(malformed(format!("`{value}` for a yes or no in an element"), body, NO_VALUE));
    }
    for (what, value) in [
        ("a case", "EB-2026-0001"),
        ("a caseworker", "Handläggare Ett"),
        ("a purpose", "Prövning av ekonomiskt bistånd"),
    ] {
        cases.push(malformed(format!("{what} without end"), replaced(value, &"x".repeat(5_000)), NO_VALUE));
    }
    cases.push(malformed("a period backwards", replaced("2026-11-30", "2025-09-30"), NO_VALUE));
    cases
}

/// The question cut off after every so many bytes.
fn cut_off() -> Vec<Malformed> {
    let text = good();
    let ends = (1..text.len()).step_by(13).filter(|end| text.is_char_boundary(*end));
    ends.map(|end| malformed(format!("the first {end} bytes"), &text.as_bytes()[..end], NO_XML)).collect()
}

/// Every mark that begins or ends a tag or an attribute replaced by one that means nothing there.
fn punctuation() -> Vec<Malformed> {
    let text = good();
    let marks = text.char_indices().filter(|(position, mark)| match mark {
        '=' | '"' => true,
        // An element that closes itself becomes a text, and what closes another is missed by it.
        '<' => !text[*position..].starts_with("<soapenv:Header/"),
        '>' => !text[..*position].ends_with('/'),
        _ => false,
    });
    let broken = marks.map(|(position, mark)| {
        let body = [&text[..position], ";", &text[position + 1..]].concat();
        malformed(format!("`;` for the `{mark}` at {position}"), body, NO_XML)
    });
    broken.collect()
}

/// Bytes and references that no XML text holds, and encodings that it is not in.
fn bytes() -> Vec<Malformed> {
    let text = good();
    let within = |bytes: &[u8]| {
        let position = text.find("EB-2026").unwrap();
        [&text.as_bytes()[..position], bytes, &text.as_bytes()[position..]].concat()
    };
    let mut cases: Vec<_> = NO_UTF_8.iter().map(|(name, bytes)| malformed(*name, within(bytes), NO_XML)).collect();
    // XML 1.0, section 2.2: of the control characters only tab and line ends.
    let controls = || (0..0x20_u8).filter(|byte| !matches!(byte, b'\t' | b'\n' | b'\r'));
    cases.extend(controls().map(|byte| malformed(format!("byte {byte}"), within(&[byte]), NO_XML)));
    cases.extend(
        controls()
            .map(|byte| malformed(format!("a reference to {byte}"), within(format!("&#{byte};").as_bytes()), NO_XML)),
    );
    for reference in [
        "&#xD800;",
        "&#xFFFE;",
        "&#xFFFF;",
        "&#x110000;",
        "&#x;",
        "&#;",
        "&#-1;",
        "&#65",
        "&",
        "& ",
        "&amp",
        "&nbsp;",
        "&auml;",
        "&;",
    ] {
        cases.push(malformed(format!("the reference `{reference}`"), within(reference.as_bytes()), NO_XML));
    }
    cases.extend(encoded(&text).into_iter().map(|(name, body)| malformed(name, body, NO_XML)));
    for encoding in [
        "UTF-16",
        "UTF-16LE",
        "ISO-8859-1",
        "iso-8859-15",
        "windows-1252",
        "UTF-7",
        "UTF-32",
        "IBM037",
        "US-ASCII-X",
        "ingen",
    ] {
        let declared = format!("<?xml version=\"1.0\" encoding=\"{encoding}\"?>{text}");
        cases.push(malformed(format!("declared as `{encoding}`"), declared, NO_XML));
    }
    for declaration in [
        "<?xml version=\"1.1\"?>",
        "<?xml version=\"2.0\"?>",
        "<?xml?>",
        "<?xml encoding=\"UTF-8\"?>",
        "<?XML version=\"1.0\"?>",
        " <?xml version=\"1.0\"?>",
    ] {
        cases.push(malformed(format!("declared by `{declaration}`"), format!("{declaration}{text}"), NO_XML));
    }
    cases
}

/// Document types: none is taken, whatever it says.
fn document_types() -> Vec<Malformed> {
    let types = [
        "<!DOCTYPE x>",
        "<!DOCTYPE soapenv:Envelope>",
        "<!DOCTYPE x []>",
        "<!DOCTYPE x SYSTEM \"http://127.0.0.1:9/x.dtd\">",
        "<!DOCTYPE x SYSTEM \"file:///etc/hostname\">",
        "<!DOCTYPE x PUBLIC \"-//X//X\" \"http://127.0.0.1:9/x.dtd\">",
        "<!DOCTYPE x [<!ENTITY a \"b\">]>",
        "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>",
        "<!DOCTYPE x [<!ENTITY a SYSTEM \"http://127.0.0.1:9/\">]>",
        "<!DOCTYPE x [<!ENTITY % a SYSTEM \"file:///etc/hostname\"> %a;]>",
        "<!DOCTYPE x [<!ENTITY % a \"<!ENTITY b 'c'>\"> %a;]>",
        "<!DOCTYPE x [<!ENTITY a \"&a;\">]>",
        "<!DOCTYPE x [<!ENTITY a \"&b;\"><!ENTITY b \"&a;\">]>",
        "<!DOCTYPE x [<!ELEMENT x ANY>]>",
        "<!DOCTYPE x [<!ATTLIST x y CDATA \"z\">]>",
        "<!DOCTYPE x [<!NOTATION n SYSTEM \"n\">]>",
        "<!doctype x>",
        "<!DOCTYPE",
        "<!ENTITY a \"b\">",
    ];
    let mut cases: Vec<_> =
        types.iter().map(|kind| malformed(format!("`{kind}`"), format!("{kind}{}", good()), NO_XML)).collect();
    let grown = (0..40).fold("<!ENTITY e0 \"haha\">".to_owned(), |entities, level| {
        format!("{entities}<!ENTITY e{} \"{}\">", level + 1, format!("&e{level};").repeat(10))
    });
    cases.push(malformed("a bomb of forty levels", format!("<!DOCTYPE x [{grown}]><x>&e40;</x>"), NO_XML));
    let wide = format!("<!DOCTYPE x [<!ENTITY a \"{}\">]><x>{}</x>", "a".repeat(50_000), "&a;".repeat(20_000));
    cases.push(malformed("a bomb of one level", wide, NO_XML));
    cases
}

/// Messages that are XML and no question.
fn messages() -> Vec<Malformed> {
    let (soap, ssbt) =
        ("http://schemas.xmlsoap.org/soap/envelope/", "http://schema.forsakringskassan.se/integration/ssbt/10");
    let message = |inner: &str| format!("<s:Envelope xmlns:s='{soap}'>{inner}</s:Envelope>");
    let body = |inner: &str| message(&format!("<s:Body>{inner}</s:Body>"));
    vec![
        malformed("an element", "<x/>", NO_MESSAGE),
        malformed("an envelope of no namespace", "<Envelope><Body/></Envelope>", NO_MESSAGE),
        malformed("an empty envelope", message(""), NO_MESSAGE),
        malformed("a header alone", message("<s:Header/>"), NO_MESSAGE),
        malformed("a body before the header", message("<s:Body><x/></s:Body><s:Header/>"), NO_OPERATION),
        malformed("two bodies", message("<s:Body><x/></s:Body><s:Body><x/></s:Body>"), NO_OPERATION),
        malformed("two headers", message("<s:Header/><s:Header/><s:Body><x/></s:Body>"), NO_MESSAGE),
        malformed("an empty body", body(""), NO_MESSAGE),
        malformed("a body of text", body("text"), NO_MESSAGE),
        malformed("two operations", body("<x/><x/>"), NO_MESSAGE),
        malformed("an operation of nobody's", body("<x/>"), NO_OPERATION),
        malformed("an operation of no namespace", body("<hamtaBastjanstInformation/>"), NO_OPERATION),
        malformed("an answer", body(&format!("<hamtaBastjanstInformationResponse xmlns='{ssbt}'/>")), NO_OPERATION),
        malformed("a fault", body("<s:Fault><faultcode>s:Server</faultcode><faultstring/></s:Fault>"), NO_OPERATION),
        malformed("an operation of version 9", replaced("ssbt/10", "ssbt/9"), NO_OPERATION),
        malformed("an operation of version 11", replaced("ssbt/10", "ssbt/11"), NO_OPERATION),
        malformed("an operation in capitals", good().replace("hamtaBastjanst", "HAMTABASTJANST"), NO_OPERATION),
        malformed("nothing in it", body(&format!("<hamtaBastjanstInformation xmlns='{ssbt}'/>")), NO_QUESTION),
        malformed("SOAP 1.2", replaced(soap, "http://www.w3.org/2003/05/soap-envelope"), "SSBT-203"),
        malformed("SOAP of another kind", replaced(soap, "http://schemas.xmlsoap.org/soap/envelope"), "SSBT-203"),
        malformed(
            "a header to understand",
            replaced(
                "<soapenv:Header/>",
                "<soapenv:Header><w:Security xmlns:w='urn:w' soapenv:mustUnderstand='1'/></soapenv:Header>",
            ),
            "SSBT-204",
        ),
        malformed("text after it", format!("{}text", good()), NO_XML),
        malformed("another message after it", format!("{}<x/>", good()), NO_XML),
        malformed("a comment that never ends", format!("{}<!-- ", good()), NO_XML),
        malformed("a comment with two hyphens", replaced("<syfte>", "<!-- a -- b --><syfte>"), NO_XML),
        malformed("an instruction that never ends", format!("{}<?x ", good()), NO_XML),
        malformed("CDATA that never ends", replaced("<syfte>", "<syfte><![CDATA["), NO_XML),
        malformed("the end of CDATA alone", replaced("<syfte>", "<syfte>]]>"), NO_XML),
        malformed(
            "XInclude",
            replaced(
                "<syfte>",
                "<i:include xmlns:i='http://www.w3.org/2001/XInclude' href='file:///etc/hostname'/><syfte>",
            ),
            NO_QUESTION,
        ),
        malformed(
            "another type by its instance",
            replaced("<syfte>", "<syfte xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:type='x'>"),
            NO_QUESTION,
        ),
        malformed("JSON", Asking::about(ALVAR).to_json().to_string(), NO_XML),
        malformed("a form", format!("personidentitet={ALVAR}"), NO_XML),
        malformed("parts of MIME", format!("--x\r\ncontent-type: text/xml\r\n\r\n{}\r\n--x--", good()), NO_XML),
        malformed("nothing", "", NO_XML),
        malformed("white space", " \r\n ", NO_XML),
    ]
}

/// Bodies in order under another name.
fn media_types() -> Vec<Malformed> {
    let types = [
        "text/plain",
        "text/html",
        "application/json",
        "application/xml; charset=utf-16",
        "application/octet-stream",
        "*/*",
        "text/*",
        "text/xml; charset=utf-16",
        "text/xml; charset=iso-8859-1",
        "text/xml; charset=\"utf-16\"",
        "text/xml;charset=windows-1252",
        "multipart/related; type=\"text/xml\"; boundary=x",
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded",
        "application/fastinfoset",
        "application/xop+xml",
        "application/mtom+xml",
        "text",
        "text/",
        "/xml",
        "xml",
        ";",
    ];
    let body = good();
    types
        .map(|content_type| Malformed {
            name: format!("content type `{content_type}`"),
            content_type,
            body: body.clone().into(),
            told: Told::Fault(415, "SSBT-208"),
        })
        .into()
}
