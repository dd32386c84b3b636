//! A source in several files.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use std::path::Path;

use ssbtx_policy_source::{BuildError, Folder, InvalidSource, Policy};
use tempfile::TempDir;

const HEAD: &str = r#"
role = "arbetsmarknad"
version = "1.0.0"
title.sv = "Arbetsmarknad"
title.en = "Labour market"
purposes = ["arendehandlaggning"]
include = ["policy/af.toml", "policy/so.toml"]

[[basis]]
id = "practice"
act = "SSBTEK version 10"
pending = true
title.sv = "Praxis"
title.en = "Practice"
"#;

const AF: &str = r#"
[[basis]]
id = "law"
act = "SoL (2025:400)"
provision = "15 kap. 11 §"
from = "2025-07-01"
title.sv = "Identitet"
title.en = "Identity"

[[open]]
agency = "AF"
datasets = ["identitet"]
basis = "law"
"#;

const SO: &str = r#"
[[open]]
agency = "SO"
datasets = ["identitet"]
basis = "practice"

[[closed]]
agency = "SO"
datasets = ["utbetalning"]
reason = "not-needed"
"#;

const CASES: &str = "include = [\"cases/af.toml\"]\n\n[[case]]\npromise = \"who it is\"\nagency = \"SO\"\n\
    elements = [\"IdentificationNumber\"]\ndisclose = \"practice\"\n";
const AF_CASES: &str =
    "[[case]]\npromise = \"identity is seen\"\nagency = \"AF\"\nelements = [\"Svar/Fornamn\"]\ndisclose = \"law\"\n";

#[test]
fn rules_and_cases_of_included_files_are_those_of_the_policy() {
    let folder = folder(AF, AF_CASES);
    build(&folder).unwrap();
    let tables = std::fs::read_to_string(folder.path().join("tables.rs")).unwrap();
    for written in ["\"law\"", "\"practice\"", "agency: \"AF\"", "agency: \"SO\"", "identity is seen", "who it is"] {
        assert!(tables.contains(written), "{written}");
    }
}

#[test]
fn a_fault_in_an_included_file_is_told_with_that_file() {
    let told = |af: &str, af_cases: &str| match build(&folder(af, af_cases)).unwrap_err() {
        BuildError::Source { fault, .. } => fault.to_string(),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        told(&AF.replace("= \"law\"\n", "= \"lag\"\n").replacen("lag", "law", 1), AF_CASES),
        "`policy/af.toml`, `[[open]]` number 1 (`AF`): basis `lag` is not listed under `[[basis]]`\n\
         `policy/af.toml`, `[[basis]]` number 1 (`law`): no rule rests on this basis"
    );
    assert_eq!(
        told(&AF.replace("agency = \"AF\"", "agency = \"SO\""), AF_CASES),
        "`policy/so.toml`, `[[open]]` number 1 (`SO`): `identitet` is already given in `policy/af.toml`, `[[open]]` number 1 (`SO`)"
    );
    assert_eq!(
        told(AF, &AF_CASES.replace("\"law\"", "\"lag\"")),
        "`cases/af.toml`, `[[case]]` number 1 (`identity is seen`): basis `lag` is not listed under `[[basis]]`"
    );
}

#[test]
fn an_included_file_that_is_missing_or_is_no_such_file_is_told_by_its_name() {
    let missing = Policy::parse(HEAD, &Folder::new(Path::new("no folder"))).unwrap_err();
    assert_eq!(missing.to_string(), "`policy/af.toml`, which it includes, cannot be read");
    for strange in ["role = \"another\"\n", "include = [\"more.toml\"]\n"] {
        let folder = folder(&format!("{strange}{AF}"), AF_CASES);
        let error = Policy::parse(HEAD, &Folder::new(folder.path())).unwrap_err();
        assert!(matches!(&error, InvalidSource::IncludedForm { file, .. } if file == "policy/af.toml"), "{error:?}");
    }
}

fn folder(af: &str, af_cases: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let file = folder.path().join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    };
    write("policy.toml", HEAD);
    write("policy/af.toml", af);
    write("policy/so.toml", SO);
    write("cases.toml", CASES);
    write("cases/af.toml", af_cases);
    folder
}

fn build(folder: &TempDir) -> Result<(), BuildError> {
    ssbtx_policy_source::write_tables(&Folder::new(folder.path()), folder.path())
}
