//! The index is never believed over the log.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use rusqlite::Connection;

use crate::place::{ANOTHER, Asked, key, log_of, person};
use crate::records::{Folder, PERSON, lines, rewrite};
use ssbtx_audit::{Month, SearchFault, Searchable, SegmentIndex};

#[tokio::test]
async fn a_line_is_found_as_it_stands_in_its_segment() {
    let (folder, mut index) = two_persons().await;
    let found = about(&mut index, PERSON);
    assert_eq!(found, [folder.lines()[0].clone(), folder.lines()[2].clone()]);
}

#[tokio::test]
async fn what_is_written_after_the_index_was_made_is_found() {
    let folder = Folder::new();
    let log = log_of(&folder.path(), 1, [Asked::default().record()]).await;
    let mut index = SegmentIndex::open(&folder.path()).unwrap();
    assert_eq!(about(&mut index, PERSON).len(), 1);
    for _ in 0..3 {
        log.append(Asked::default().record()).await.unwrap();
    }
    assert_eq!(about(&mut index, PERSON).len(), 4);
    // Another process, as the command is beside a host.
    assert_eq!(about(&mut SegmentIndex::open(&folder.path()).unwrap(), PERSON).len(), 4);
}

#[tokio::test]
async fn of_a_caseworkers_lines_as_many_are_read_as_were_asked_for() {
    let (folder, mut index) = two_persons().await;
    let month = "2026-01".parse::<Month>().unwrap().time();
    let mut found = |most| index.by_caseworker("162020000001", "asa exempel", &month, most).unwrap();
    assert_eq!(found(2).into_iter().map(|found| found.line).collect::<Vec<_>>(), folder.lines()[..2]);
    assert_eq!(found(9).len(), 3);
}

#[tokio::test]
async fn the_index_is_for_its_owner_alone() {
    let (folder, _index) = two_persons().await;
    let mode = fs::metadata(folder.path().join(INDEX)).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[tokio::test]
async fn an_index_that_was_tampered_with_is_made_anew() {
    let ours = key(7).subject(&person(PERSON)).hmac_sha256();
    for change in [
        format!("UPDATE line SET subject_hmac = '{ours}' WHERE sequence = 2"),
        "DELETE FROM line WHERE sequence = 3".to_owned(),
        "DELETE FROM line WHERE sequence = 1".to_owned(),
        "UPDATE line SET caseworker = 'Bo Exempel' WHERE sequence = 1".to_owned(),
        "UPDATE line SET offset = offset + 1".to_owned(),
        "UPDATE head SET sequence = 1".to_owned(),
        "UPDATE head SET hash = 'none'".to_owned(),
        "UPDATE line SET parts = 'none' WHERE sequence = 1".to_owned(),
        "DROP TABLE line".to_owned(),
        "PRAGMA user_version = 9".to_owned(),
    ] {
        let (folder, _) = two_persons().await;
        Connection::open(folder.path().join(INDEX)).unwrap().execute_batch(&change).unwrap();
        let mut index = SegmentIndex::open(&folder.path()).unwrap();
        assert_eq!(about(&mut index, PERSON).len(), 2, "{change}");
    }
}

#[tokio::test]
async fn an_index_that_is_damaged_missing_or_another_logs_is_made_anew() {
    let another = Folder::new();
    drop(log_of(&another.path(), 1, [ANOTHER, PERSON, ANOTHER].map(asked)).await);
    SegmentIndex::open(&another.path()).unwrap().catch_up().unwrap();
    let anothers = fs::read(another.path().join(INDEX)).unwrap();
    for content in [Some(b"no database".to_vec()), Some(vec![0; 100_000]), Some(anothers), None] {
        let (folder, index) = two_persons().await;
        drop(index);
        match content {
            Some(content) => fs::write(folder.path().join(INDEX), content).unwrap(),
            None => fs::remove_file(folder.path().join(INDEX)).unwrap(),
        }
        assert_eq!(about(&mut SegmentIndex::open(&folder.path()).unwrap(), PERSON).len(), 2);
    }
}

#[tokio::test]
async fn a_row_that_hides_a_line_is_gone_when_the_index_is_made_anew() {
    let (folder, _) = two_persons().await;
    let hide = "UPDATE line SET subject_hmac = 'nobody' WHERE sequence = 3";
    Connection::open(folder.path().join(INDEX)).unwrap().execute_batch(hide).unwrap();
    assert_eq!(about(&mut SegmentIndex::anew(&folder.path()).unwrap(), PERSON).len(), 2);
}

#[tokio::test]
async fn a_line_that_was_changed_in_the_log_is_not_shown() {
    let (folder, mut index) = two_persons().await;
    let segment = &folder.segments()[0];
    let changed = vec![lines(segment)[0].replace("Asa", "Bosse")];
    rewrite(segment, &changed);
    let names = [key(7).subject(&person(PERSON)).named()];
    assert!(matches!(index.about(&names), Err(SearchFault::Broken(_))));
}

/// A log of three questions in a segment each, the second about another person, and its index.
async fn two_persons() -> (Folder, SegmentIndex) {
    let folder = Folder::new();
    drop(log_of(&folder.path(), 1, [PERSON, ANOTHER, PERSON].map(asked)).await);
    let mut index = SegmentIndex::open(&folder.path()).unwrap();
    index.catch_up().unwrap();
    (folder, index)
}

fn asked(person: &str) -> ssbtx_audit::Record {
    Asked { person, ..Asked::default() }.record()
}

fn about(index: &mut SegmentIndex, number: &str) -> Vec<String> {
    let names = [key(7).subject(&person(number)).named()];
    index.about(&names).unwrap().into_iter().map(|found| found.line).collect()
}

const INDEX: &str = "audit.index.sqlite";

#[test]
fn a_folder_without_a_log_has_nothing_to_find() {
    let folder = tempfile::tempdir().unwrap();
    let mut index = SegmentIndex::open(Path::new(folder.path())).unwrap();
    assert!(about(&mut index, PERSON).is_empty());
}
