//! What a host finds when it opens a log that another has left.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::PermissionsExt;

use crate::records::{Folder, lines, now, record, rewrite};
use ssbtx_audit::{AuditFault, AuditLog, AuditSettings, verify};

#[tokio::test]
async fn the_chain_goes_on_after_a_log_is_opened_again() {
    let folder = Folder::with(2, 10).await;
    for number in 3..=4 {
        folder.open().append(record(number)).await.unwrap();
    }
    let verified = verify(&folder.path()).unwrap();
    assert_eq!((verified.records, verified.segments), (4, 1));
}

#[tokio::test]
async fn the_chain_goes_on_in_the_next_segment_after_a_log_is_opened_again() {
    let folder = Folder::with(4, 2).await;
    folder.open_with(0).append(record(5)).await.unwrap();
    let verified = verify(&folder.path()).unwrap();
    assert_eq!((verified.records, verified.segments), (5, 3));
}

#[tokio::test]
async fn an_unfinished_last_line_is_cut_off_and_its_removal_recorded() {
    let folder = Folder::with(2, 10).await;
    let torn = r#"{"sequence":3,"previous":"#;
    add(&folder, torn);
    assert_eq!(verify(&folder.path()).unwrap().unfinished_bytes, torn.len() as u64);

    folder.open().append(record(4)).await.unwrap();

    let verified = verify(&folder.path()).unwrap();
    assert_eq!((verified.records, verified.unfinished_bytes), (4, 0));
    let recovered =
        format!(r#""record":{{"kind":"recovered","at":"2026-01-01T08:00:00Z","bytesCut":{}}},"hash""#, torn.len());
    assert!(folder.lines()[2].contains(&recovered));
}

#[tokio::test]
async fn an_unfinished_line_longer_than_the_record_of_its_removal_leaves_nothing_behind() {
    let folder = Folder::with(1, 10).await;
    add(&folder, &"x".repeat(5000));
    drop(folder.open());
    assert_eq!(verify(&folder.path()).unwrap().records, 2);
    assert!(!folder.lines().concat().contains("xx"));
}

#[tokio::test]
async fn an_unfinished_line_that_begins_a_segment_is_cut_off() {
    let folder = Folder::with(2, 2).await;
    fs::write(folder.path().join("audit-000000000003.jsonl"), "{").unwrap();
    folder.open().append(record(4)).await.unwrap();
    let verified = verify(&folder.path()).unwrap();
    assert_eq!((verified.records, verified.segments), (4, 2));
}

#[tokio::test]
async fn a_segment_that_was_begun_and_not_written_to_is_used() {
    let folder = Folder::with(2, 2).await;
    fs::write(folder.path().join("audit-000000000003.jsonl"), "").unwrap();
    folder.open().append(record(3)).await.unwrap();
    assert_eq!(verify(&folder.path()).unwrap().records, 3);
}

#[tokio::test]
async fn a_log_with_a_changed_line_is_not_opened() {
    let folder = Folder::with(5, 2).await;
    let last = &folder.segments()[2];
    rewrite(last, &[lines(last)[0].replace("162020000001", "162020000003")]);
    let fault = AuditLog::open(&folder.path(), AuditSettings::default(), now()).unwrap_err();
    assert_eq!(fault.to_string(), "line 1 of `audit-000000000005.jsonl` has a hash that is not that of its record");
}

#[tokio::test]
async fn a_log_that_lacks_the_segment_before_the_last_is_not_opened() {
    let folder = Folder::with(5, 2).await;
    fs::remove_file(&folder.segments()[1]).unwrap();
    let fault = AuditLog::open(&folder.path(), AuditSettings::default(), now()).unwrap_err();
    assert_eq!(fault.to_string(), "segment is `audit-000000000005.jsonl`, expected `audit-000000000003.jsonl`");
}

#[tokio::test]
async fn a_log_with_an_unfinished_line_before_the_last_segment_is_not_opened() {
    let folder = Folder::with(5, 2).await;
    let middle = &folder.segments()[1];
    let bytes = fs::read(middle).unwrap();
    fs::write(middle, &bytes[..bytes.len() - 1]).unwrap();
    let fault = AuditLog::open(&folder.path(), AuditSettings::default(), now()).unwrap_err();
    assert_eq!(fault.to_string(), "line 2 of `audit-000000000003.jsonl` ends without a line feed");
}

#[test]
fn two_hosts_never_write_one_log() {
    let folder = Folder::new();
    let first = folder.open();
    let second = AuditLog::open(&folder.path(), AuditSettings::default(), now());
    assert!(matches!(second, Err(AuditFault::InUse { .. })));
    drop(first);
    drop(folder.open());
}

#[test]
fn a_directory_that_others_may_enter_is_not_used() {
    let folder = Folder::new();
    drop(folder.open());
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o750)).unwrap();
    let fault = AuditLog::open(&folder.path(), AuditSettings::default(), now()).unwrap_err();
    assert!(matches!(fault, AuditFault::Permissions { mode: 0o750, .. }), "{fault}");
}

fn add(folder: &Folder, text: &str) {
    let last = folder.segments().pop().unwrap();
    OpenOptions::new().append(true).open(last).unwrap().write_all(text.as_bytes()).unwrap();
}
