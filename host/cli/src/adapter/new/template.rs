//! The files of a new adapter.

use ssbtx_core::AgencyId;

use super::name::AgencyName;

/// Each file with its text, in which the names of agency, folder, crate and type are still to be filled in.
pub const FILES: [(&str, &str); 17] = [
    ("Cargo.toml", include_str!("template/Cargo.toml.txt")),
    ("README.md", include_str!("template/README.md.txt")),
    ("build.rs", include_str!("template/build.rs.txt")),
    ("catalogue.toml", include_str!("template/catalogue.toml.txt")),
    ("src/lib.rs", include_str!("template/lib.rs.txt")),
    ("src/catalogue.rs", include_str!("template/catalogue.rs.txt")),
    ("src/translate.rs", include_str!("template/translate.rs.txt")),
    ("src/translate/answer.rs", include_str!("template/answer.rs.txt")),
    ("src/translate/request.rs", include_str!("template/request.rs.txt")),
    ("tests/adapter/main.rs", include_str!("template/main.rs.txt")),
    ("tests/adapter/catalogue.rs", include_str!("template/test_catalogue.rs.txt")),
    ("tests/adapter/outcomes.rs", include_str!("template/test_outcomes.rs.txt")),
    ("tests/adapter/promises.rs", include_str!("template/promises.rs.txt")),
    ("tests/adapter/request.rs", include_str!("template/test_request.rs.txt")),
    ("cases/question.json", include_str!("template/question.json.txt")),
    ("cases/an-open-matter-is-answered/expected.json", include_str!("template/expected.json.txt")),
    ("cases/an-open-matter-is-answered/replies/1.http", include_str!("template/1.http.txt")),
];

/// Fills the names in.
pub fn fill(text: &str, agency: AgencyId, name: &AgencyName) -> String {
    text.replace("{AGENCY}", agency.as_str())
        .replace("{agency}", &agency.as_str().to_ascii_lowercase())
        .replace("{name}", name.as_str())
        .replace("{folder}", &name.folder())
        .replace("{crate}", &name.crate_name())
        .replace("{Type}", &name.type_name())
}
