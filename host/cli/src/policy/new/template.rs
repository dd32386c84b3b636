//! The files of a new policy.

use ssbtx_core::Role;

use super::rules::Rules;

/// Each file's path in the crate, with its text.
pub fn files(role: &Role, title: &str, rules: &Rules) -> Vec<(String, String)> {
    let included = |folder: &str| {
        let lines: Vec<String> = rules.iter().map(|of| format!("    \"{folder}/{}\",\n", of.file)).collect();
        lines.concat()
    };
    let fill = |text: &str| {
        text.replace("{role}", role.as_str())
            .replace("{title}", &quoted(title))
            .replace("{crate}", &package(role).replace('-', "_"))
            .replace("{policies}", &included("policy"))
            .replace("{cases}", &included("cases"))
    };
    let mut files: Vec<(String, String)> = FILES.iter().map(|(path, text)| ((*path).to_owned(), fill(text))).collect();
    for of in rules.iter() {
        files.push((format!("policy/{}", of.file), of.rules.clone()));
        files.push((format!("cases/{}", of.file), of.cases.clone()));
    }
    files
}

/// The crate's name.
pub fn package(role: &Role) -> String {
    format!("ssbtx-policy-{role}")
}

/// A text as it stands between the quotation marks of TOML.
fn quoted(text: &str) -> String {
    text.chars()
        .flat_map(|character| {
            let is_plain = !character.is_control() && !matches!(character, '"' | '\\');
            let written = if is_plain { character.to_string() } else { format!("\\u{:04X}", u32::from(character)) };
            written.chars().collect::<Vec<_>>()
        })
        .collect()
}

const FILES: [(&str, &str); 6] = [
    ("Cargo.toml", include_str!("template/Cargo.toml.txt")),
    ("build.rs", include_str!("template/build.rs.txt")),
    ("policy.toml", include_str!("template/policy.toml.txt")),
    ("cases.toml", include_str!("template/cases.toml.txt")),
    ("src/lib.rs", include_str!("template/lib.rs.txt")),
    ("tests/cases.rs", include_str!("template/cases.rs.txt")),
];

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_title_cannot_end_the_text_that_it_stands_in() {
        assert_eq!(quoted("a\"\\\nö"), "a\\u0022\\u005C\\u000Aö");
    }
}
