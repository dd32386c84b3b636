//! A server that stalls: questions wait, then fail clearly, and nothing is lost or written twice when it is back.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crate::postgres::Postgres;
use crate::records::record;
use crate::server::{Log, SHARED};
use ssbtx_audit::{AuditLog, Condition, NotRecorded};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_hangs_fails_questions_clearly_and_takes_them_when_it_goes_on() {
    let server = Postgres::start().unwrap();
    let log = Log::on(&server);
    let open = Arc::new(log.open());
    open.append(record(1)).await.unwrap();
    server.freeze().unwrap();
    let waiting: Vec<_> = (2..=4).map(|number| append(&open, number)).collect();
    for waits in waiting {
        assert!(matches!(waits.await.unwrap(), Err(NotRecorded::Away)));
    }
    // The writer began a moment after whoever waits for it did.
    while open.is_writable() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert!(matches!(open.ready(), Err(NotRecorded::Away)));
    assert!(matches!(open.levels().condition, Condition::Stalled { .. }), "{:?}", open.levels());
    server.thaw().unwrap();
    until_writable(&open).await;
    open.append(record(5)).await.unwrap();
    // Those whose questions failed are accounted for too: their agencies were asked.
    assert_eq!(ssbtx_audit::verify(&log.settings).unwrap().records, 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lock_that_somebody_holds_on_the_table_is_waited_for() {
    let log = Log::with(1).await;
    let open = Arc::new(log.open());
    let holding = thread::spawn(|| SHARED.sql("BEGIN; LOCK TABLE ssbtx_audit.line; SELECT pg_sleep(1); COMMIT"));
    while SHARED.sql("SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted").unwrap() == "0" {
        tokio::task::yield_now().await;
    }
    open.append(record(2)).await.unwrap();
    holding.join().unwrap().unwrap();
    assert_eq!(log.verify().records, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_crashes_under_load_and_comes_back_has_every_record_once() {
    let mut server = Postgres::start().unwrap();
    let log = Log::on(&server);
    let open = Arc::new(log.open());
    let loads: Vec<_> = (0..4_u8)
        .map(|load| {
            let open = Arc::clone(&open);
            tokio::spawn(async move {
                let mut told = Vec::new();
                for number in 0..60 {
                    let number = load * 60 + number;
                    open.append(record(number)).await.unwrap();
                    told.push(number);
                }
                told
            })
        })
        .collect();
    for crash in 1..=3 {
        while open.levels().records < crash * 40 {
            tokio::task::yield_now().await;
        }
        server.crash().unwrap();
        server.begin().unwrap();
    }
    for load in loads {
        assert_eq!(load.await.unwrap().len(), 60);
    }
    assert_eq!(ssbtx_audit::verify(&log.settings).unwrap().records, 240);
    assert_eq!(server.sql("SELECT count(DISTINCT question) FROM ssbtx_audit.line").unwrap(), "240");
    assert!(open.is_writable());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_that_was_taken_and_then_not_committed_is_written_again_and_not_told_before() {
    let server = Postgres::start().unwrap();
    let log = Log::on(&server);
    let open = Arc::new(log.open());
    open.append(record(1)).await.unwrap();
    server.sql(REFUSING_AT_COMMIT).unwrap();
    let appending = append(&open, 2);
    // A sequence goes on although what used it is undone.
    while server.sql("SELECT last_value > 2 FROM public.tried").unwrap() == "f" {
        assert!(!appending.is_finished(), "a record is told to be kept that was never committed");
    }
    server.sql("DROP TRIGGER refuse ON ssbtx_audit.line").unwrap();
    appending.await.unwrap().unwrap();
    assert_eq!(ssbtx_audit::verify(&log.settings).unwrap().records, 2);
}

fn append(open: &Arc<AuditLog>, number: u8) -> tokio::task::JoinHandle<Result<(), NotRecorded>> {
    let open = Arc::clone(open);
    tokio::spawn(async move { open.append(record(number)).await })
}

async fn until_writable(open: &AuditLog) {
    while !open.is_writable() {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Lets every line be added, and refuses the commit as a server does whose transactions stand in each other's way.
const REFUSING_AT_COMMIT: &str = "\
    CREATE SEQUENCE public.tried; \
    CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS \
    $$ BEGIN PERFORM nextval('public.tried'); RAISE EXCEPTION 'not now' USING ERRCODE = '40001'; END $$; \
    CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON ssbtx_audit.line DEFERRABLE INITIALLY DEFERRED \
    FOR EACH ROW EXECUTE FUNCTION public.refuse();";
