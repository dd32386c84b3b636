//! Keys are made for one person, encrypted, and never shown.

use std::fs;
use std::os::unix::fs::MetadataExt;

use serde_json::Value;

use crate::desk::Desk;

#[test]
fn a_key_is_encrypted_and_for_its_owner_only_and_its_public_part_names_the_person() {
    let desk = Desk::new();
    desk.key("anna", "Anna Exempel");
    let private = fs::read_to_string(desk.path("anna.key")).unwrap();
    assert!(private.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----"), "{private}");
    assert_eq!(fs::metadata(desk.path("anna.key")).unwrap().mode() & 0o777, 0o600);
    let public: Value = serde_json::from_slice(&fs::read(desk.path("anna.pub.json")).unwrap()).unwrap();
    assert_eq!(public["x-ssbtx-person"], "Anna Exempel");
    assert_eq!(public["scheme"], "ed25519");
}

#[test]
fn a_public_part_that_was_lost_is_made_again_from_the_key() {
    let desk = Desk::new();
    desk.key("bo", "Bo");
    let from_file = desk.json("key show bo.pub.json");
    let from_key = desk.json("key show bo.key --person Bo --passphrase-file passphrase");
    assert_eq!(from_file, from_key);
    assert!(desk.done("key show bo.pub.json").contains("holder  Bo"));
    assert_eq!(
        desk.json("key show bo.key --passphrase-file passphrase"),
        from_file,
        "as the public part beside it says"
    );
    fs::remove_file(desk.path("bo.pub.json")).unwrap();
    assert!(desk.json("key show bo.key --passphrase-file passphrase")["person"].is_null());
}

#[test]
fn a_passphrase_that_is_too_short_makes_no_key() {
    let desk = Desk::new();
    fs::write(desk.path("short"), "hemlig\n").unwrap();
    desk.refused("key new --out a.key --person Anna --passphrase-file short", "6 characters, expected at least 12");
    assert!(!desk.path("a.key").exists() && !desk.path("a.pub.json").exists());
}

#[test]
fn a_key_is_never_written_over() {
    let desk = Desk::new();
    desk.key("anna", "Anna");
    let before = fs::read(desk.path("anna.key")).unwrap();
    for public in ["", "--public other.pub.json"] {
        let ended = desk.ssbtx(&format!("key new --out anna.key --person Bo --passphrase-file passphrase {public}"));
        assert_eq!(ended.code, Some(2), "{}", ended.told);
    }
    assert_eq!(fs::read(desk.path("anna.key")).unwrap(), before);
}

#[test]
fn a_wrong_passphrase_is_a_refusal_and_a_missing_file_is_not() {
    let desk = Desk::new();
    desk.key("anna", "Anna");
    fs::write(desk.path("wrong"), "en annan och lång mening\n").unwrap();
    desk.refused("key show anna.key --passphrase-file wrong", "passphrase does not open key file `anna.key`");
    assert_eq!(desk.ssbtx("key show bo.key --passphrase-file passphrase").code, Some(2));
    assert_eq!(desk.ssbtx("key show anna.key --passphrase-file none").code, Some(2));
    let without_a_terminal = desk.ssbtx("key show no-such.pub.json");
    assert_eq!(without_a_terminal.code, Some(2), "{}", without_a_terminal.told);
}

#[test]
fn a_passphrase_is_no_option_and_a_pin_no_part_of_a_name() {
    let desk = Desk::new();
    let help = desk.done("key new --help");
    assert!(!help.contains("--passphrase ") && !help.contains("[env"), "{help}");
    let ended = desk.ssbtx("key show pkcs11:token=t;object=o?module-path=/m&pin-value=1234");
    assert_eq!(ended.code, Some(2));
    assert!(ended.told.contains("`pin-value` may not be used"), "{}", ended.told);
}
