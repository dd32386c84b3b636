//! What a host finds when it opens a log that another has left, or has not left.

use crate::records::record;
use crate::server::{Log, SHARED};
use ssbtx_audit::{AuditFault, PostgresFault};

#[tokio::test]
async fn the_chain_goes_on_after_a_log_is_opened_again() {
    let log = Log::with(2).await;
    log.open().append(record(3)).await.unwrap();
    assert_eq!(log.verify().records, 3);
}

#[tokio::test]
async fn two_hosts_never_write_one_log() {
    let log = Log::new();
    let first = log.open();
    let fault = log.try_open().unwrap_err();
    assert!(matches!(fault, AuditFault::Postgres(PostgresFault::InUse { .. })), "{fault}");
    first.append(record(1)).await.unwrap();
    drop(first);
    log.open().append(record(2)).await.unwrap();
    assert_eq!(log.verify().records, 2);
}

#[tokio::test]
async fn a_log_with_a_changed_line_is_not_opened() {
    let log = Log::with(3).await;
    let changed = format!(
        "SET session_replication_role = replica; UPDATE ssbtx_audit.line SET line = convert_to(replace(convert_from(line, 'UTF8'), \
         '162020000001', '162020000003'), 'UTF8') WHERE log = '{}' AND sequence = 2",
        log.settings.log()
    );
    SHARED.sql(&changed).unwrap();
    let expected = format!("row `2` of log `{}` has a hash that is not that of its record", log.settings.log());
    assert_eq!(log.try_open().unwrap_err().to_string(), expected);
}
