//! What is too old is removed, and the rest still holds.

use std::fs;
use std::path::Path;

use tokio::runtime::Handle;
use tokio::task::spawn_blocking;

use crate::place::{Asked, clock, january, key, person, questions};
use crate::records::{Folder, PERSON, lines, now, rewrite};
use crate::signing::{our_key, settings};
use ssbtx_audit::{
    AuditLog, ChainBroken, NoProof, Proof, Record, Retained, Searchable, SegmentIndex, SignedCheckpoint, Signers,
    export, prove, prove_consistency, retain, verify, verify_checkpoints,
};
use ssbtx_core::QuestionId;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_too_old_is_removed_and_the_rest_verifies() {
    let folder = signed_log().await;
    let kept: Vec<SignedCheckpoint> = crate::signing::checkpoints(&folder);
    let before = folder.lines();
    assert_eq!(retained(&folder, "2026-01-03T23:00:00Z").await, removed(3, 6));
    let after = folder.lines();
    assert_eq!(after[..4], before[6..], "whole days, to the day");
    assert_eq!(folder.segments().len(), 3, "two days, and that of the removal");
    let verified = verify(&folder.path()).unwrap();
    assert_eq!((verified.records, verified.removed), (11, 6));
    // Checkpoints of what was removed are as good as before, and those of the rest agree.
    let keys = [our_key().public().clone()];
    let verified = verify_checkpoints(&folder.path(), Signers::Known(&keys), &kept).unwrap();
    assert_eq!((verified.log.removed, verified.covered), (6, 11));
    // Again there is nothing to do, and nothing is recorded.
    assert_eq!(retained(&folder, "2026-01-03T23:00:00Z").await, Retained::default());
    assert_eq!(folder.lines().len(), 5);
    // And again, on top of a beginning that was removed.
    assert_eq!(retained(&folder, "2026-01-04T23:00:00Z").await, removed(1, 8));
    assert_eq!(verify_checkpoints(&folder.path(), Signers::Known(&keys), &kept).unwrap().log.removed, 8);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_remains_is_proved_as_before() {
    let folder = signed_log().await;
    retained(&folder, "2026-01-03T23:00:00Z").await;
    let keys = [our_key().public().clone()];
    for number in 7..=10 {
        let question = format!("{number:02x}").repeat(4)
            + &format!("-{0}-{0}-{0}-{1}", format!("{number:02x}").repeat(2), format!("{number:02x}").repeat(6));
        prove(&folder.path(), &question).unwrap().verify(&keys).unwrap();
    }
    let gone = "01010101-0101-0101-0101-010101010101";
    assert!(matches!(prove(&folder.path(), gone), Err(NoProof::Unknown)));
    let mut exported = 0;
    export(&folder.path(), &.., |proof| {
        exported += 1;
        proof.to_string().parse::<Proof>().unwrap().verify(&keys).unwrap();
        Ok(())
    })
    .unwrap();
    assert_eq!(exported, 5);
    prove_consistency(&folder.path(), 10).unwrap().verify(&keys).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_host_goes_on_after_a_removal() {
    let folder = signed_log().await;
    // What was the last segment is old the next time, when the removal itself stands after it.
    for through in [8, 10] {
        assert_eq!(retained(&folder, "2026-01-05T23:00:00Z").await.through, through);
    }
    // Also where all that is left is one segment, and the edge is lost.
    fs::remove_file(folder.path().join("audit.edge")).unwrap();
    let log = open(&folder);
    log.append(asked(6, 1)).await.unwrap();
    drop(log);
    let keys = [our_key().public().clone()];
    let verified = verify_checkpoints(&folder.path(), Signers::Known(&keys), &[]).unwrap();
    assert_eq!((verified.log.records, verified.log.removed, verified.covered), (13, 10, 13));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_index_forgets_what_was_removed() {
    let folder = signed_log().await;
    let names = [key(7).subject(&person(PERSON)).named()];
    let mut index = SegmentIndex::open(&folder.path()).unwrap();
    assert_eq!(index.about(&names).unwrap().len(), 10);
    retained(&folder, "2026-01-03T23:00:00Z").await;
    assert_eq!(index.about(&names).unwrap().len(), 4);
    assert_eq!(SegmentIndex::anew(&folder.path()).unwrap().about(&names).unwrap().len(), 4);
    retained(&folder, "2026-01-05T23:00:00Z").await;
    assert!(index.about(&names).unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_removal_that_stopped_in_the_middle_is_finished() {
    let folder = signed_log().await;
    let oldest: Vec<_> = folder.segments()[..3].iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect();
    retained(&folder, "2026-01-03T23:00:00Z").await;
    // Stopped before anything was removed, and after the first segment was.
    for left in [&oldest[..], &oldest[1..]] {
        for (path, content) in left {
            fs::write(path, content).unwrap();
        }
        verify(&folder.path()).unwrap();
        drop(open(&folder));
    }
    fs::remove_file(&oldest[0].0).unwrap();
    assert_eq!(verify(&folder.path()).unwrap().removed, 6);
    assert_eq!(retained(&folder, "2026-01-03T23:00:00Z").await, removed(2, 6));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_beginning_that_is_gone_without_a_word_is_found() {
    let folder = signed_log().await;
    for segment in &folder.segments()[..3] {
        fs::remove_file(segment).unwrap();
    }
    assert_missing(&folder, "audit-000000000007.jsonl", "audit-000000000001.jsonl");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn more_than_was_said_to_be_removed_is_found() {
    let folder = signed_log().await;
    retained(&folder, "2026-01-03T23:00:00Z").await;
    fs::remove_file(&folder.segments()[0]).unwrap();
    assert_missing(&folder, "audit-000000000009.jsonl", "audit-000000000001.jsonl");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_forged_word_of_a_removal_is_found() {
    for (from, to) in
        [(r#""through":6"#, r#""through":8"#), (r#""hash":""#, r#""hash":"0"#), (r#""edge":[""#, r#""edge":["0"#)]
    {
        let folder = signed_log().await;
        retained(&folder, "2026-01-03T23:00:00Z").await;
        let last = folder.segments().pop().unwrap();
        let forged: Vec<String> = lines(&last).iter().map(|line| line.replacen(from, to, 1)).collect();
        assert_ne!(forged, lines(&last));
        rewrite(&last, &forged);
        assert!(verify(&folder.path()).is_err(), "{from}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_of_a_time_that_has_not_come_keeps_what_follows_it_and_is_told_of() {
    let folder = Folder::new();
    let log = open(&folder);
    let ahead = || Record {
        question: QuestionId([9; 16]),
        ..Asked { at: "2099-01-01T10:00:00Z", ..Asked::default() }.record()
    };
    for record in [asked(1, 1), ahead(), asked(2, 2), asked(3, 3)] {
        log.append(record).await.unwrap();
    }
    drop(log);
    let kept = Retained { segments: 1, through: 1, ahead: Some(2) };
    assert_eq!(retained(&folder, "2026-01-05T23:00:00Z").await, kept);
    // And again on the day after, for as long as it stands there.
    assert_eq!(retained(&folder, "2026-01-06T23:00:00Z").await, Retained { ahead: Some(2), ..Retained::default() });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_month_of_which_days_were_removed_is_never_counted_exactly() {
    let folder = Folder::new();
    let log = open(&folder);
    let days = std::iter::repeat_n(1, 6).chain(std::iter::repeat_n(2, 13));
    for (number, day) in (1..).zip(days) {
        log.append(asked(day, number)).await.unwrap();
    }
    drop(log);
    let shown = |log: &AuditLog| {
        let asked = questions(&folder.path(), log, vec![key(7)], None);
        let usage = serde_json::to_value(asked.usage(january()).unwrap()).unwrap()["months"][0].clone();
        let misuse = serde_json::to_value(asked.misuse(january()).unwrap()).unwrap()["months"][0]["partial"].clone();
        let row = &usage["rows"][0];
        (usage["partial"].clone(), misuse, row["questions"].clone(), row["parts"]["answered"].clone())
    };
    assert_eq!(shown(&open(&folder)), (false.into(), false.into(), 19.into(), 19.into()));
    assert_eq!(retained(&folder, "2026-01-01T23:00:00Z").await.through, 6);
    // Between 19 and 13 lies a day.
    assert_eq!(shown(&open(&folder)), (true.into(), true.into(), 10.into(), 10.into()));
}

fn assert_missing(folder: &Folder, found: &str, expected: &str) {
    match verify(&folder.path()) {
        Err(ChainBroken::Segment { found: other, expected: wanted }) => {
            assert_eq!((other.as_str(), wanted.as_str()), (found, expected));
        }
        other => panic!("{other:?}"),
    }
}

/// So many segments, through this line.
fn removed(segments: usize, through: u64) -> Retained {
    Retained { segments, through, ahead: None }
}

/// Ten questions on five days, two on each, with checkpoints.
async fn signed_log() -> Folder {
    let folder = Folder::new();
    let log = open(&folder);
    for day in 1..=5 {
        for number in 0..2 {
            log.append(asked(day, 2 * day - 1 + number)).await.unwrap();
        }
    }
    folder
}

fn asked(day: u8, number: u8) -> Record {
    let at = format!("2026-01-{day:02}T10:00:00Z");
    Record { question: QuestionId([number; 16]), ..Asked { at: &at, ..Asked::default() }.record() }
}

fn open(folder: &Folder) -> AuditLog {
    AuditLog::open(&folder.path(), settings(our_key()), now()).unwrap()
}

async fn retained(folder: &Folder, limit: &str) -> Retained {
    let log = open(folder);
    let (path, notes, limit, runtime) = (folder.path(), log.notes(), limit.parse().unwrap(), Handle::current());
    let done = spawn_blocking(move || retain(Path::new(&path), limit, &notes, clock(), &runtime));
    done.await.unwrap().unwrap()
}
