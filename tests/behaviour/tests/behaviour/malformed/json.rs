//! A good question in JSON, broken in every place.

use serde_json::{Value, json};
use ssbtx_stage::pki::ORGANISATION;
use ssbtx_stage::questions::Asking;

use super::characters::{NO_DATE, NO_ORGANISATION, NO_PERSON, NO_UTF_8, encoded};
use super::{Malformed, Told};
use crate::play::ALVAR;

/// Every case, with what it must be told.
pub(crate) fn cases() -> Vec<Malformed> {
    [values(), keys(), texts(), cut_off(), punctuation(), bytes(), forms(), media_types()].concat()
}

fn malformed(name: impl Into<String>, body: impl Into<Vec<u8>>, told: Told) -> Malformed {
    Malformed { name: name.into(), content_type: "application/json", body: body.into(), told }
}

const NO_JSON: Told = Told::Problem(400, "malformed-json");
const NO_QUESTION: Told = Told::Problem(400, "invalid-question");

fn good() -> Value {
    Asking::about(ALVAR).to_json()
}

/// Every key of the question, as a pointer.
const KEYS: [&str; 11] = [
    "/person",
    "/period",
    "/period/from",
    "/period/to",
    "/requester",
    "/requester/organisationNumber",
    "/requester/name",
    "/requester/caseworker",
    "/caseId",
    "/purpose",
    "/include",
];

fn at(pointer: &str, value: Value) -> String {
    let mut question = good();
    *question.pointer_mut(pointer).unwrap() = value;
    question.to_string()
}

/// Another type, or nothing, in every place.
fn values() -> Vec<Malformed> {
    let wrong = [
        ("null", json!(null)),
        ("true", json!(true)),
        ("false", json!(false)),
        ("zero", json!(0)),
        ("a number", json!(-17)),
        ("a fraction", json!(1.5)),
        ("a number as large as may be", json!(u64::MAX)),
        ("a text of nothing", json!("")),
        ("a text of white space", json!(" \t ")),
        ("a text with NUL", json!("\0")),
        ("a text with an escape", json!("a\u{1b}b")),
        ("a text without end", json!("x".repeat(5_000))),
        ("an empty list", json!([])),
        ("a list in a list", json!([[]])),
        ("a list of null", json!([null])),
        ("an empty object", json!({})),
    ];
    let cases = KEYS.iter().flat_map(|key| {
        wrong.iter().map(move |(name, value)| {
            let body = at(key, value.clone());
            // What is wrong inside an object or a list is told with its own place.
            let told = match (*key, value) {
                ("/period" | "/requester", Value::Object(_)) => NO_QUESTION,
                ("/include", Value::Array(items)) if !items.is_empty() => Told::Pointer("/include/0".to_owned()),
                _ => Told::Pointer((*key).to_owned()),
            };
            malformed(format!("{name} for `{key}`"), body, told)
        })
    });
    cases.collect()
}

/// Every key missing, twice, in other letters, and one more in every object.
fn keys() -> Vec<Malformed> {
    let mut cases = Vec::new();
    for pointer in KEYS {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let mut without = good();
        let removed = without.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(key).unwrap();
        if pointer != "/include" {
            cases.push(malformed(format!("no `{pointer}`"), without.to_string(), Told::Pointer(pointer.to_owned())));
        }
        for other in [key.to_uppercase(), format!("{key} "), format!("{key}\u{200b}"), format!("_{key}")] {
            let mut renamed = without.clone();
            renamed.pointer_mut(parent).unwrap().as_object_mut().unwrap().insert(other.clone(), removed.clone());
            cases.push(malformed(format!("`{other}` for `{pointer}`"), renamed.to_string(), NO_QUESTION));
        }
        let text = good().to_string();
        let quoted = format!("\"{key}\":");
        let twice = text.replacen(&quoted, &format!("{quoted}null,{quoted}"), 1);
        assert_ne!(text, twice);
        cases.push(malformed(format!("`{pointer}` twice"), twice, NO_QUESTION));
    }
    for parent in ["", "/period", "/requester"] {
        for key in ["persona", "__proto__", "constructor", "$ref", "@type", "xsi:nil", ALVAR] {
            let mut more = good();
            more.pointer_mut(parent).unwrap().as_object_mut().unwrap().insert(key.to_owned(), json!(ALVAR));
            cases.push(malformed(format!("a key more in `{parent}`"), more.to_string(), NO_QUESTION));
        }
    }
    cases
}

/// Texts that are none of what stands there.
fn texts() -> Vec<Malformed> {
    let of = |pointer: &'static str, wrong: &'static [&'static str]| {
        wrong.iter().map(move |text| {
            malformed(format!("`{text}` for `{pointer}`"), at(pointer, json!(text)), Told::Pointer(pointer.to_owned()))
        })
    };
    let mut cases: Vec<_> = of("/person", &NO_PERSON)
        .chain(of("/period/from", &NO_DATE))
        .chain(of("/period/to", &NO_DATE))
        .chain(of("/requester/organisationNumber", &NO_ORGANISATION))
        .collect();
    for agencies in
        [json!(["AF", "AF"]), json!(["af"]), json!(["AF "]), json!(["PM"]), json!(["AF", 1]), json!(["AF", "AF", "AF"])]
    {
        cases.push(malformed("agencies that are none", at("/include", agencies), NO_QUESTION));
    }
    cases
}

/// The question cut off after every so many bytes.
fn cut_off() -> Vec<Malformed> {
    let text = good().to_string();
    let ends = (1..text.len()).step_by(7).filter(|end| text.is_char_boundary(*end));
    ends.map(|end| malformed(format!("the first {end} bytes"), &text.as_bytes()[..end], NO_JSON)).collect()
}

/// Every mark of JSON's own replaced by one that means nothing there.
fn punctuation() -> Vec<Malformed> {
    let text = good().to_string();
    let marks = text.char_indices().filter(|(_, character)| matches!(character, '{' | '}' | '[' | ']' | '"'));
    marks
        .map(|(position, mark)| {
            let broken = [&text[..position], ";", &text[position + 1..]].concat();
            malformed(format!("`;` for the `{mark}` at {position}"), broken, NO_JSON)
        })
        .collect()
}

/// Bytes that no JSON text holds, and encodings that it is not in.
fn bytes() -> Vec<Malformed> {
    let text = good().to_string();
    let within = |bytes: &[u8]| {
        let position = text.find("EB-2026").unwrap();
        [&text.as_bytes()[..position], bytes, &text.as_bytes()[position..]].concat()
    };
    let mut cases: Vec<_> = NO_UTF_8.iter().map(|(name, bytes)| malformed(*name, within(bytes), NO_JSON)).collect();
    // RFC 8259, section 7: control characters are escaped.
    cases.extend((0..0x20_u8).map(|byte| malformed(format!("byte {byte} in a text"), within(&[byte]), NO_JSON)));
    cases.extend(encoded(&text).into_iter().map(|(name, body)| malformed(name, body, NO_JSON)));
    for escape in ["\\x", "\\u12 ", "\\u{41}", "\\ud800", "\\udc00", "\\ud800\\ud800", "\\'", "\\0", "\\"] {
        cases.push(malformed(format!("the escape `{escape}`"), within(escape.as_bytes()), NO_JSON));
    }
    for control in ["\\u0000", "\\u0001", "\\b", "\\f", "\\u000b", "\\u001f", "\\u007f", "\\u0085"] {
        let told = Told::Pointer("/caseId".to_owned());
        cases.push(malformed(format!("the control character `{control}`"), within(control.as_bytes()), told));
    }
    cases
}

/// What other readers of JSON take, and what is JSON and no question.
fn forms() -> Vec<Malformed> {
    let text = good().to_string();
    let no_json = [
        ("a comment", text.replacen('{', "{/* */", 1)),
        ("a comment to the end of the line", format!("{text}// good")),
        ("a comma at the end", text.replacen(']', ",]", 1)),
        ("a comma at the beginning", text.replacen('{', "{,", 1)),
        ("single quotes", text.replace('"', "'")),
        ("a key without quotes", text.replacen("\"caseId\"", "caseId", 1)),
        ("two values", format!("{text}{text}")),
        ("two values on two lines", format!("{text}\n{text}")),
        ("NaN", text.replacen(&format!("\"{ALVAR}\""), "NaN", 1)),
        ("Infinity", text.replacen(&format!("\"{ALVAR}\""), "Infinity", 1)),
        ("a number in hexadecimal", text.replacen(&format!("\"{ALVAR}\""), "0x10", 1)),
        ("a number with a leading zero", text.replacen(&format!("\"{ALVAR}\""), "01", 1)),
        ("a number with a plus", text.replacen(&format!("\"{ALVAR}\""), "+1", 1)),
        ("a number without end", text.replacen(&format!("\"{ALVAR}\""), "1.", 1)),
        ("a number beyond all numbers", text.replacen(&format!("\"{ALVAR}\""), "1e400", 1)),
        ("None", "None".to_owned()),
        ("undefined", "undefined".to_owned()),
        ("a form", format!("person={ALVAR}&caseId=1")),
        ("XML", Asking::about(ALVAR).to_soap()),
        ("YAML", format!("person: {ALVAR}\ncaseId: 1\n")),
        ("a prefix against scripts", format!(")]}}',\n{text}")),
        ("white space of another kind", format!("\u{a0}{text}")),
        ("a mark of UTF-8 twice", format!("\u{feff}\u{feff}{text}")),
        ("lists without end", "[".repeat(100_000)),
        ("objects without end", "{\"person\":".repeat(20_000)),
        ("nothing", String::new()),
        ("white space", " \r\n\t ".to_owned()),
    ];
    let no_question = [
        ("null", "null".to_owned()),
        ("a number", "17".to_owned()),
        ("a number like a person's", ALVAR.to_owned()),
        ("a text", format!("\"{ALVAR}\"")),
        ("a list of questions", format!("[{text}]")),
        ("an object in an object", format!("{{\"question\":{text}}}")),
        ("a question of JSON-RPC", format!("{{\"jsonrpc\":\"2.0\",\"method\":\"ask\",\"params\":{text}}}")),
        ("a question of GraphQL", format!("{{\"query\":\"{{ person(id: \\\"{ALVAR}\\\") {{ name }} }}\"}}")),
        ("a period backwards", text.replacen("2026-11-30", "2025-09-30", 1)),
        ("another's organisation number with a sign", text.replacen(ORGANISATION, &format!("-{ORGANISATION}"), 1)),
    ];
    let no_json = no_json.into_iter().map(|(name, body)| malformed(name, body, NO_JSON));
    no_json.chain(no_question.into_iter().map(|(name, body)| malformed(name, body, NO_QUESTION))).collect()
}

/// Bodies in order under another name.
fn media_types() -> Vec<Malformed> {
    let types = [
        "text/plain",
        "text/json",
        "text/xml",
        "application/xml",
        "application/x-json",
        "application/jsonp",
        "application/json5",
        "application/x-www-form-urlencoded",
        "application/octet-stream",
        "multipart/form-data; boundary=x",
        "*/*",
        "application/*",
        "application/json; charset=utf-16",
        "application/json; charset=iso-8859-1",
        "application/json, text/plain",
        "json",
        "application",
        "application/",
        "/json",
        ";",
        "application/json-patch+json",
        "application/merge-patch+json",
        "application/problem+json",
    ];
    let body = good().to_string();
    let told = Told::Problem(415, "unsupported-media-type");
    types
        .map(|content_type| Malformed {
            name: format!("content type `{content_type}`"),
            content_type,
            body: body.clone().into(),
            told: told.clone(),
        })
        .into()
}
