//! The demo shows a newcomer the main job.

use std::process::Command;

use serde_json::Value;

use crate::play::state;

/// Both promises in one test: two demos at once would share their folder.
#[test]
fn the_demo_prints_both_roles_answers_as_json_alone_or_as_tables_without_colours() {
    let demo = ssbtx_stage::host::binary("ssbtx-demo");
    let json = Command::new(&demo).args(["--once", "--format", "json"]).output().unwrap();
    assert!(json.status.success(), "{}", String::from_utf8_lossy(&json.stderr));
    let answers: Vec<Value> = serde_json::from_slice(&json.stdout).unwrap();
    let roles: Vec<_> = answers.iter().map(|answer| answer["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["ekonomiskt-bistand", "arbetsmarknad"]);
    assert_eq!((state(&answers[0], "SO"), state(&answers[1], "SO")), ("answered", "not-permitted"));

    let tables = Command::new(&demo).arg("--once").output().unwrap();
    let text = String::from_utf8_lossy(&tables.stdout);
    for expected in
        ["Arbetsförmedlingen (AF)", "ssbtx-arbetsmarknad", "basis-pending", "curl --silent", "data, ", "SSBT-108"]
    {
        assert!(text.contains(expected), "`{expected}` is not in\n{text}");
    }
    assert!(!text.contains('\u{1b}'), "colours only on a terminal");
}
