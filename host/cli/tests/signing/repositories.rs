//! A repository is made, changed and kept alive with commands alone.

use std::fs;

use crate::desk::{Desk, FOUNDING, ONLINE};

#[test]
fn a_repository_is_made_by_all_who_sign_for_it_and_a_host_takes_it() {
    let desk = Desk::new();
    desk.keys();
    let told = desk.done(FOUNDING);
    assert!(told.contains("root: signed by 0 of 2: nobody; 2 more of: Olle Root, Olga Root, Oskar Root"), "{told}");
    desk.signed("founding", &["olle", "anna", "bo", "anders"]);
    desk.refused(&Desk::publishing("repo", "founding"), "role `root` is signed by 1 of 2 persons");
    assert!(!desk.path("root.json").exists());
    desk.signed("founding", &["olga"]);
    desk.publish("founding");
    let verified = desk.json("verify repository --root root.json --signatures-only");
    assert_eq!(verified["version"], 1);
    desk.refused("verify repository --root root.json", "repository holds no policy");
    assert_eq!(desk.ssbtx("verify nowhere --root root.json").code, Some(2));
    assert_eq!(desk.ssbtx("verify repository --root nowhere.json").code, Some(2));
    desk.refused("verify repository --root repository/metadata/timestamp.json", "verify the repository");
}

#[test]
fn the_status_names_every_role_and_person_and_tells_what_is_due() {
    let desk = Desk::founded();
    let text = desk.done("repo status repository");
    for expected in ["governance", "Åsa Exempel", "tightening", "nothing is due"] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    let status = desk.json("repo status repository");
    let root = &status["roles"][0];
    assert_eq!((&root["role"], &root["threshold"]), (&"root".into(), &2.into()));
    assert_eq!(root["maySign"][0]["person"], "Olle Root");
    assert_eq!(root["daysLeft"], 364);

    desk.done("repo renew root --repository repository --out short --root-days 20");
    desk.signed("short", &["olle", "olga"]);
    desk.publish("short");
    let text = desk.done("repo status repository");
    assert!(text.contains("due: `repo renew root` before "), "{text}");
    assert_eq!(desk.json("repo status repository")["next"][0]["role"], "root");
    assert_eq!(desk.ssbtx("repo status nowhere").code, Some(2));
}

#[test]
fn a_timer_renews_the_timestamp_with_its_key_alone_and_says_when_the_snapshots_is_needed() {
    let desk = Desk::founded();
    let timestamp = "repo timestamp repository --timestamp-key timestamp.key --timestamp-passphrase-file passphrase";
    assert_eq!(desk.done(timestamp), "published timestamp.json\n");
    desk.refused(&format!("{timestamp} --renew-snapshot-within 8"), "role `snapshot` needs its key");
    let both = desk.json(&format!("repo timestamp repository {ONLINE} --renew-snapshot-within 8"));
    assert_eq!(both["published"], serde_json::json!(["2.snapshot.json", "timestamp.json"]));
    desk.done("verify repository --root root.json --signatures-only");
}

#[test]
fn an_officer_who_lost_a_key_is_given_another_and_the_first_root_still_leads_there() {
    let desk = Desk::founded();
    desk.key("olle-new", "Olle Root");
    let rotation = "repo rotate-root rotation --repository repository --role root --role targets \
        --add olle-new.pub.json --threshold 3";
    desk.refused(rotation, "`Olle Root` has two keys of role `root`, expected one");
    assert!(!desk.path("rotation").exists(), "nothing is left of what was refused");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_ssbtx"));
    let told = desk.run(command.args(rotation.split_whitespace()).args(["--remove", "Olle Root"]));
    assert_eq!(told.code, Some(0), "{}", told.told);
    for expected in ["root: Olle Root may no longer sign", "root: 3 must sign, after 2", "root (by the old root): "] {
        assert!(told.said.contains(expected), "{}", told.said);
    }
    let refused = desk.ssbtx("repo rotate-root second --repository repository --role root --threshold 4");
    assert_eq!(refused.code, Some(1), "{}", refused.told);
    desk.signed("rotation", &["olga", "oskar"]);
    desk.refused(&Desk::publishing("repo", "rotation"), "role `root` is signed by 2 of 3 persons");
    desk.signed("rotation", &["olle-new"]);
    desk.publish("rotation");
    desk.done("verify repository --root root.json --signatures-only");
    desk.done("verify repository --root repository/metadata/2.root.json --signatures-only");
}

#[test]
fn a_person_of_governance_is_replaced_and_an_agency_added() {
    let desk = Desk::founded();
    desk.key("disa", "Disa Exempel");
    desk.key("pia", "Pia Pension");
    desk.done("repo delegate pm --repository repository --delegation pm --add pia.pub.json");
    desk.signed("pm", &["olle", "oskar", "pia"]);
    desk.publish("pm");
    let anna = desk.json("key show anna.pub.json")["id"].as_str().unwrap().to_owned();
    let told = desk.done(&format!(
        "repo delegate succession --repository repository --delegation governance --add disa.pub.json --remove {anna}"
    ));
    assert!(told.contains("governance: Disa Exempel may sign"), "{told}");
    assert_eq!(desk.sign("succession", "anna").code, Some(1), "she is of governance no more");
    desk.signed("succession", &["olle", "olga", "disa", "asa"]);
    desk.publish("succession");
    desk.done("verify repository --root root.json --signatures-only");
    desk.refused(
        "repo delegate shared --repository repository --delegation af --add disa.pub.json",
        "key of `Disa Exempel` belongs to",
    );
}

#[test]
fn a_change_is_signed_after_it_was_shown_and_agreed_to_and_by_whom_it_belongs_to() {
    let desk = Desk::founded();
    desk.done("repo renew governance --repository repository --out renewal");
    let asked = desk.ssbtx("repo sign renewal --key anna.key --passphrase-file passphrase");
    assert_eq!(asked.code, Some(1), "nobody said yes");
    assert!(asked.said.contains("governance: version 2 after 1, valid until "), "{}", asked.said);
    assert_eq!(desk.sign("renewal", "olle").code, Some(1), "an officer is not of governance");
    desk.signed("renewal", &["anna"]);
    let twice = desk.sign("renewal", "anna");
    assert!(twice.code == Some(1) && twice.told.contains("`Anna Exempel` has signed"), "{}", twice.told);
    let root = desk
        .ssbtx("repo sign renewal --yes --key bo.key --passphrase-file passphrase --root founding/metadata/root.json");
    assert!(root.code == Some(1) && root.told.contains("does not descend from the trusted root"), "{}", root.told);
    desk.done("repo sign renewal --yes --key bo.key --passphrase-file passphrase --root root.json");
    let status = desk.json("repo status renewal");
    assert_eq!(status["signatures"][0]["missing"], 0);
    desk.done("repo renew governance --repository repository --out overtaken");
    desk.signed("overtaken", &["anna", "asa"]);
    desk.publish("renewal");
    desk.refused(
        &Desk::publishing("repo", "overtaken"),
        "role `governance` of the repository is at version 2, the change was drafted against version 1",
    );
}

#[test]
fn a_root_that_is_there_is_not_written_over() {
    let desk = Desk::new();
    desk.keys();
    desk.done(FOUNDING);
    desk.signed("founding", &["olle", "olga", "anna", "bo", "anders"]);
    fs::write(desk.path("root.json"), "another's").unwrap();
    assert_eq!(desk.ssbtx(&Desk::publishing("repo", "founding")).code, Some(2));
    assert!(!desk.path("repository").exists());
    desk.done(&format!("{} --root-out first.json", Desk::publishing("repo", "founding")));
    desk.done("verify repository --root first.json --signatures-only");
    let again = desk.ssbtx(&format!("{} --root-out second.json", Desk::publishing("repo", "founding")));
    assert!(again.code == Some(1) && again.told.contains("there is a repository in"), "{}", again.told);
    assert!(!desk.path("second.json").exists());
}
