//! Every decision can be made again from its record: under the policy that made it, and under another.
//!
//! That every record of every test agrees with its repository is looked at where a play ends.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use ssbtx_stage::components;
use ssbtx_stage::host::binary;
use ssbtx_stage::questions::Asking;

use crate::play::{ALVAR, FREDRIK, HENRIK, Play};
use crate::reviewed::{Departure, Reviewed, WIDE, list, staging, text, told};

#[tokio::test]
async fn replayed_under_another_policy_the_log_differs_as_its_review_said() {
    let play = Play::staged(staging());
    for person in [ALVAR, HENRIK, FREDRIK, ALVAR] {
        play.ask_as(&play.pki.arbetsmarknad, &Asking::about(person).including(&["AF", "MIV"])).await;
    }
    let records = play.records();
    let reviewed = Reviewed::of(&play, &records);
    let expected = reviewed.departures(&records);
    assert!(expected.values().any(|questions| *questions == 1), "protection makes no difference: {expected:?}");

    let under = components::path(WIDE);
    let mut replay = Command::new(binary("ssbtx"));
    replay.args(["policy", "replay"]).arg(play.audit_folder()).arg("--repository").arg(play.repository.directory());
    let told = told(replay.arg("--under").arg(under).args(["--format", "json"]));
    assert_eq!((&told["agree"], &told["under"]["questions"]), (&4.into(), &4.into()));
    let mut found: BTreeMap<Departure, u64> = BTreeMap::new();
    for departure in list(&told["under"]["departures"]) {
        let direction = if departure["change"] == "opened" { "opened" } else { "closed" };
        for path in list(&departure["elements"]).iter().flat_map(|line| list(&line["paths"])) {
            let element = (text(&departure["baseService"]), text(&departure["dataset"]), text(path), direction);
            *found.entry(element).or_default() += departure["questions"].as_u64().unwrap();
        }
    }
    assert_eq!(found, expected);
}

#[tokio::test]
async fn a_record_that_somebody_altered_does_not_agree_with_its_repository() {
    let play = Play::staged(staging());
    play.ask_as(&play.pki.arbetsmarknad, &Asking::about(ALVAR).including(&["AF"])).await;
    let mut record = play.records().remove(0);
    record["context"]["protectedIdentity"] = true.into();
    let altered = play.folder().join("altered.jsonl");
    fs::write(&altered, format!("{record}\n")).unwrap();
    let mut replay = Command::new(binary("ssbtx"));
    replay.args(["policy", "replay"]).arg(&altered).arg("--repository").arg(play.repository.directory());
    assert_eq!(replay.output().unwrap().status.code(), Some(1));
}
