//! A good body in JSON, broken in every place.

mod forms;

use serde_json::{Value, json};
use ssbtx_stage::pki::ORGANISATION;
use ssbtx_stage::questions::Asking;

use super::characters::{NO_UTF_8, encoded};
use super::{Malformed, Told};
use crate::play::ALVAR;

pub(crate) use forms::{case, household, question};

/// What is broken: a body in order, and what must be told where it is not.
pub(crate) struct Form {
    good: Value,
    /// Every key, as a pointer.
    keys: &'static [&'static str],
    /// The end of the type of the problem of JSON that is none of it.
    invalid: &'static str,
    /// The keys that may be left out, and those of which another is told when they are.
    left_out: &'static [(&'static str, Option<&'static str>)],
    /// Texts that are none of what stands at a key.
    texts: &'static [(&'static str, &'static [&'static str])],
    /// A key with a text that has no control characters.
    text: &'static str,
    /// JSON that is none of it.
    further: Vec<(&'static str, String)>,
}

/// Every case, with what it must be told.
pub(crate) fn cases(form: &Form) -> Vec<Malformed> {
    [
        form.values(),
        form.renamed(),
        form.more_keys(),
        form.texts(),
        form.cut_off(),
        form.punctuation(),
        form.bytes(),
        form.no_json(),
        form.none_of_it(),
        form.media_types(),
    ]
    .concat()
}

fn malformed(name: impl Into<String>, body: impl Into<Vec<u8>>, told: Told) -> Malformed {
    Malformed { name: name.into(), content_type: "application/json", body: body.into(), told }
}

const NO_JSON: Told = Told::Problem(400, "malformed-json");

impl Form {
    fn invalid(&self) -> Told {
        Told::Problem(400, self.invalid)
    }

    fn at(&self, pointer: &str, value: Value) -> String {
        let mut body = self.good.clone();
        *body.pointer_mut(pointer).unwrap() = value;
        body.to_string()
    }

    fn told_at(&self, pointer: impl Into<String>) -> Told {
        Told::Pointer(self.invalid, pointer.into())
    }

    fn holds(&self, pointer: &str) -> &Value {
        self.good.pointer(pointer).unwrap()
    }

    /// Another type, or nothing, in every place.
    fn values(&self) -> Vec<Malformed> {
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
        let cases = self.keys.iter().flat_map(|key| {
            wrong.iter().map(move |(name, value)| {
                // What is wrong inside an object or a list is told with its own place.
                let told = match (self.holds(key), value) {
                    (Value::Object(_), Value::Object(_)) => self.invalid(),
                    (Value::Array(_), Value::Array(items)) if !items.is_empty() => self.told_at(format!("{key}/0")),
                    _ => self.told_at(*key),
                };
                malformed(format!("{name} for `{key}`"), self.at(key, value.clone()), told)
            })
        });
        cases.collect()
    }

    /// Every key missing, twice, and in other letters.
    fn renamed(&self) -> Vec<Malformed> {
        let mut cases = Vec::new();
        for pointer in self.keys {
            let (parent, key) = pointer.rsplit_once('/').unwrap();
            if !self.holds(parent).is_object() {
                continue;
            }
            let mut without = self.good.clone();
            let removed = without.pointer_mut(parent).unwrap().as_object_mut().unwrap().remove(key).unwrap();
            match self.left_out.iter().find(|(left_out, _)| left_out == pointer) {
                Some((_, None)) => {}
                Some((_, Some(other))) => {
                    cases.push(malformed(format!("no `{pointer}`"), without.to_string(), self.told_at(*other)));
                }
                None => cases.push(malformed(format!("no `{pointer}`"), without.to_string(), self.told_at(*pointer))),
            }
            for other in [key.to_uppercase(), format!("{key} "), format!("{key}\u{200b}"), format!("_{key}")] {
                let mut renamed = without.clone();
                renamed.pointer_mut(parent).unwrap().as_object_mut().unwrap().insert(other.clone(), removed.clone());
                cases.push(malformed(format!("`{other}` for `{pointer}`"), renamed.to_string(), self.invalid()));
            }
            let text = self.good.to_string();
            let quoted = format!("\"{key}\":");
            let twice = text.replacen(&quoted, &format!("{quoted}null,{quoted}"), 1);
            assert_ne!(text, twice);
            cases.push(malformed(format!("`{pointer}` twice"), twice, self.invalid()));
        }
        cases
    }

    /// One key more in every object.
    fn more_keys(&self) -> Vec<Malformed> {
        let objects = self.keys.iter().filter(|key| self.holds(key).is_object());
        let mut cases = Vec::new();
        for parent in objects.copied().chain([""]) {
            for key in ["persona", "__proto__", "constructor", "$ref", "@type", "xsi:nil", ALVAR] {
                let mut more = self.good.clone();
                more.pointer_mut(parent).unwrap().as_object_mut().unwrap().insert(key.to_owned(), json!(ALVAR));
                cases.push(malformed(format!("a key more in `{parent}`"), more.to_string(), self.invalid()));
            }
        }
        cases
    }

    /// Texts that are none of what stands there.
    fn texts(&self) -> Vec<Malformed> {
        let of = |(pointer, wrong): &(&'static str, &'static [&'static str])| {
            let cases = wrong.iter().map(|text| {
                malformed(format!("`{text}` for `{pointer}`"), self.at(pointer, json!(text)), self.told_at(*pointer))
            });
            cases.collect::<Vec<_>>()
        };
        self.texts.iter().flat_map(of).collect()
    }

    /// The body cut off after every so many bytes.
    fn cut_off(&self) -> Vec<Malformed> {
        let text = self.good.to_string();
        let ends = (1..text.len()).step_by(7).filter(|end| text.is_char_boundary(*end));
        ends.map(|end| malformed(format!("the first {end} bytes"), &text.as_bytes()[..end], NO_JSON)).collect()
    }

    /// Every mark of JSON's own replaced by one that means nothing there.
    fn punctuation(&self) -> Vec<Malformed> {
        let text = self.good.to_string();
        let marks = text.char_indices().filter(|(_, character)| matches!(character, '{' | '}' | '[' | ']' | '"'));
        marks
            .map(|(position, mark)| {
                let broken = [&text[..position], ";", &text[position + 1..]].concat();
                malformed(format!("`;` for the `{mark}` at {position}"), broken, NO_JSON)
            })
            .collect()
    }

    /// Bytes that no JSON text holds, and encodings that it is not in.
    fn bytes(&self) -> Vec<Malformed> {
        let text = self.good.to_string();
        let position = text.find(self.holds(self.text).as_str().unwrap()).unwrap();
        let within = |bytes: &[u8]| [&text.as_bytes()[..position], bytes, &text.as_bytes()[position..]].concat();
        let mut cases: Vec<_> = NO_UTF_8.iter().map(|(name, bytes)| malformed(*name, within(bytes), NO_JSON)).collect();
        // RFC 8259, section 7: control characters are escaped.
        cases.extend((0..0x20_u8).map(|byte| malformed(format!("byte {byte} in a text"), within(&[byte]), NO_JSON)));
        // Of a text in ASCII, some encodings are its own.
        let other = encoded(&text).into_iter().filter(|(_, body)| body != text.as_bytes());
        cases.extend(other.map(|(name, body)| malformed(name, body, NO_JSON)));
        for escape in ["\\x", "\\u12 ", "\\u{41}", "\\ud800", "\\udc00", "\\ud800\\ud800", "\\'", "\\0", "\\"] {
            cases.push(malformed(format!("the escape `{escape}`"), within(escape.as_bytes()), NO_JSON));
        }
        for control in ["\\u0000", "\\u0001", "\\b", "\\f", "\\u000b", "\\u001f", "\\u007f", "\\u0085"] {
            let told = self.told_at(self.text);
            cases.push(malformed(format!("the control character `{control}`"), within(control.as_bytes()), told));
        }
        cases
    }

    /// What other readers of JSON take, and other notations.
    fn no_json(&self) -> Vec<Malformed> {
        let text = self.good.to_string();
        let (person, key) = (format!("\"{ALVAR}\""), "organisationNumber");
        let bodies = [
            ("a comment", text.replacen('{', "{/* */", 1)),
            ("a comment to the end of the line", format!("{text}// good")),
            ("a comma at the end", text.replacen(']', ",]", 1)),
            ("a comma at the beginning", text.replacen('{', "{,", 1)),
            ("single quotes", text.replace('"', "'")),
            ("a key without quotes", text.replacen(&format!("\"{key}\""), key, 1)),
            ("two values", format!("{text}{text}")),
            ("two values on two lines", format!("{text}\n{text}")),
            ("NaN", text.replacen(&person, "NaN", 1)),
            ("Infinity", text.replacen(&person, "Infinity", 1)),
            ("a number in hexadecimal", text.replacen(&person, "0x10", 1)),
            ("a number with a leading zero", text.replacen(&person, "01", 1)),
            ("a number with a plus", text.replacen(&person, "+1", 1)),
            ("a number without end", text.replacen(&person, "1.", 1)),
            ("a number beyond all numbers", text.replacen(&person, "1e400", 1)),
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
        bodies.into_iter().map(|(name, body)| malformed(name, body, NO_JSON)).collect()
    }

    /// What is JSON and none of it.
    fn none_of_it(&self) -> Vec<Malformed> {
        let text = self.good.to_string();
        let bodies = [
            ("null", "null".to_owned()),
            ("a number", "17".to_owned()),
            ("a number like a person's", ALVAR.to_owned()),
            ("a text", format!("\"{ALVAR}\"")),
            ("a list of it", format!("[{text}]")),
            ("an object in an object", format!("{{\"question\":{text}}}")),
            ("a question of JSON-RPC", format!("{{\"jsonrpc\":\"2.0\",\"method\":\"ask\",\"params\":{text}}}")),
            ("a question of GraphQL", format!("{{\"query\":\"{{ person(id: \\\"{ALVAR}\\\") {{ name }} }}\"}}")),
            ("an organisation number with a sign", text.replacen(ORGANISATION, &format!("-{ORGANISATION}"), 1)),
        ];
        let bodies = bodies.into_iter().chain(self.further.iter().cloned());
        bodies.map(|(name, body)| malformed(name, body, self.invalid())).collect()
    }

    /// Bodies in order under another name.
    fn media_types(&self) -> Vec<Malformed> {
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
        let body = self.good.to_string();
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
}
