//! Checkpoints are made when they should, and a log goes on with them.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use crate::records::{Folder, now, record};
use crate::signing::{add, checkpoints, key, key_file, log, open, our_key, settings};
use ssbtx_audit::{
    AuditLog, AuditSettings, CheckpointKey, CheckpointKeyFault, CheckpointSettings, SignedCheckpoint, Signers, verify,
    verify_checkpoints,
};

#[tokio::test]
async fn a_log_that_is_closed_has_a_checkpoint_of_all_its_records() {
    let folder = log().await;
    assert_eq!(checkpoints(&folder).iter().map(SignedCheckpoint::size).collect::<Vec<_>>(), [3, 7, 12]);
    let verified = verify_checkpoints(&folder.path(), Signers::Known(&[our_key().public().clone()]), &[]).unwrap();
    assert_eq!((verified.checkpoints, verified.covered, verified.log.records), (3, 12, 12));
    assert!(verified.log.segments > 1);
}

#[tokio::test]
async fn a_record_has_a_checkpoint_when_the_interval_is_over_although_nothing_follows() {
    let folder = Folder::new();
    let every = Duration::from_millis(20);
    let settings =
        AuditSettings { checkpoints: CheckpointSettings::Signed { key: our_key(), every }, ..AuditSettings::default() };
    let log = AuditLog::open(&folder.path(), settings, now()).unwrap();
    log.append(record(1)).await.unwrap();
    while fs::metadata(folder.path().join("audit.checkpoints")).unwrap().len() == 0 {
        tokio::task::yield_now().await;
    }
    assert!(log.is_writable());
    drop(log);
    assert_eq!(checkpoints(&folder).iter().map(SignedCheckpoint::size).collect::<Vec<_>>(), [1]);
}

#[tokio::test]
async fn nothing_is_signed_where_nothing_is_recorded() {
    let folder = log().await;
    drop(open(&folder).unwrap());
    assert_eq!(checkpoints(&folder).len(), 3);
    drop(AuditLog::open(&Folder::new().path(), settings(our_key()), now()).unwrap());
}

#[tokio::test]
async fn a_log_without_checkpoints_stays_verifiable_and_can_have_them_later() {
    let folder = Folder::with(5, 2).await;
    let before = verify_checkpoints(&folder.path(), Signers::Known(&[]), &[]).unwrap();
    assert_eq!((before.checkpoints, before.covered, before.log), (0, 0, verify(&folder.path()).unwrap()));
    add(&folder, 6..=7).await;
    assert_eq!(checkpoints(&folder).iter().map(SignedCheckpoint::size).collect::<Vec<_>>(), [7]);
    verify_checkpoints(&folder.path(), Signers::Known(&[our_key().public().clone()]), &[]).unwrap();
}

#[tokio::test]
async fn records_that_were_written_without_checkpoints_in_between_are_in_the_next() {
    let folder = log().await;
    folder.open().append(record(13)).await.unwrap();
    add(&folder, 14..=14).await;
    assert_eq!(verify_checkpoints(&folder.path(), Signers::NotLookedAt, &[]).unwrap().covered, 14);
}

#[tokio::test]
async fn a_log_goes_on_whatever_became_of_the_edge_that_was_kept() {
    let folder = log().await;
    let edge = folder.path().join("audit.edge");
    let old = fs::read(&edge).unwrap();
    for (number, kept) in
        [None, Some(b"".to_vec()), Some(b"{\"size\":12,\"hashes\":[]}".to_vec()), Some(old)].into_iter().enumerate()
    {
        match kept {
            None => fs::remove_file(&edge).unwrap(),
            Some(bytes) => fs::write(&edge, bytes).unwrap(),
        }
        let number = 13 + u8::try_from(number).unwrap();
        add(&folder, number..=number).await;
        let verified = verify_checkpoints(&folder.path(), Signers::NotLookedAt, &[]).unwrap();
        assert_eq!(verified.covered, u64::from(number));
    }
}

#[tokio::test]
async fn an_unfinished_checkpoint_says_nothing_and_is_cut_off() {
    let folder = log().await;
    let path = folder.path().join("audit.checkpoints");
    let whole = fs::read(&path).unwrap();
    for cut in 1..whole.len() / 3 {
        fs::write(&path, &whole[..whole.len() - cut]).unwrap();
        assert_eq!(verify_checkpoints(&folder.path(), Signers::NotLookedAt, &[]).unwrap().covered, 7);
    }
    add(&folder, 13..=13).await;
    assert_eq!(checkpoints(&folder).iter().map(SignedCheckpoint::size).collect::<Vec<_>>(), [3, 7, 13]);
}

#[tokio::test]
async fn a_key_can_be_replaced_and_both_are_needed_to_verify() {
    let folder = log().await;
    let other = key(2, "ssbtx.example.se/audit/1");
    AuditLog::open(&folder.path(), settings(other.clone()), now()).unwrap().append(record(13)).await.unwrap();
    let (old, new) = (our_key().public().clone(), other.public().clone());
    let verified = verify_checkpoints(&folder.path(), Signers::Known(&[old, new.clone()]), &[]).unwrap();
    assert_eq!((verified.checkpoints, verified.covered), (4, 13));
    let fault = verify_checkpoints(&folder.path(), Signers::Known(&[new]), &[]).unwrap_err();
    assert_eq!(fault.to_string(), "checkpoint 1 of `audit.checkpoints` has no signature of a key that was given");
}

#[tokio::test]
async fn only_the_owner_may_read_the_checkpoints() {
    let folder = log().await;
    for file in ["audit.checkpoints", "audit.edge"] {
        let mode = fs::metadata(folder.path().join(file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }
}

#[test]
fn err_key_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = key_file(folder.path(), 1);
    let load = || CheckpointKey::load(&path, "a".parse().unwrap());
    assert!(load().is_ok());
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    assert!(matches!(load(), Err(CheckpointKeyFault::Permissions { mode: 0o640, .. })));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    for text in ["", "no key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"] {
        fs::write(&path, text).unwrap();
        assert!(matches!(load(), Err(CheckpointKeyFault::Kind { .. })), "{text}");
    }
    fs::remove_file(&path).unwrap();
    assert!(matches!(load(), Err(CheckpointKeyFault::Read { .. })));
}
