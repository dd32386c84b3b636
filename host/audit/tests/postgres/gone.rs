//! A connection that is cut in the middle of a commit, and one that does not come back.

use std::sync::Arc;

use crate::proxy::Proxy;
use crate::records::record;
use crate::server::{Log, SHARED, settings};
use ssbtx_audit::{AuditLog, Condition, NotRecorded};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_commit_whose_confirmation_is_lost_is_found_and_not_made_twice() {
    let proxy = Proxy::before(SHARED.port()).await;
    let log = Log { settings: settings("127.0.0.1", proxy.port()) };
    let open = log.open();
    open.append(record(0)).await.unwrap();
    // The first replies are to the beginning and to the statement, the next to its data, the last is that it is committed.
    for number in 1..=12 {
        proxy.cut_after(i64::from(number) % 4);
        while proxy.is_armed() {
            open.append(record(number)).await.unwrap();
        }
    }
    let records = open.levels().records;
    drop(open);
    assert_eq!(log.verify().records, records);
    assert!(records > 12);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_host_that_stops_while_its_database_is_gone_ends_and_says_what_it_could_not_write() {
    let mut server = crate::postgres::Postgres::start().unwrap();
    let log = Log::on(&server);
    let open = Arc::new(log.open());
    open.append(record(1)).await.unwrap();
    server.crash().unwrap();
    let waiting = Arc::clone(&open);
    let outcome = waiting.append(record(2)).await;
    assert!(matches!(outcome, Err(NotRecorded::Away)), "{outcome:?}");
    drop(waiting);
    let ended = tokio::task::spawn_blocking(move || drop(open));
    ended.await.unwrap();
    server.begin().unwrap();
    assert_eq!(ssbtx_audit::verify(&log.settings).unwrap().records, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_committed_and_is_gone_stops_the_log_for_good() {
    let proxy = Proxy::before(SHARED.port()).await;
    let log = Log { settings: settings("127.0.0.1", proxy.port()) };
    let open = log.open();
    for number in 1..=2 {
        open.append(record(number)).await.unwrap();
    }
    // As a standby does that became the primary before it had heard of the last commit.
    SHARED.sql(&format!("DELETE FROM ssbtx_audit.line WHERE log = '{}' AND sequence = 2", log.settings.log())).unwrap();
    proxy.cut_after(0);
    assert!(matches!(open.append(record(3)).await, Err(NotRecorded::Displaced)));
    assert!(matches!(open.append(record(4)).await, Err(NotRecorded::Closed)));
    assert_eq!(open.levels().condition, Condition::Failed { label: "displaced" });
    assert!(!AuditLog::is_writable(&open));
}
