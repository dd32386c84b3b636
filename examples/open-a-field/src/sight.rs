//! What the asker sees of one agency's part.

use std::fmt::Write as _;

use anyhow::{Context, Result};
use serde_json::Value;

/// The part of Arbetsförmedlingen, as lines: its state, every value of its answer under its path, and what is withheld for which reason.
///
/// # Errors
///
/// Where the answer has no such part.
pub fn of(answer: &Value) -> Result<String> {
    let parts = answer["parts"].as_array().context("find the answer's parts")?;
    let part = parts.iter().find(|part| part["agency"] == "AF").context("find Arbetsförmedlingen's part")?;
    let mut text = format!(
        "  policy {} {}\n  AF: {}\n",
        text_of(&answer["edition"]["policy"], "version"),
        short(&text_of(&answer["edition"]["policy"], "sha256")),
        text_of(part, "state")
    );
    values(&part["document"]["Svar"], &mut vec!["Svar".to_owned()], &mut text)?;
    for withheld in part["withheld"].as_array().into_iter().flatten() {
        let reason = text_of(withheld, "reason");
        let named = ["basis", "tightening"].iter().find_map(|member| withheld[member].as_str());
        let named = named.map(|name| format!(" ({name})")).unwrap_or_default();
        writeln!(text, "    ✗ {}: {reason}{named}", text_of(withheld, "element"))?;
    }
    Ok(text)
}

/// A digest's first digits, which are enough to tell two apart by eye.
pub fn short(digest: &str) -> String {
    digest.chars().take(DIGITS).collect()
}

fn values(value: &Value, path: &mut Vec<String>, text: &mut String) -> Result<()> {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                path.push(name.clone());
                values(member, path, text)?;
                path.pop();
            }
        }
        Value::Array(items) => {
            for item in items {
                values(item, path, text)?;
            }
        }
        Value::Null => {}
        value => writeln!(
            text,
            "    {} = {}",
            path.join("/"),
            value.as_str().map_or_else(|| value.to_string(), str::to_owned)
        )?,
    }
    Ok(())
}

fn text_of(value: &Value, member: &str) -> String {
    value[member].as_str().unwrap_or("–").to_owned()
}

const DIGITS: usize = 12;
