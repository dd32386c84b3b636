//! Every way to change a log is found and named.

use std::fs;

use sha2::{Digest, Sha256};

use crate::records::{Folder, lines, record, rewrite};
use ssbtx_audit::{ChainBroken, Flaw, verify};

#[tokio::test]
async fn an_untouched_log_verifies() {
    let folder = Folder::with(7, 3).await;
    let verified = verify(&folder.path()).unwrap();
    assert_eq!((verified.records, verified.segments, verified.unfinished_bytes), (7, 3, 0));
}

#[tokio::test]
async fn a_log_verifies_while_it_is_written() {
    let folder = Folder::new();
    let log = folder.open();
    assert_eq!(verify(&folder.path()).unwrap().records, 0);
    log.append(record(1)).await.unwrap();
    assert_eq!(verify(&folder.path()).unwrap().records, 1);
}

#[tokio::test]
async fn a_changed_field_is_found() {
    let fault = tampered(|lines| lines[1] = lines[1].replace("162020000001", "162020000003")).await;
    assert_eq!(fault, "line 2 of `audit-000000000001.jsonl` has a hash that is not that of its record");
}

#[tokio::test]
async fn a_changed_hash_is_found() {
    let fault = tampered(|lines| {
        let hash = lines[1].rfind(r#","hash":""#).unwrap();
        lines[1].replace_range(hash + 9..hash + 73, &"ab".repeat(32));
    })
    .await;
    assert_eq!(fault, "line 2 of `audit-000000000001.jsonl` has a hash that is not that of its record");
}

#[tokio::test]
async fn a_changed_field_with_its_hash_is_found_in_the_next_line() {
    let fault = tampered(|lines| lines[1] = rehashed(&lines[1].replace("162020000001", "162020000003"))).await;
    assert_eq!(fault, "line 3 of `audit-000000000001.jsonl` does not continue from the hash of the line before");
}

#[tokio::test]
async fn a_changed_previous_hash_is_found() {
    let fault = tampered(|lines| {
        let previous = lines[1].find(r#""previous":""#).unwrap() + 12;
        lines[1].replace_range(previous..previous + 64, &"ab".repeat(32));
    })
    .await;
    assert_eq!(fault, "line 2 of `audit-000000000001.jsonl` does not continue from the hash of the line before");
}

#[tokio::test]
async fn a_removed_line_is_found() {
    let fault = tampered(|lines| drop(lines.remove(1))).await;
    assert_eq!(fault, "line 2 of `audit-000000000001.jsonl` has sequence `3`, expected `2`");
}

#[tokio::test]
async fn a_removed_line_is_found_although_the_rest_is_numbered_anew() {
    let fault = tampered(|lines| {
        lines.remove(1);
        lines[1] = lines[1].replace(r#"{"sequence":3,"#, r#"{"sequence":2,"#);
    })
    .await;
    assert_eq!(fault, "line 2 of `audit-000000000001.jsonl` does not continue from the hash of the line before");
}

#[tokio::test]
async fn a_line_that_is_there_twice_is_found() {
    let fault = tampered(|lines| lines.insert(1, lines[0].clone())).await;
    assert_eq!(fault, "line 2 of `audit-000000000001.jsonl` has sequence `1`, expected `2`");
}

#[tokio::test]
async fn swapped_lines_are_found() {
    let fault = tampered(|lines| lines.swap(0, 1)).await;
    assert_eq!(fault, "line 1 of `audit-000000000001.jsonl` has sequence `2`, expected `1`");
}

#[tokio::test]
async fn a_line_that_says_the_same_in_other_bytes_is_found() {
    for (from, to) in [(r#","hash""#, r#", "hash""#), (r#"{"sequence":2"#, r#"{ "sequence":2"#)] {
        let fault = tampered(|lines| lines[1] = lines[1].replace(from, to)).await;
        assert_eq!(fault, "line 2 of `audit-000000000001.jsonl` is no line of an audit log");
    }
}

#[tokio::test]
async fn an_added_field_beside_the_record_is_found() {
    let fault = tampered(|lines| lines[1] = lines[1].replace(r#","hash""#, r#","note":1,"hash""#)).await;
    assert_eq!(fault, "line 2 of `audit-000000000001.jsonl` is no line of an audit log");
}

#[tokio::test]
async fn an_empty_line_is_found() {
    let fault = tampered(|lines| lines.insert(1, String::new())).await;
    assert_eq!(fault, "line 2 of `audit-000000000001.jsonl` is no line of an audit log");
}

#[tokio::test]
async fn a_segment_removed_from_the_middle_is_found() {
    let folder = Folder::with(7, 3).await;
    fs::remove_file(&folder.segments()[1]).unwrap();
    let fault = verify(&folder.path()).unwrap_err().to_string();
    assert_eq!(fault, "segment is `audit-000000000007.jsonl`, expected `audit-000000000004.jsonl`");
}

#[tokio::test]
async fn a_segment_removed_from_the_beginning_is_found() {
    let folder = Folder::with(7, 3).await;
    fs::remove_file(&folder.segments()[0]).unwrap();
    let fault = verify(&folder.path()).unwrap_err().to_string();
    assert_eq!(fault, "segment is `audit-000000000004.jsonl`, expected `audit-000000000001.jsonl`");
}

#[tokio::test]
async fn whole_lines_cut_off_in_the_middle_are_found() {
    let folder = Folder::with(7, 3).await;
    let first = &folder.segments()[0];
    rewrite(first, &lines(first)[..2]);
    let fault = verify(&folder.path()).unwrap_err().to_string();
    assert_eq!(fault, "segment is `audit-000000000004.jsonl`, expected `audit-000000000003.jsonl`");
}

#[tokio::test]
async fn a_line_cut_off_in_the_middle_is_found() {
    let folder = Folder::with(7, 3).await;
    let first = &folder.segments()[0];
    let bytes = fs::read(first).unwrap();
    fs::write(first, &bytes[..bytes.len() - 10]).unwrap();
    let fault = verify(&folder.path()).unwrap_err();
    assert!(matches!(fault, ChainBroken::Line { line: 3, flaw: Flaw::Unfinished, .. }), "{fault}");
    assert_eq!(fault.to_string(), "line 3 of `audit-000000000001.jsonl` ends without a line feed");
}

#[tokio::test]
async fn lines_cut_off_at_the_end_are_shown_by_a_head_that_was_kept() {
    let folder = Folder::with(3, 10).await;
    let kept = verify(&folder.path()).unwrap().head;
    let segment = &folder.segments()[0];
    rewrite(segment, &lines(segment)[..2]);
    assert_ne!(verify(&folder.path()).unwrap().head, kept);
}

/// What `verify` says of a log of three records after `change`.
async fn tampered(change: impl FnOnce(&mut Vec<String>)) -> String {
    let folder = Folder::with(3, 10).await;
    let segment = &folder.segments()[0];
    let mut changed = lines(segment);
    change(&mut changed);
    rewrite(segment, &changed);
    verify(&folder.path()).unwrap_err().to_string()
}

/// A line with the hash that its own record has.
fn rehashed(line: &str) -> String {
    let previous = line.find(r#""previous":""#).unwrap() + 12;
    let record = line.find(r#""record":"#).unwrap() + 9;
    let end = line.rfind(r#","hash":""#).unwrap();
    let mut hashed = hex::decode(&line[previous..previous + 64]).unwrap();
    hashed.extend_from_slice(&line.as_bytes()[record..end]);
    format!(r#"{},"hash":"{}"}}"#, &line[..end], hex::encode(Sha256::digest(&hashed)))
}
