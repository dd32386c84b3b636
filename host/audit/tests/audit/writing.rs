//! Records reach the disk, or their questions get no answer.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;

use crate::records::{Folder, record};
use ssbtx_audit::{NotRecorded, verify};

#[tokio::test]
async fn a_record_is_in_its_file_when_append_returns() {
    let folder = Folder::new();
    let log = folder.open();
    for number in 1..=3 {
        log.append(record(number)).await.unwrap();
        assert_eq!(folder.lines().len(), usize::from(number));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn records_appended_at_once_all_land_once_each() {
    let folder = Folder::new();
    let log = Arc::new(folder.open_with(20_000));
    let appends: Vec<_> = (0..=u8::MAX)
        .map(|number| {
            let log = Arc::clone(&log);
            tokio::spawn(async move { log.append(record(number)).await })
        })
        .collect();
    for append in appends {
        append.await.unwrap().unwrap();
    }
    let questions: BTreeSet<String> = folder
        .lines()
        .iter()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["record"]["question"].to_string())
        .collect();
    assert_eq!((folder.lines().len(), questions.len()), (256, 256));
    assert_eq!(verify(&folder.path()).unwrap().records, 256);
}

#[tokio::test]
async fn only_the_owner_may_read_the_log() {
    let folder = Folder::with(3, 2).await;
    let mode = |path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(folder.path()), 0o700);
    for segment in folder.segments() {
        assert_eq!(mode(segment), 0o600);
    }
}

#[tokio::test]
async fn a_log_whose_segment_is_removed_takes_no_more_records() {
    let folder = Folder::new();
    let log = folder.open();
    log.append(record(1)).await.unwrap();
    assert!(log.is_writable());
    fs::remove_file(&folder.segments()[0]).unwrap();
    assert!(matches!(log.append(record(2)).await, Err(NotRecorded::Displaced)));
    assert!(!log.is_writable());
    assert!(matches!(log.append(record(3)).await, Err(NotRecorded::Closed)));
}

#[tokio::test]
async fn a_log_whose_segment_is_replaced_takes_no_more_records() {
    let folder = Folder::new();
    let log = folder.open();
    log.append(record(1)).await.unwrap();
    let segment = &folder.segments()[0];
    let copy = fs::read(segment).unwrap();
    fs::remove_file(segment).unwrap();
    fs::write(segment, copy).unwrap();
    assert!(matches!(log.append(record(2)).await, Err(NotRecorded::Displaced)));
}

#[tokio::test]
async fn a_log_that_somebody_else_writes_to_takes_no_more_records() {
    let folder = Folder::new();
    let log = folder.open();
    log.append(record(1)).await.unwrap();
    fs::write(&folder.segments()[0], "").unwrap();
    assert!(matches!(log.append(record(2)).await, Err(NotRecorded::Displaced)));
}

#[tokio::test]
async fn a_log_that_cannot_begin_its_next_segment_takes_no_more_records() {
    let folder = Folder::new();
    let log = folder.open_with(0);
    log.append(record(1)).await.unwrap();
    fs::create_dir(folder.path().join("audit-000000000002.jsonl")).unwrap();
    assert!(matches!(log.append(record(2)).await, Err(NotRecorded::Write(_))));
    assert!(!log.is_writable());
}
