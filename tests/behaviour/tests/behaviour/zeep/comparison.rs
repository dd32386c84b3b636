//! What zeep read, beside what it was told.

use roxmltree::{Document, Node};
use serde_json::Value;

/// Whether what zeep read of an agency is what it was told, and what the JSON front says of the same document.
///
/// The JSON front groups what repeats, so values are compared sorted. Försäkringskassan's document depends on the caller's own question, which the
/// JSON front does not take.
pub(super) fn assert_same(agency: &str, told: Node<'_, '_>, document: &Value, block: &Value) {
    if let Some(wrapped) = block["wrapped"].as_str() {
        assert_eq!(wrapped, told.first_element_child().unwrap().text().unwrap(), "{agency}");
    }
    if agency == "FK" {
        let read: Value = serde_json::from_str(block["json"].as_str().unwrap()).unwrap();
        assert!(read.as_object().is_some_and(|members| !members.is_empty()), "{agency}: {read}");
        return;
    }
    let mut expected = Vec::new();
    leaves("", document, &mut expected);
    let of_zeep = block["leaves"].as_array().unwrap_or_else(|| panic!("{agency} has no data: {block}"));
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let mut read: Vec<_> = of_zeep.iter().map(|leaf| (text(&leaf[0]), plain(&text(&leaf[1])))).collect();
    expected.sort();
    read.sort();
    assert_eq!(read, expected, "{agency}");
}

/// Whether zeep read of an error what it was told.
pub(super) fn assert_same_error(agency: &str, told: Node<'_, '_>, block: &Value) {
    let texts: Vec<_> = told.children().filter_map(|node| node.text()).collect();
    let read = [&block["kalla"], &block["felkod"]].into_iter().chain(block["felmeddelande"].as_array().unwrap());
    assert_eq!(read.map(|text| text.as_str().unwrap()).collect::<Vec<_>>(), texts, "{agency}");
}

/// Whether zeep read of a test what it was told: that the base service was called, and what went wrong.
pub(super) fn assert_same_test(told: Node<'_, '_>, read: &Value) {
    let mut told = told.children();
    assert_eq!(told.next().unwrap().text(), Some(if read["anropad"].as_bool().unwrap() { "true" } else { "false" }));
    match told.next() {
        Some(error) => assert_same_error("the test", error, &read["error"]),
        None => assert_eq!(read["error"], Value::Null),
    }
}

/// An agency's block in the answer to either operation.
pub(super) fn block_of<'a, 'i>(answer: &'a Document<'i>, agency: &str) -> Node<'a, 'i> {
    answer.descendants().find(|node| node.tag_name().name() == agency).unwrap()
}

/// Every value of a document in JSON with the name of its element or attribute.
fn leaves(name: &str, value: &Value, into: &mut Vec<(String, String)>) {
    let name = name.trim_start_matches('@');
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                leaves(if key == "#text" { name } else { key }, member, into);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| leaves(name, item, into)),
        Value::Null => {}
        Value::String(text) if text.is_empty() => {}
        Value::String(text) => into.push((name.to_owned(), plain(text))),
        Value::Bool(_) | Value::Number(_) => into.push((name.to_owned(), plain(&value.to_string()))),
    }
}

/// A number without the digits that make no difference to it: both sides have read numbers by now. That digits stay is shown elsewhere.
fn plain(text: &str) -> String {
    text.parse::<f64>().map_or_else(|_| text.to_owned(), |number| number.to_string())
}
