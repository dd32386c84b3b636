//! A proof convinces with the verifier key alone, and of nothing else than it says.

use std::ops::Bound::{self, Excluded, Included, Unbounded};
use std::time::Duration;

use jiff::Timestamp;

use crate::records::{Folder, begun, now, record};
use crate::signing::{add, checkpoints, key, log, open, our_key};
use ssbtx_audit::{
    Exported, InvalidProof, NoProof, Proof, ProofRefused, VerifierKey, export, prove, prove_consistency, prove_line,
};

#[tokio::test]
async fn every_record_is_proved_and_its_proof_is_read_as_it_is_written() {
    let folder = log().await;
    let mut proofs = Vec::new();
    let all = export(&folder.path(), &(..), |proof| {
        proofs.push(proof.clone());
        Ok(())
    });
    assert_eq!(all.unwrap(), Exported { records: 12, not_covered: 0 });
    for (proof, line) in proofs.iter().zip(folder.lines()) {
        assert_eq!(proof.line(), line);
        let read: Proof = proof.to_string().parse().unwrap();
        assert_eq!(read, Proof::Inclusion(proof.clone()));
        read.verify(&keys()).unwrap();
        assert_eq!(prove(&folder.path(), &question(&line)).unwrap(), *proof);
    }
}

#[tokio::test]
async fn a_question_in_pieces_is_proved_by_the_record_of_its_end() {
    let folder = Folder::new();
    let log = open(&folder).unwrap();
    for number in [1, 2] {
        log.append_begun(begun(number)).await.unwrap();
    }
    log.append(record(1)).await.unwrap();
    drop(log);
    let lines = folder.lines();
    // The host ended before the second question did.
    for (line, expected) in [(&lines[0], &lines[2]), (&lines[1], &lines[1])] {
        let proof = prove(&folder.path(), &question(line)).unwrap();
        assert_eq!(proof.line(), expected);
        Proof::Inclusion(proof).verify(&keys()).unwrap();
    }
}

#[tokio::test]
async fn any_line_is_proved_by_its_number() {
    let folder = log().await;
    for (sequence, line) in (1..).zip(folder.lines()) {
        let proof = prove_line(&folder.path(), sequence).unwrap();
        assert_eq!(proof, prove(&folder.path(), &question(&line)).unwrap());
    }
    for sequence in [0, 13, u64::MAX] {
        assert!(
            matches!(prove_line(&folder.path(), sequence), Err(NoProof::NoSuchLine { sequence: told }) if told == sequence)
        );
    }
    folder.open().append(record(13)).await.unwrap();
    assert!(matches!(prove_line(&folder.path(), 13), Err(NoProof::NotCovered { found: 13, covered: 12 })));
}

#[tokio::test]
async fn a_proof_of_an_altered_record_or_place_or_log_is_refused() {
    let folder = log().await;
    let proof = prove(&folder.path(), &question(&folder.lines()[4])).unwrap().to_string();
    let other = folder.lines()[5].clone();
    let (path, hash) = (proof.find(r#""path":[""#).unwrap() + 9, "ab".repeat(32));
    let mut otherwise = proof.clone();
    otherwise.replace_range(path..path + 64, &hash);
    let mut shorter = proof.clone();
    shorter.replace_range(path - 1..path + 66, "");
    for (changed, expected) in [
        (proof.replace("162020000001", "162020000003"), ProofRefused::Path),
        (proof.replace(r#"{"sequence":5"#, r#"{"sequence":6"#), ProofRefused::Path),
        (proof.replace(r#"{"sequence":5"#, r#"{"sequence":0"#), ProofRefused::Path),
        (proof.replace(r#"{"sequence":5"#, r#"{"sequence":18446744073709551615"#), ProofRefused::Path),
        (proof.replace(&folder.lines()[4], &other), ProofRefused::Path),
        (proof.replace(r#","record""#, r#", "record""#), ProofRefused::Path),
        (otherwise, ProofRefused::Path),
        (shorter, ProofRefused::Path),
        (proof.replace(r"\n12\n", r"\n11\n"), ProofRefused::Signature),
    ] {
        assert_ne!(changed, proof);
        assert_eq!(changed.parse::<Proof>().unwrap().verify(&keys()), Err(expected), "{changed}");
    }
    let proof: Proof = proof.parse().unwrap();
    for stranger in [key(2, "ssbtx.example.se/audit/1"), key(1, "ssbtx.example.se/audit/2")] {
        assert_eq!(proof.verify(&[stranger.public().clone()]), Err(ProofRefused::Signature));
    }
    assert_eq!(proof.verify(&[]), Err(ProofRefused::Signature));
}

#[tokio::test]
async fn a_log_that_was_only_added_to_is_proved_from_every_checkpoint() {
    let folder = log().await;
    for size in [3, 7, 12] {
        let proof = prove_consistency(&folder.path(), size).unwrap();
        assert_eq!((proof.older().size(), proof.newer().size()), (size, 12));
        let read: Proof = proof.to_string().parse().unwrap();
        assert_eq!(read, Proof::Consistency(proof));
        read.verify(&keys()).unwrap();
    }
    assert!(matches!(prove_consistency(&folder.path(), 4), Err(NoProof::NoSuchCheckpoint { size: 4 })));
}

#[tokio::test]
async fn a_fork_is_not_proved_to_be_a_continuation() {
    let (one, other) = (log().await, Folder::new());
    add(&other, 21..=23).await;
    let (ours, theirs) = (checkpoints(&one), checkpoints(&other));
    let proof = prove_consistency(&one.path(), 3).unwrap().to_string();
    let in_json = |checkpoint: &ssbtx_audit::SignedCheckpoint| serde_json::to_string(&checkpoint.to_string()).unwrap();
    let forked: Proof = proof.replace(&in_json(&ours[0]), &in_json(&theirs[0])).parse().unwrap();
    assert_eq!(forked.verify(&keys()), Err(ProofRefused::Path));
    let turned = proof.replace("older", "x").replace("newer", "older").replace(r#""x":"#, r#""newer":"#);
    assert_eq!(turned.parse::<Proof>().unwrap().verify(&keys()), Err(ProofRefused::Path));
}

#[tokio::test]
async fn a_record_without_a_checkpoint_is_not_proved_and_its_export_says_so() {
    let folder = log().await;
    folder.open().append(record(13)).await.unwrap();
    let question = question(&folder.lines()[12]);
    assert!(matches!(prove(&folder.path(), &question), Err(NoProof::NotCovered { found: 13, covered: 12 })));
    let exported = export(&folder.path(), &(..), |_| Ok(())).unwrap();
    assert_eq!(exported, Exported { records: 12, not_covered: 1 });
}

#[tokio::test]
async fn an_export_holds_the_records_of_its_time() {
    let folder = log().await;
    let answered: Timestamp = now() + Duration::from_millis(350);
    let count = |time: (Bound<Timestamp>, Bound<Timestamp>)| export(&folder.path(), &time, |_| Ok(())).unwrap().records;
    assert_eq!(count((Included(answered), Unbounded)), 12);
    assert_eq!(count((Unbounded, Excluded(answered))), 0);
    assert_eq!(count((Excluded(answered), Unbounded)), 0);
}

#[tokio::test]
async fn nothing_is_proved_of_a_log_without_checkpoints_or_of_an_unknown_question() {
    let old = Folder::with(2, 10).await;
    assert!(matches!(prove(&old.path(), "any"), Err(NoProof::NoCheckpoint)));
    let folder = log().await;
    assert!(matches!(prove(&folder.path(), "any"), Err(NoProof::Unknown)));
    drop(open(&folder).unwrap());
}

#[test]
fn err_proof() {
    for text in ["", "{}", "[]", r#"{"kind":"other"}"#, r#"{"kind":"ssbtx-audit-inclusion"}"#] {
        assert_eq!(text.parse::<Proof>(), Err(InvalidProof::Form), "{text}");
    }
    let proof = |version: u32, checkpoint: &str| {
        format!(
            r#"{{"kind":"ssbtx-audit-inclusion","version":{version},"line":{{"sequence":1}},"path":[],"checkpoint":"{checkpoint}"}}"#
        )
    };
    assert_eq!(proof(2, "").parse::<Proof>(), Err(InvalidProof::Version(2)));
    assert_eq!(proof(1, "").parse::<Proof>(), Err(InvalidProof::Checkpoint));
}

fn keys() -> [VerifierKey; 1] {
    [our_key().public().clone()]
}

fn question(line: &str) -> String {
    serde_json::from_str::<serde_json::Value>(line).unwrap()["record"]["question"].as_str().unwrap().to_owned()
}
