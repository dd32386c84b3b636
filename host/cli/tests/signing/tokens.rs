//! Keys on a PKCS#11 token, with SoftHSM in a folder of the test's own.

use std::fs;
use std::process::Command;

use crate::desk::{Desk, FOUNDING};

/// A desk with an empty token `officers`. SoftHSM is told by the environment where its tokens are, so it lives in the processes started here.
fn desk() -> Desk {
    let desk = Desk::new();
    let (tokens, configuration) = (desk.path("tokens"), desk.path("softhsm2.conf"));
    fs::create_dir(&tokens).unwrap();
    fs::write(&configuration, format!("directories.tokendir = {}\nlog.level = ERROR\n", tokens.display())).unwrap();
    fs::write(desk.path("pin"), "271828\n").unwrap();
    let desk = desk.with("SOFTHSM2_CONF", configuration.to_str().unwrap());
    let mut initialise = Command::new("softhsm2-util");
    initialise.args(["--init-token", "--free", "--label", "officers", "--pin", "271828", "--so-pin", "314159"]);
    let ended = desk.run(&mut initialise);
    assert_eq!(ended.code, Some(0), "{}{}", ended.said, ended.told);
    desk
}

fn new(label: &str, holder: &str) -> String {
    format!("key new --pkcs11 {MODULE} --token officers --label {label} {holder} --passphrase-file pin")
}

fn uri(label: &str) -> String {
    format!("pkcs11:token=officers;object={label}?module-path={MODULE}&pin-source=file:pin")
}

#[test]
fn a_key_that_never_leaves_its_token_signs_as_officer_and_as_machine() {
    let desk = desk();
    desk.keys();
    for (label, holder) in [("olle-token", "--person Olle"), ("snap-token", "--machine"), ("time-token", "--machine")] {
        desk.done(&new(label, holder));
    }
    let founding = FOUNDING
        .replace("olle.pub.json", "olle-token.pub.json")
        .replace("snapshot.pub.json", "snap-token.pub.json")
        .replace("timestamp.pub.json", "time-token.pub.json");
    desk.done(&founding);
    desk.signed("founding", &["olga", "anna", "bo", "anders"]);
    let told = desk.done(&format!("repo sign founding --yes --key {}", uri("olle-token")));
    assert!(told.contains("signed root as Olle"), "{told}");
    desk.done(&format!(
        "repo publish founding --repository repository --snapshot-key {} --timestamp-key {}",
        uri("snap-token"),
        uri("time-token")
    ));
    desk.done("verify repository --root root.json --signatures-only");
    desk.done(&format!("repo timestamp repository --timestamp-key {}", uri("time-token")));
}

#[test]
fn the_public_part_of_a_key_on_a_token_is_read_from_the_token() {
    let desk = desk();
    desk.done(&new("anna", "--person Anna"));
    assert_eq!(desk.json("key show anna.pub.json"), desk.json(&format!("key show {} --person Anna", uri("anna"))));
}

#[test]
fn a_label_is_one_key() {
    let desk = desk();
    desk.done(&new("anna", "--person Anna"));
    let ended = desk.ssbtx(&format!("{} --public other.pub.json", new("anna", "--person Bo")));
    assert_eq!(ended.code, Some(2));
    assert!(ended.told.contains("has 1 Ed25519 keys `anna`"), "{}", ended.told);
}

#[test]
fn what_is_wrong_with_a_token_is_told_apart() {
    let desk = desk();
    desk.done(&new("anna", "--person Anna"));
    fs::write(desk.path("wrong-pin"), "111111\n").unwrap();
    let anna = uri("anna");
    for (name, because) in [
        (anna.replace("file:pin", "file:wrong-pin"), "token `officers` does not take the PIN"),
        (anna.replace("object=anna", "object=bo"), "token `officers` has 0 Ed25519 keys `bo`, expected 1"),
        (anna.replace("token=officers", "token=agency"), "there is no token `agency`, or more than one"),
        (anna.replace(MODULE, "/no/such/module.so"), "PKCS#11 module `/no/such/module.so` does not start"),
    ] {
        let ended = desk.ssbtx(&format!("key show {name}"));
        assert_eq!(ended.code, Some(2), "{name}");
        assert!(ended.told.contains(because), "{name}: {}", ended.told);
        assert!(!ended.told.contains("111111"), "a PIN is never shown");
    }
}

const MODULE: &str = "/usr/lib/softhsm/libsofthsm2.so";
