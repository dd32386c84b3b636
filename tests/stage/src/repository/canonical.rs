//! The bytes that signatures are over.

use serde_json::Value;

/// Writes JSON canonically: members in the order of their names, no white space, only `"` and `\` escaped.
///
/// # Source
///
/// OLPC's canonical JSON, which TUF names; what is written here holds no number but integers and no text that is not in Unicode's composed
/// form already.
pub(super) fn canonical(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            // By their names with the quotation marks, as `tough` does: `a!` stands before `a`.
            let mut members: Vec<_> = members.iter().map(|(name, value)| (quoted(name), value)).collect();
            members.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
            let members = members.into_iter().map(|(name, value)| format!("{name}:{}", canonical(value)));
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
