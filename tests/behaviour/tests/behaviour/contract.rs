//! The published contract of SSBTEK v10, which answers are held to.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::play::Play;

/// Where the published contract is, or `None`, having said so: `cargo xtask test` says it too.
fn schema() -> Option<PathBuf> {
    let folder = std::env::var_os("SSBTX_CONTRACTS")
        .map_or_else(|| ssbtx_stage::components::workspace().join("../shared/contracts"), PathBuf::from);
    let schema =
        folder.join("ssbtek-v10/se/forsakringskassan/schema/integration/ssbt/_10/sammansatt_bastjanst_v10.xsd");
    if schema.is_file() {
        return Some(schema);
    }
    println!(
        "did not run: `{}` is not there; SSBTX_CONTRACTS names the folder of the published contract",
        schema.display()
    );
    None
}

/// Validates the element inside a SOAP Body with xmllint.
pub(crate) fn assert_valid(play: &Play, envelope: &str, what: &str) {
    let Some(schema) = schema() else { return };
    let document = roxmltree::Document::parse(envelope).unwrap();
    let body = document.descendants().find(|node| node.tag_name().name() == "Body").unwrap();
    let payload = body.first_element_child().unwrap();
    // xmllint validates whole documents: the payload is cut out, with the prefixes that the envelope declares for it.
    let declarations: String = payload
        .namespaces()
        .filter(|namespace| namespace.name() != Some("xml"))
        .map(|namespace| match namespace.name() {
            Some(prefix) => format!(" xmlns:{prefix}=\"{}\"", namespace.uri()),
            None => format!(" xmlns=\"{}\"", namespace.uri()),
        })
        .collect();
    let text = &envelope[payload.range()];
    let name_ends = text.find([' ', '>', '/']).unwrap();
    let own_attributes = &text[name_ends..];
    let cut = if own_attributes.trim_start().starts_with("xmlns") {
        text.to_owned()
    } else {
        format!("{}{declarations}{own_attributes}", &text[..name_ends])
    };
    let file = play.folder().join("payload.xml");
    fs::write(&file, cut).unwrap();
    let checked = Command::new("xmllint").arg("--noout").arg("--schema").arg(&schema).arg(&file).output().unwrap();
    assert!(checked.status.success(), "{what}: {}", String::from_utf8_lossy(&checked.stderr));
}
