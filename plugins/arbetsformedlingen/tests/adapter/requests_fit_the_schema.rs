//! The requests against the published schema, by xmllint.
//!
//! The schema is not part of the project. It is read from the folder that `SSBTX_CONTRACTS` names, else from `shared/contracts` beside the
//! checkout; where neither is there, the test says that it did not run.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::exchange::{planned, question};

#[test]
fn a_request_is_valid_with_and_without_what_is_optional() {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/contracts");
    let folder = std::env::var_os("SSBTX_CONTRACTS").map_or_else(beside, PathBuf::from);
    let schema = folder.join("ssbtek-v10").join(SCHEMA);
    if !schema.is_file() {
        println!("did not run: no published schemas; name their folder in SSBTX_CONTRACTS");
        return;
    }
    let mut bare = question(&[]);
    bare.requester.processors.clear();
    bare.correlation_id = None;
    for question in [question(&["identitet"]), bare] {
        let (_, payload) = planned(question);
        let mut xmllint = Command::new("xmllint")
            .args(["--noout", "--schema"])
            .arg(&schema)
            .arg("-")
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        xmllint.stdin.take().unwrap().write_all(payload.as_bytes()).unwrap();
        assert!(xmllint.wait().unwrap().success(), "{payload}");
    }
}

const SCHEMA: &str = "se/arbetsformedlingen/api/arbetssokande/ersattningsstod/v2/ers_stod.xsd";
