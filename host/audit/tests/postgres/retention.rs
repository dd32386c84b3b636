//! What is too old is removed from the rows, by a role that can remove nothing else, and the rest still holds.

use std::time::Duration;

use jiff::Timestamp;
use tokio::runtime::Handle;
use tokio::task::spawn_blocking;

use crate::place::{Asked, clock, key, person};
use crate::records::{PERSON, record};
use crate::server::{Log, SHARED};
use crate::signing::our_key;
use ssbtx_audit::{
    AuditLog, CheckpointSettings, NoProof, NotRetained, PostgresFault, PostgresSearch, PostgresSettings, Record,
    Retained, Searchable, Signers, export, prove, prove_consistency, retain, verify, verify_checkpoints,
};
use ssbtx_core::QuestionId;
use ssbtx_postgresql::{Database, DatabaseFault, DatabaseFiles, Server};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_too_old_is_removed_and_the_rest_verifies() {
    let log = signed_log().await;
    let before = log.column(LINE);
    let names = [key(7).subject(&person(PERSON)).named()];
    let mut search = PostgresSearch::new(log.settings.clone());
    assert_eq!(search.about(&names).unwrap().len(), 10);
    assert_eq!(retained(&log.settings, THIRD_DAY).await.unwrap(), removed(0, 6));
    assert_eq!(search.about(&names).unwrap().len(), 4);
    assert_eq!(log.column(LINE)[..4], before[6..], "whole days, to the day");
    let keys = [our_key().public().clone()];
    let verified = || verify_checkpoints(&log.settings, Signers::Known(&keys), &[]).unwrap();
    assert_eq!((verified().log.records, verified().log.removed, verified().covered), (11, 6, 11));
    // Again there is nothing to do, and nothing is recorded.
    assert_eq!(retained(&log.settings, THIRD_DAY).await.unwrap(), Retained::default());
    assert_eq!(log.column(LINE).len(), 5);
    // And again, on top of a beginning that was removed, down to what tells of it.
    for (limit, through) in [("2020-01-04T23:00:00Z", 8), ("2020-01-05T23:00:00Z", 10)] {
        assert_eq!(retained(&log.settings, limit).await.unwrap().through, through);
    }
    assert_eq!(log.column("kind"), ["removed"; 3]);
    // A host goes on.
    open(&log.settings).append(asked(6, 1)).await.unwrap();
    assert_eq!((verified().log.records, verified().log.removed, verified().covered), (14, 10, 14));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_of_a_time_that_has_not_come_keeps_what_follows_it_and_is_told_of() {
    let log = Log::new();
    let ahead = || Record {
        question: QuestionId([9; 16]),
        ..Asked { at: "2099-01-01T10:00:00Z", ..Asked::default() }.record()
    };
    let host = open(&log.settings);
    for record in [asked(1, 1), ahead(), asked(2, 2)] {
        host.append(record).await.unwrap();
    }
    drop(host);
    let kept = Retained { segments: 0, through: 1, ahead: Some(2) };
    assert_eq!(retained(&log.settings, THIRD_DAY).await.unwrap(), kept);
    let again = Retained { ahead: Some(2), ..Retained::default() };
    assert_eq!(retained(&log.settings, THIRD_DAY).await.unwrap(), again);
    // What begins after others is a month that is not there to its whole.
    assert!(PostgresSearch::new(log.settings.clone()).begins().unwrap().is_some());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_remains_is_proved_as_before() {
    let log = signed_log().await;
    let gone = log.column("question")[0].clone();
    retained(&log.settings, THIRD_DAY).await.unwrap();
    let keys = [our_key().public().clone()];
    for question in &log.column("question")[..4] {
        prove(&log.settings, question).unwrap().verify(&keys).unwrap();
    }
    assert!(matches!(prove(&log.settings, &gone), Err(NoProof::Unknown)));
    let mut exported = 0;
    export(&log.settings, &.., |proof| {
        exported += 1;
        proof.verify(&keys).unwrap();
        Ok(())
    })
    .unwrap();
    assert_eq!(exported, 5);
    prove_consistency(&log.settings, 10).unwrap().verify(&keys).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_removal_that_stopped_after_it_was_recorded_is_finished() {
    let log = signed_log().await;
    let name = log.settings.log();
    let kept = format!("CREATE TABLE stopped AS SELECT * FROM ssbtx_audit.line WHERE log = '{name}' AND sequence <= 6");
    SHARED.sql(&kept).unwrap();
    retained(&log.settings, THIRD_DAY).await.unwrap();
    SHARED.sql("INSERT INTO ssbtx_audit.line SELECT * FROM stopped").unwrap();
    assert_eq!(log.verify().records, 11);
    assert_eq!(retained(&log.settings, THIRD_DAY).await.unwrap(), removed(0, 6));
    let verified = log.verify();
    assert_eq!((verified.records, verified.removed), (11, 6), "it is recorded once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hosts_role_removes_what_the_log_tells_of_and_nothing_else() {
    let log = signed_log().await;
    for role in ["ssbtx_host", "ssbtx_keeping"] {
        SHARED.sql(&format!("CREATE ROLE {role} LOGIN; GRANT USAGE ON SCHEMA ssbtx_audit TO {role}; GRANT SELECT, INSERT ON ssbtx_audit.line, ssbtx_audit.checkpoint TO {role}; GRANT SELECT ON ssbtx_audit.version TO {role}")).unwrap();
    }
    SHARED.sql("GRANT EXECUTE ON FUNCTION ssbtx_audit.remove_announced TO ssbtx_host").unwrap();
    let refused = retained(&as_role(&log, "ssbtx_keeping"), THIRD_DAY).await.unwrap_err();
    assert!(is_without_right(&refused), "{refused}");
    assert_eq!(log.column(LINE).len(), 10, "nothing is recorded that is not done");
    let delete = "SET ROLE ssbtx_host; DELETE FROM ssbtx_audit.line";
    assert!(SHARED.sql(delete).unwrap_err().to_string().contains("permission denied"));
    let unannounced = format!("SET ROLE ssbtx_host; SELECT ssbtx_audit.remove_announced('{}')", log.settings.log());
    assert_eq!(SHARED.sql(&unannounced).unwrap(), "0");
    assert_eq!(retained(&as_role(&log, "ssbtx_host"), THIRD_DAY).await.unwrap().through, 6);
    assert_eq!(log.verify().removed, 6);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_database_keeps_what_is_young_whatever_a_host_says() {
    let log = Log::new();
    let young = Timestamp::now() - jiff::SignedDuration::from_hours(28 * 24);
    for at in ["2020-01-01T10:00:00Z".parse().unwrap(), young] {
        let record = Record { asked_at: at, answered_at: at, ..record(1) };
        open(&log.settings).append(record).await.unwrap();
    }
    let refused = retained(&log.settings, &Timestamp::now().to_string()).await.unwrap_err();
    assert!(is_without_right(&refused), "{refused}");
    let verified = log.verify();
    assert_eq!((verified.records, verified.removed), (3, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn more_than_was_said_to_be_removed_is_found() {
    let log = signed_log().await;
    retained(&log.settings, THIRD_DAY).await.unwrap();
    let delete = format!("DELETE FROM ssbtx_audit.line WHERE log = '{}' AND sequence <= 8", log.settings.log());
    SHARED.sql(&delete).unwrap();
    let fault = verify(&log.settings).unwrap_err().to_string();
    assert!(fault.ends_with("has sequence `9`, expected `1`"), "{fault}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_forged_word_of_a_removal_is_found_and_removes_nothing() {
    let log = signed_log().await;
    let name = log.settings.log();
    let forged = format!(
        "INSERT INTO ssbtx_audit.line (log, sequence, line, hash, kind) VALUES ('{name}', 11, convert_to('{{\"record\":{{\"kind\":\"removed\",\"through\":6,\"hash\":\"00\",\"edge\":[]}}}}', 'UTF8'), sha256(''), 'removed')"
    );
    SHARED.sql(&forged).unwrap();
    assert_eq!(SHARED.sql(&format!("SELECT ssbtx_audit.remove_announced('{name}')")).unwrap(), "0");
    assert_eq!(log.column(LINE).len(), 11);
    assert!(verify(&log.settings).unwrap_err().to_string().ends_with("is no line of an audit log"));
}

/// So many segments, through this line.
fn removed(segments: usize, through: u64) -> Retained {
    Retained { segments, through, ahead: None }
}

/// Ten questions on five days, two on each, with a checkpoint.
async fn signed_log() -> Log {
    let log = Log::new();
    let open = open(&log.settings);
    for day in 1..=5 {
        for number in 0..2 {
            open.append(asked(day, 2 * day - 1 + number)).await.unwrap();
        }
    }
    log
}

fn asked(day: u8, number: u8) -> Record {
    let at = format!("2020-01-{day:02}T10:00:00Z");
    Record { question: QuestionId([number; 16]), ..Asked { at: &at, ..Asked::default() }.record() }
}

fn open(settings: &PostgresSettings) -> AuditLog {
    let checkpoints = CheckpointSettings::Signed { key: our_key(), every: Duration::from_hours(1) };
    AuditLog::connect(settings.clone(), checkpoints).unwrap()
}

async fn retained(settings: &PostgresSettings, limit: &str) -> Result<Retained, NotRetained> {
    let log = open(settings);
    let (settings, notes, limit, runtime) = (settings.clone(), log.notes(), limit.parse().unwrap(), Handle::current());
    spawn_blocking(move || retain(&settings, limit, &notes, clock(), &runtime)).await.unwrap()
}

/// The same log, by another role.
fn as_role(log: &Log, user: &str) -> PostgresSettings {
    let host = SHARED.socket_folder().to_str().unwrap().into();
    let server = Server { host, port: SHARED.port(), database: "postgres".into(), user: user.into() };
    let database = Database::new(server, &DatabaseFiles::default()).unwrap();
    PostgresSettings::new(database, log.settings.log().clone())
}

fn is_without_right(refused: &NotRetained) -> bool {
    let NotRetained::Database(PostgresFault::Database(DatabaseFault::Refused { code, .. })) = refused else {
        return false;
    };
    code == "42501"
}

const LINE: &str = "convert_from(line, 'UTF8')";
/// The end of the third day in Sweden.
const THIRD_DAY: &str = "2020-01-03T23:00:00Z";
