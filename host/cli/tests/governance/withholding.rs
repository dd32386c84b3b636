//! `ssbtx policy tighten`, `lift` and `shadow`.

use ssbtx_stage::components::read;

use crate::office::{Ended, Office, WIDE};

fn tighten(office: &Office, change: &str, id: &str, what: &[&str]) -> Ended {
    let words = [
        "tighten",
        "--repository",
        "repository",
        "--out",
        change,
        "--id",
        id,
        "--reason-sv",
        "fel i uppgifterna",
        "--reason-en",
        "errors in the data",
        "--key",
        "cia",
        "--passphrase-file",
        "passphrase",
    ];
    office.run(&[&words[..], what].concat())
}

#[test]
fn one_person_withholds_at_once_and_two_lift() {
    let office = Office::open();
    let said =
        tighten(&office, "change", "fel-af", &["--dataset", "AF/inskrivning", "--role", "arbetsmarknad"]).done().said;
    assert!(said.contains("fel i uppgifterna · errors in the data"), "{said}");
    office.publish("change").done();
    let set = office.trusted();
    assert_eq!(set.tightening().unwrap().list().entries()[0].id.as_str(), "fel-af");

    let lift =
        |change: &str, id: &str| office.run(&["lift", "--repository", "repository", "--out", change, "--id", id]);
    lift("no", "something-else").refused("withholds nothing under the name `something-else`");
    lift("lift", "fel-af").done();
    office.approve("lift", "governance", "anna").done();
    let missing = office.publish("lift");
    assert_eq!(missing.code, Some(1), "{missing:#?}");
    let shown = office.approve("lift", "governance", "bo").done().said;
    for words in ["Spärrar som hävs", "- fel-af", "AF/inskrivning; arbetsmarknad", "fel i uppgifterna"] {
        assert!(shown.contains(words), "whoever signs sees what opens: {words}: {shown}");
    }
    office.publish("lift").done();
    assert!(office.trusted().lifted().unwrap().list().holds(&"fel-af".parse().unwrap()));
    lift("again", "fel-af").refused("is lifted already");
    tighten(&office, "same-name", "fel-af", &["--agency", "AF"]).refused("`fel-af` was lifted before");
}

#[test]
fn what_no_adapter_has_cannot_be_withheld() {
    let office = Office::of_two();
    let nobody = "0".repeat(64);
    for (number, what) in [
        ["--agency", "CSN"],
        ["--dataset", "AF/inskrivnin"],
        ["--element", "AF/Svar/Fornam"],
        ["--adapter", nobody.as_str()],
    ]
    .iter()
    .enumerate()
    {
        tighten(&office, &format!("change-{number}"), "fel", what).refused("no adapter of the repository has");
    }
    tighten(&office, "no-role", "fel", &["--agency", "AF", "--role", "arbetsmarkand"])
        .refused("no policy of the repository decides for role `arbetsmarkand`");
    tighten(&office, "no-place", "fel", &["--dataset", "AF"]).not_done("`AF` is not a base service");
    assert_eq!(tighten(&office, "nothing", "fel", &[]).code, Some(2), "something must be named");
    for (number, what) in [["--agency", "MIV"], ["--element", "AF/Svar/Fornamn"]].iter().enumerate() {
        tighten(&office, &format!("right-{number}"), "fel", what).done();
    }
}

#[test]
fn a_repository_that_lists_nothing_yet_has_nothing_to_withhold() {
    tighten(&Office::empty(&["af"]), "change", "fel", &["--agency", "AF"])
        .refused("no adapter of the repository has `AF`");
}

#[test]
fn whoever_approves_a_tightening_sees_the_whole_list() {
    let office = Office::of_two();
    tighten(&office, "first", "fel-af", &["--agency", "AF"]).done();
    office.publish("first").done();
    let unsigned = [
        "tighten",
        "--repository",
        "repository",
        "--out",
        "second",
        "--id",
        "fel-miv",
        "--reason-sv",
        "fel",
        "--reason-en",
        "errors",
        "--agency",
        "MIV",
    ];
    office.run(&unsigned).done();
    let said = office.approve("second", "tightening", "anna").done().said;
    assert!(said.contains("fel-af") && said.contains("fel-miv"), "{said}");
    office.publish("second").done();
    assert_eq!(office.trusted().tightening().unwrap().list().entries().len(), 2);
}

#[test]
fn a_shadow_takes_one_person_and_is_taken_away_by_one() {
    let office = Office::open();
    let file = office.file("shadow.wasm", &read(WIDE));
    let shadow = |change: &str, role: &str, rest: &[&str]| {
        let words = ["shadow", "--repository", "repository", "--role", role, "--out", change];
        office.run(&[&words[..], rest].concat())
    };
    shadow("other", "ekonomiskt-bistand", &[&file]).refused("shadow asked for `ekonomiskt-bistand`");
    let key = ["--key", "bo", "--passphrase-file", "passphrase"];
    shadow("change", "arbetsmarknad", &[&[file.as_str()], &key[..]].concat()).done();
    office.publish("change").done();
    assert_eq!(office.trusted().shadows().count(), 1);
    shadow("away", "arbetsmarknad", &[&["--remove"], &key[..]].concat()).done();
    office.publish("away").done();
    assert_eq!(office.trusted().shadows().count(), 0);
}
