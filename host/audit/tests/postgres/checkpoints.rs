//! Checkpoints and proofs are the same on rows as on files.

use std::time::Duration;

use crate::records::record;
use crate::server::{Log, SHARED};
use crate::signing::{key, our_key};
use ssbtx_audit::{
    AuditFault, AuditLog, CheckpointSettings, CheckpointsBroken, Exported, Proof, Signers, VerifierKey, export, prove,
    prove_consistency, verify_checkpoints,
};

#[tokio::test]
async fn a_log_goes_on_with_its_checkpoints_and_agrees_with_all_of_them() {
    let log = signed().await;
    let verified = verify_checkpoints(&log.settings, Signers::Known(&keys()), &[]).unwrap();
    assert_eq!((verified.checkpoints, verified.covered, verified.log.records), (3, 12, 12));
}

#[tokio::test]
async fn every_record_is_proved_and_that_the_log_was_only_added_to() {
    let log = signed().await;
    let mut proofs = Vec::new();
    let exported = export(&log.settings, &(..), |proof| {
        proofs.push(proof.clone());
        Ok(())
    });
    assert_eq!(exported.unwrap(), Exported { records: 12, not_covered: 0 });
    for (proof, line) in proofs.iter().zip(log.column("convert_from(line, 'UTF8')")) {
        assert_eq!(proof.line(), line);
        proof.verify(&keys()).unwrap();
    }
    let question = log.column("question")[4].clone();
    assert_eq!(prove(&log.settings, &question).unwrap(), proofs[4]);
    let growth = prove_consistency(&log.settings, 3).unwrap();
    growth.to_string().parse::<Proof>().unwrap().verify(&keys()).unwrap();
}

#[tokio::test]
async fn lines_removed_behind_a_checkpoint_are_found_and_the_log_is_not_opened() {
    let log = signed().await;
    SHARED
        .sql(&format!("DELETE FROM ssbtx_audit.line WHERE log = '{}' AND sequence = 12", log.settings.log()))
        .unwrap();
    let expected = "log has `11` lines, checkpoint 3 of `ssbtx_audit.checkpoint` is of `12`";
    let found = verify_checkpoints(&log.settings, Signers::Known(&keys()), &[]).unwrap_err();
    assert_eq!(found.to_string(), expected);
    let fault = AuditLog::connect(log.settings.clone(), checkpoints()).unwrap_err();
    assert!(matches!(fault, AuditFault::Checkpoints(CheckpointsBroken::Truncated { .. })), "{fault}");
}

#[tokio::test]
async fn a_checkpoint_of_another_key_is_found_whoever_planted_it() {
    let log = signed().await;
    let other = key(2, "ssbtx.example.se/audit/1");
    let found = verify_checkpoints(&log.settings, Signers::Known(&[other.public().clone()]), &[]).unwrap_err();
    assert_eq!(found.to_string(), "checkpoint 1 of `ssbtx_audit.checkpoint` has no signature of a key that was given");
    // Its own lines, under another edge: only the signed root counts.
    let forged = "SET session_replication_role = replica; UPDATE ssbtx_audit.checkpoint SET edge = sha256('')";
    SHARED.sql(&format!("{forged} WHERE log = '{}'", log.settings.log())).unwrap();
    add(&log, 13..=13).await;
    let verified = verify_checkpoints(&log.settings, Signers::Known(&keys()), &[]).unwrap();
    assert_eq!((verified.checkpoints, verified.covered), (4, 13));
}

/// A log with a checkpoint of 3, of 7 and of 12 records.
async fn signed() -> Log {
    let log = Log::new();
    for records in [1..=3, 4..=7, 8..=12] {
        add(&log, records).await;
    }
    log
}

/// Adds records, with a checkpoint at the end.
async fn add(log: &Log, records: std::ops::RangeInclusive<u8>) {
    let open = AuditLog::connect(log.settings.clone(), checkpoints()).unwrap();
    for number in records {
        open.append(record(number)).await.unwrap();
    }
}

fn checkpoints() -> CheckpointSettings {
    CheckpointSettings::Signed { key: our_key(), every: Duration::from_hours(1) }
}

fn keys() -> [VerifierKey; 1] {
    [our_key().public().clone()]
}
