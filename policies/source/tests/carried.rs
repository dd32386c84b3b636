//! Cases as they travel in a policy's component.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use std::fs;

use ssbtx_policy_source::{BuildError, Folder, carried_cases};

const POLICY: &str = r#"
role = "arbetsmarknad"
version = "1.0.0"
title.sv = "Arbetsmarknad"
title.en = "Labour market"
purposes = ["arendehandlaggning", "uppfoljning"]

[[basis]]
id = "practice"
act = "SSBTEK version 10"
pending = true
title.sv = "Praxis"
title.en = "Practice"

[[open]]
agency = "AF"
datasets = ["identitet"]
basis = "practice"
"#;

const CASES: &str = r#"
[[case]]
promise = "who it is"
agency = "AF"
elements = ["Svar/*/@kod", "Svar"]
disclose = "practice"

[[case]]
promise = "a child is not seen"
agency = "AF"
elements = ["Svar"]
relation = "household-child"
consents = ["samtycke"]
protected-identity = true
withhold = "wrong-relation"
"#;

fn carried(policy: &str, cases: &str) -> Result<String, BuildError> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("policy.toml"), policy).unwrap();
    fs::write(folder.path().join("cases.toml"), cases).unwrap();
    carried_cases(&Folder::new(folder.path()))
}

#[test]
fn a_case_says_everything_that_a_policy_is_told_and_what_it_must_say() {
    let expected = concat!(
        r#"{"kind":"ssbtx-cases","version":1,"policy":["#,
        r#"{"promise":"who it is","agency":"AF","purpose":"arendehandlaggning","relation":"subject","consents":[],"#,
        r#""protectedIdentity":false,"askedOn":"2026-01-01","elements":["Svar/*/@kod","Svar"],"expected":{"disclose":"practice"}},"#,
        r#"{"promise":"a child is not seen","agency":"AF","purpose":"arendehandlaggning","relation":"household-child","#,
        r#""consents":["samtycke"],"protectedIdentity":true,"askedOn":"2026-01-01","elements":["Svar"],"#,
        r#""expected":{"withhold":"wrong-relation"}}]}"#
    );
    assert_eq!(carried(POLICY, CASES).unwrap(), expected);
}

#[test]
fn a_source_with_a_fault_carries_nothing() {
    let faulty = CASES.replace("disclose = \"practice\"", "disclose = \"no-such\"");
    assert!(matches!(carried(POLICY, &faulty), Err(BuildError::Source { file: "cases.toml", .. })));
}
