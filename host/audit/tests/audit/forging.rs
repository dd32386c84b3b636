//! Whoever can write to the log, and cannot sign, is found out; so is the host itself by whoever kept a checkpoint.

use std::fs;

use sha2::{Digest, Sha256};

use crate::records::{Folder, lines, now, record, rewrite};
use crate::signing::{add, checkpoints, key, log, open, our_key, put, settings};
use ssbtx_audit::{AuditFault, AuditLog, CheckpointsBroken, SignedCheckpoint, Signers, verify, verify_checkpoints};

#[tokio::test]
async fn a_record_that_is_altered_is_found_although_the_chain_is_made_anew() {
    let fault = forged(|lines| lines[1] = lines[1].replace("162020000001", "162020000003")).await;
    assert_eq!(fault, "first `3` lines are not those that checkpoint 1 of `audit.checkpoints` was made of");
}

#[tokio::test]
async fn a_record_that_is_dropped_is_found_although_the_chain_is_made_anew() {
    let fault = forged(|lines| drop(lines.remove(1))).await;
    assert_eq!(fault, "first `3` lines are not those that checkpoint 1 of `audit.checkpoints` was made of");
}

#[tokio::test]
async fn records_that_are_reordered_are_found_although_the_chain_is_made_anew() {
    let fault = forged(|lines| lines.swap(4, 5)).await;
    assert_eq!(fault, "first `7` lines are not those that checkpoint 2 of `audit.checkpoints` was made of");
}

#[tokio::test]
async fn a_record_that_is_added_is_found_although_the_chain_is_made_anew() {
    let fault = forged(|lines| lines.insert(9, lines[9].clone())).await;
    assert_eq!(fault, "first `12` lines are not those that checkpoint 3 of `audit.checkpoints` was made of");
}

#[tokio::test]
async fn a_log_that_is_truncated_behind_a_checkpoint_is_found_and_not_opened() {
    let folder = log().await;
    cut(&folder, 11);
    let expected = "log has `11` lines, checkpoint 3 of `audit.checkpoints` is of `12`";
    assert_eq!(fault(&folder, &[]).to_string(), expected);
    assert_eq!(open(&folder).unwrap_err().to_string(), expected);
}

#[tokio::test]
async fn a_log_that_is_truncated_with_its_checkpoints_is_found_by_one_that_was_kept() {
    let folder = log().await;
    let kept = checkpoints(&folder);
    cut(&folder, 7);
    put(&folder, &kept[..2]);
    assert!(verify_checkpoints(&folder.path(), Signers::Known(&[our_key().public().clone()]), &[]).is_ok());
    let found = fault(&folder, &kept[2..]);
    assert!(matches!(found, CheckpointsBroken::Truncated { found: 7, expected: 12, .. }), "{found}");
}

#[tokio::test]
async fn a_checkpoint_that_is_replaced_is_found() {
    let folder = log().await;
    let ours = checkpoints(&folder);
    let [other, another] = [key(2, "ssbtx.example.se/audit/1"), key(1, "ssbtx.example.se/audit/2")];
    for key in [other, another] {
        let theirs = Folder::new();
        AuditLog::open(&theirs.path(), settings(key), now()).unwrap().append(record(1)).await.unwrap();
        put(&folder, &[&checkpoints(&theirs)[..], &ours[1..]].concat());
        let found = fault(&folder, &[]).to_string();
        assert_eq!(found, "checkpoint 1 of `audit.checkpoints` has no signature of a key that was given");
    }
}

#[tokio::test]
async fn a_checkpoint_with_another_root_or_size_is_found() {
    let folder = log().await;
    let path = folder.path().join("audit.checkpoints");
    let whole = fs::read_to_string(&path).unwrap();
    let [_, last] = [0, 2].map(|at| checkpoints(&folder)[at].to_string());
    let root = last.lines().nth(2).unwrap();
    for (from, to) in [("\n12\n", "\n13\n"), (root, "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=")] {
        fs::write(&path, whole.replace(from, to)).unwrap();
        assert!(matches!(fault(&folder, &[]), CheckpointsBroken::Signature { .. }), "{to}");
    }
    fs::write(&path, whole.replacen("\n7\n", "\n07\n", 1)).unwrap();
    assert_eq!(fault(&folder, &[]).to_string(), "checkpoint 2 of `audit.checkpoints` is no checkpoint");
}

#[tokio::test]
async fn checkpoints_in_another_order_are_found() {
    let folder = log().await;
    let [first, second, third] = checkpoints(&folder).try_into().unwrap();
    put(&folder, &[first, third, second]);
    let expected = "checkpoint 3 of `audit.checkpoints` is of `7` lines, expected more than the `12` of the one before";
    assert_eq!(fault(&folder, &[]).to_string(), expected);
    assert_eq!(open(&folder).unwrap_err().to_string(), expected);
}

#[tokio::test]
async fn two_logs_that_forked_are_found_by_a_checkpoint_of_the_other() {
    let (one, other) = (Folder::new(), Folder::new());
    for folder in [&one, &other] {
        add(folder, 1..=5).await;
    }
    add(&one, 6..=8).await;
    add(&other, 16..=18).await;
    for folder in [&one, &other] {
        let keys = [our_key().public().clone()];
        assert!(verify_checkpoints(&folder.path(), Signers::Known(&keys), &checkpoints(folder)).is_ok());
    }
    let found = fault(&one, &checkpoints(&other)).to_string();
    assert_eq!(found, "first `8` lines are not those that kept checkpoint of 8 lines was made of");
    // The host does not go on with the one after it has signed the other.
    put(&one, &checkpoints(&other));
    assert!(matches!(open(&one), Err(AuditFault::Checkpoints(CheckpointsBroken::Rewritten { size: 8, .. }))));
}

#[tokio::test]
async fn what_was_signed_stays_signed_although_the_log_is_written_anew_before_the_host_starts() {
    let folder = log().await;
    forge(&folder, |lines| lines[1] = lines[1].replace("162020000001", "162020000003"));
    // It begins at the edge that was kept, so that it does not look; what it signs is still the true log.
    add(&folder, 13..=13).await;
    assert!(matches!(fault(&folder, &[]), CheckpointsBroken::Rewritten { size: 3, .. }));
}

/// What is said of a log with three checkpoints, whose lines were changed and chained anew.
async fn forged(change: impl FnOnce(&mut Vec<String>)) -> String {
    let folder = log().await;
    forge(&folder, change);
    verify(&folder.path()).unwrap();
    fault(&folder, &[]).to_string()
}

fn fault(folder: &Folder, kept: &[SignedCheckpoint]) -> CheckpointsBroken {
    verify_checkpoints(&folder.path(), Signers::Known(&[our_key().public().clone()]), kept).unwrap_err()
}

/// Writes a log anew as somebody would who knows its form: the chain holds.
fn forge(folder: &Folder, change: impl FnOnce(&mut Vec<String>)) {
    let mut changed = folder.lines();
    change(&mut changed);
    let mut previous = "0".repeat(64);
    for (number, line) in changed.iter_mut().enumerate() {
        let record = line[line.find(r#""record":"#).unwrap() + 9..line.rfind(r#","hash":""#).unwrap()].to_owned();
        let mut hashed = hex::decode(&previous).unwrap();
        hashed.extend_from_slice(record.as_bytes());
        let hash = hex::encode(Sha256::digest(&hashed));
        *line = format!(r#"{{"sequence":{},"previous":"{previous}","record":{record},"hash":"{hash}"}}"#, number + 1);
        previous = hash;
    }
    let segments = folder.segments();
    for segment in &segments[1..] {
        fs::remove_file(segment).unwrap();
    }
    rewrite(&segments[0], &changed);
}

/// Cuts a log off after so many whole lines.
fn cut(folder: &Folder, mut whole: usize) {
    for segment in folder.segments() {
        let mut kept = lines(&segment);
        kept.truncate(whole);
        whole -= kept.len();
        if kept.is_empty() {
            fs::remove_file(&segment).unwrap();
        } else {
            rewrite(&segment, &kept);
        }
    }
}
