//! The demo shows a newcomer the main job.

use std::process::Command;

use serde_json::Value;

use crate::play::state;

#[test]
fn the_demo_prints_both_roles_answers_as_json_and_nothing_else() {
    let demo = ssbtx_stage::host::binary("ssbtx-demo");
    let json = Command::new(demo).args(["--once", "--format", "json"]).output().unwrap();
    assert!(json.status.success(), "{}", String::from_utf8_lossy(&json.stderr));
    let answers: Vec<Value> = serde_json::from_slice(&json.stdout).unwrap();
    let roles: Vec<_> = answers.iter().map(|answer| answer["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["ekonomiskt-bistand", "arbetsmarknad"]);
    assert_eq!((state(&answers[0], "SO"), state(&answers[1], "SO")), ("answered", "not-permitted"));
}

#[test]
fn the_demo_shows_what_each_role_got_and_what_was_withheld_and_why() {
    let demo = ssbtx_stage::host::binary("ssbtx-demo");
    let tables = Command::new(demo).arg("--once").output().unwrap();
    let text = String::from_utf8_lossy(&tables.stdout);
    for expected in
        ["Arbetsförmedlingen (AF)", "ssbtx-arbetsmarknad", "basis-pending", "curl --silent", "data, ", "SSBT-108"]
    {
        assert!(text.contains(expected), "`{expected}` is not in\n{text}");
    }
    assert!(!text.contains('\u{1b}'), "colours only on a terminal");
}
