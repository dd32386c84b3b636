//! Every way to change a log is found and named; most are refused.

use crate::server::{Log, SHARED};
use ssbtx_audit::verify;

#[tokio::test]
async fn a_row_cannot_be_changed_and_the_table_not_be_emptied() {
    let log = Log::with(1).await;
    for change in [
        "UPDATE ssbtx_audit.line SET line = ''",
        "TRUNCATE ssbtx_audit.line",
        "UPDATE ssbtx_audit.checkpoint SET note = ''",
    ] {
        let refused = SHARED.sql(change).unwrap_err().to_string();
        assert!(refused.contains("the audit log is only added to"), "{change}: {refused}");
    }
    assert_eq!(log.verify().records, 1);
}

#[tokio::test]
async fn a_changed_record_is_found() {
    let fault = tampered("UPDATE ssbtx_audit.line SET line = convert_to(replace(convert_from(line, 'UTF8'), '162020000001', '162020000003'), 'UTF8')").await;
    assert_eq!(fault, "row `2` has a hash that is not that of its record");
}

#[tokio::test]
async fn a_changed_column_is_found() {
    for change in [
        "organisation = '162020000003'",
        "subject_hmac = NULL",
        "at = at + 1",
        "case_id = '1'",
        r#"parts = '{"answered":2}'"#,
        "hash = sha256('')",
    ] {
        let fault = tampered(&format!("UPDATE ssbtx_audit.line SET {change}")).await;
        assert_eq!(fault, "row `2` has columns that are not those of the line", "{change}");
    }
}

#[tokio::test]
async fn a_removed_row_is_found() {
    let fault = tampered("DELETE FROM ssbtx_audit.line").await;
    assert_eq!(fault, "row `2` has sequence `3`, expected `2`");
}

#[tokio::test]
async fn a_renumbered_row_is_found() {
    let fault = tampered("UPDATE ssbtx_audit.line SET sequence = 9").await;
    assert_eq!(fault, "row `2` has sequence `3`, expected `2`");
}

#[tokio::test]
async fn a_row_that_is_no_line_is_found() {
    assert_eq!(tampered("UPDATE ssbtx_audit.line SET line = '{}'").await, "row `2` is no line of an audit log");
}

/// What `verify` says of a log of three rows after a statement about the second, by somebody who may do everything.
async fn tampered(statement: &str) -> String {
    let log = Log::with(3).await;
    let name = log.settings.log();
    let forced = format!("SET session_replication_role = replica; {statement} WHERE log = '{name}' AND sequence = 2");
    SHARED.sql(&forced).unwrap();
    verify(&log.settings).unwrap_err().to_string().replace(&format!(" of log `{name}`"), "")
}
