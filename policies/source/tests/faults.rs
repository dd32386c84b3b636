//! Each kind of mistake in a policy's source, and what its author is told.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail where it stands")]

use std::path::Path;

use ssbtx_policy_source::{Cases, Folder, InvalidSource, Policy};

const POLICY: &str = r#"
role = "arbetsmarknad"
version = "1.0.0"
title.sv = "Arbetsmarknad"
title.en = "Labour market"
purposes = ["arendehandlaggning"]

[[basis]]
id = "law"
act = "SoL (2025:400)"
provision = "15 kap. 11 §"
item = "SFS 2008:975 5 § 1"
from = "2025-07-01"
until = "2027-12-31"
title.sv = "Identitet"
title.en = "Identity"

[[basis]]
id = "practice"
act = "SSBTEK version 10"
pending = true
title.sv = "Praxis"
title.en = "Practice"

[[open]]
agency = "AF"
datasets = ["identitet"]
basis = "law"

[[open]]
agency = "AF"
datasets = ["inskrivning"]
elements = ["Svar/Fornamn", "Svar/@Status"]
basis = "practice"
relations = ["subject"]
consent = "arbetsgivare"
protected-identity = "withhold"

[[closed]]
agency = "SO"
datasets = ["utbetalning"]
reason = "not-needed"
"#;

const CASES: &str = r#"
[[case]]
promise = "identity is seen"
agency = "AF"
elements = ["Svar/Fornamn"]
disclose = "law"

[[case]]
promise = "payments are not needed"
agency = "SO"
elements = ["Lista/Utbetalningar"]
relation = "household-adult"
consents = ["arbetsgivare"]
protected-identity = true
withhold = "not-needed"
"#;

#[test]
fn ok_source() {
    cases(CASES).unwrap();
}

#[test]
fn err_policy() {
    for (written, instead, told) in [
        (
            r#"role = "arbetsmarknad""#,
            r#"role = "Arbetsmarknad""#,
            "at the top: `role` is `Arbetsmarknad`, expected 1 to 64 characters `a`–`z`, `0`–`9` and `-`",
        ),
        (
            r#"version = "1.0.0""#,
            r#"version = "1.0""#,
            "at the top: `version` is `1.0`, expected three numbers with points between, such as `1.0.0`",
        ),
        (r#"title.sv = "Arbetsmarknad""#, r#"title.sv = """#, "at the top: `title.sv` is empty"),
        (r#"["arendehandlaggning"]"#, "[]", "at the top: `purposes` is empty"),
        (
            r#"["arendehandlaggning"]"#,
            r#"["Ärende"]"#,
            "at the top: `purposes` is `Ärende`, expected 1 to 64 characters `a`–`z`, `0`–`9` and `-`",
        ),
        (
            r#"title.en = "Identity""#,
            r#"title.en = " Identity""#,
            "`[[basis]]` number 1 (`law`): `title.en` is ` Identity`, expected a text on one line, without space around it",
        ),
        (r#"act = "SoL (2025:400)""#, r#"act = """#, "`[[basis]]` number 1 (`law`): `act` is empty"),
        (r#"item = "SFS 2008:975 5 § 1""#, r#"item = """#, "`[[basis]]` number 1 (`law`): `item` is empty"),
        (
            "2025-07-01",
            "2025-06-31",
            "`[[basis]]` number 1 (`law`): `from` is `2025-06-31`, expected a day of the calendar, `yyyy-MM-dd`",
        ),
        (
            "2027-12-31",
            "31/12 2027",
            "`[[basis]]` number 1 (`law`): `until` is `31/12 2027`, expected a day of the calendar, `yyyy-MM-dd`",
        ),
        (
            "2027-12-31",
            "2025-06-30",
            "`[[basis]]` number 1 (`law`): `until` is `2025-06-30`, before `from`, which is `2025-07-01`",
        ),
        (
            "from = \"2025-07-01\"\n",
            "",
            "`[[basis]]` number 1 (`law`): expected either `provision` and `from`, for a basis in law, or `pending = true` without `provision`, `item`, `from` and `until`",
        ),
        (
            "pending = true",
            "pending = true\nuntil = \"2027-01-01\"",
            "`[[basis]]` number 2 (`practice`): expected either `provision` and `from`, for a basis in law, or `pending = true` without `provision`, `item`, `from` and `until`",
        ),
        (
            "pending = true\n",
            "",
            "`[[basis]]` number 2 (`practice`): expected either `provision` and `from`, for a basis in law, or `pending = true` without `provision`, `item`, `from` and `until`",
        ),
        (
            r#"basis = "law""#,
            r#"basis = "lag""#,
            "`[[open]]` number 1 (`AF`): basis `lag` is not listed under `[[basis]]`\n`[[basis]]` number 1 (`law`): no rule rests on this basis",
        ),
        (r#"basis = "law""#, r#"basis = "practice""#, "`[[basis]]` number 1 (`law`): no rule rests on this basis"),
        (
            r#"agency = "SO""#,
            r#"agency = "so""#,
            "`[[closed]]` number 1 (`so`): `agency` is `so`, expected 1 to 8 characters `A`–`Z` and `0`–`9`",
        ),
        (
            r#"["identitet"]"#,
            "[]",
            "`[[open]]` number 1 (`AF`): expected `datasets` or `elements` that the rule is about",
        ),
        (
            r#"["identitet"]"#,
            r#"["inskrivning"]"#,
            "`[[open]]` number 2 (`AF`): `inskrivning` is already given in `[[open]]` number 1 (`AF`)",
        ),
        (
            "Svar/@Status",
            "Svar/Fornamn",
            "`[[open]]` number 2 (`AF`): `Svar/Fornamn` is already given in `[[open]]` number 2 (`AF`)",
        ),
        (
            "Svar/@Status",
            "/Svar/Status",
            "`[[open]]` number 2 (`AF`): `elements` is `/Svar/Status`, expected names with `/` between, below the document's root, `@` before an attribute's, which is last, `*` for any one element",
        ),
        (r#"relations = ["subject"]"#, "relations = []", "`[[open]]` number 2 (`AF`): `relations` is empty"),
        (r#"consent = "arbetsgivare""#, r#"consent = """#, "`[[open]]` number 2 (`AF`): `consent` is empty"),
    ] {
        assert_eq!(policy_fault(written, instead), told, "{instead}");
    }
}

#[test]
fn a_basis_that_is_given_twice_is_told_with_both_places() {
    let told = policy_fault(r#"id = "practice""#, r#"id = "law""#);
    let duplicate = "`[[basis]]` number 2 (`law`): `law` is already given in `[[basis]]` number 1 (`law`)";
    assert_eq!(told.lines().next(), Some(duplicate));
}

#[test]
fn a_rule_that_closes_what_another_opens_is_told_with_both_places() {
    let told =
        policy_fault("agency = \"SO\"\ndatasets = [\"utbetalning\"]", "agency = \"AF\"\ndatasets = [\"identitet\"]");
    assert_eq!(told, "`[[closed]]` number 1 (`AF`): `identitet` is already given in `[[open]]` number 1 (`AF`)");
}

#[test]
fn every_fault_is_told_at_once() {
    let text = POLICY.replace("1.0.0", "1").replace("2025-07-01", "i somras").replace("\"AF\"", "\"af\"");
    let Err(InvalidSource::Faults(faults)) = policy(&text) else { panic!("expected faults") };
    assert_eq!(faults.iter().count(), 4);
}

#[test]
fn an_unknown_or_missing_key_is_told_with_its_line() {
    for (written, instead, told) in [
        ("protected-identity", "protected_identity", "unknown field `protected_identity`"),
        ("pending = true", "pending = true\nnote = \"a\"", "unknown field `note`"),
        ("role =", "roll =", "unknown field `roll`"),
        ("reason =", "because =", "unknown field `because`"),
        ("title.sv = \"Praxis\"", "title.fi = \"Praxis\"", "unknown field `fi`"),
        ("version = \"1.0.0\"\n", "", "missing field `version`"),
        ("reason = \"not-needed\"", "reason = \"because\"", "unknown variant `because`"),
        ("[\"subject\"]", "[\"neighbour\"]", "unknown variant `neighbour`"),
    ] {
        assert_form_error(policy(&changed(POLICY, written, instead)), told);
    }
}

#[test]
fn err_cases() {
    for (written, instead, told) in [
        (r#"promise = "identity is seen""#, r#"promise = """#, "`[[case]]` number 1 (``): `promise` is empty"),
        (
            "payments are not needed",
            "identity is seen",
            "`[[case]]` number 2 (`identity is seen`): `identity is seen` is already given in `[[case]]` number 1 (`identity is seen`)",
        ),
        (
            r#"agency = "AF""#,
            r#"agency = "CSN""#,
            "`[[case]]` number 1 (`identity is seen`): agency `CSN` has no rule in `policy.toml`",
        ),
        (r#"["Svar/Fornamn"]"#, "[]", "`[[case]]` number 1 (`identity is seen`): `elements` is empty"),
        (
            "Svar/Fornamn",
            "Svar/",
            "`[[case]]` number 1 (`identity is seen`): `elements` is `Svar/`, expected names with `/` between, below the document's root, `@` before an attribute's, which is last, `*` for any one element",
        ),
        (
            r#"disclose = "law""#,
            r#"disclose = "lag""#,
            "`[[case]]` number 1 (`identity is seen`): basis `lag` is not listed under `[[basis]]`",
        ),
        (
            "disclose = \"law\"\n",
            "",
            "`[[case]]` number 1 (`identity is seen`): expected either `disclose` with a basis or `withhold` with a reason",
        ),
        (
            r#"disclose = "law""#,
            "disclose = \"law\"\nwithhold = \"not-needed\"",
            "`[[case]]` number 1 (`identity is seen`): expected either `disclose` with a basis or `withhold` with a reason",
        ),
    ] {
        let error = cases(&changed(CASES, written, instead)).unwrap_err();
        assert_eq!(error.to_string(), told, "{instead}");
    }
    let misspelt = changed(CASES, "protected-identity", "protected");
    assert_form_error(cases(&misspelt), "unknown field `protected`");
}

#[test]
fn the_build_names_the_file_and_its_faults() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("policy.toml"), POLICY).unwrap();
    let error = ssbtx_policy_source::write_tables(&Folder::new(folder.path()), folder.path()).unwrap_err();
    assert_eq!(error.to_string(), "cannot read `cases.toml`");

    std::fs::write(folder.path().join("cases.toml"), changed(CASES, "\"law\"", "\"lag\"")).unwrap();
    let error = ssbtx_policy_source::write_tables(&Folder::new(folder.path()), folder.path()).unwrap_err();
    assert_eq!(error.to_string(), "`cases.toml` cannot be used");
    assert!(!folder.path().join("tables.rs").exists());
}

#[test]
fn the_same_source_gives_the_same_tables() {
    let tables = || {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("policy.toml"), POLICY).unwrap();
        std::fs::write(folder.path().join("cases.toml"), CASES).unwrap();
        ssbtx_policy_source::write_tables(&Folder::new(folder.path()), folder.path()).unwrap();
        std::fs::read_to_string(folder.path().join("tables.rs")).unwrap()
    };
    assert_eq!(tables(), tables());
}

/// A source without included files.
fn policy(text: &str) -> Result<Policy, InvalidSource> {
    Policy::parse(text, &Folder::new(Path::new("no folder")))
}

fn cases(text: &str) -> Result<Cases, InvalidSource> {
    Cases::parse(text, &policy(POLICY).unwrap(), &Folder::new(Path::new("no folder")))
}

fn policy_fault(written: &str, instead: &str) -> String {
    policy(&changed(POLICY, written, instead)).unwrap_err().to_string()
}

fn assert_form_error<T: std::fmt::Debug>(outcome: Result<T, InvalidSource>, told: &str) {
    let Err(InvalidSource::Form(cause)) = outcome else { panic!("expected a form error, found {outcome:?}") };
    let text = cause.to_string();
    assert!(text.contains(told) && text.contains("line"), "{text}");
}

/// The source with one thing changed, once.
fn changed(source: &str, written: &str, instead: &str) -> String {
    assert!(source.contains(written), "{written}");
    source.replacen(written, instead, 1)
}
