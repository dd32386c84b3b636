//! The bytes that signatures are over.

use serde_json::Value;

/// Writes JSON canonically: members in the order of their names, no white space, only `"` and `\` escaped.
///
/// # Source
///
/// OLPC's canonical JSON, which TUF names; what is written here holds no number but integers and no text beyond ASCII.
pub(super) fn canonical(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_unstable_by_key(|(name, _)| name.as_str());
            let members = members.into_iter().map(|(name, value)| format!("{}:{}", quoted(name), canonical(value)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
        Value::String(text) => quoted(text),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::canonical;

    #[test]
    fn members_are_in_the_order_of_their_names() {
        let value = json!({ "b": [1, true, null], "a": { "d": "x", "c": "\"\\/" } });
        assert_eq!(canonical(&value), r#"{"a":{"c":"\"\\/","d":"x"},"b":[1,true,null]}"#);
    }
}
