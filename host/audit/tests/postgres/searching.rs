//! Lines are found through their columns, and what is found is looked at.

use crate::records::{person, record};
use crate::server::{Log, SHARED};
use ssbtx_audit::{NamedSubject, PostgresSearch, Searchable, SubjectKey};

#[tokio::test]
async fn the_lines_about_a_person_are_found_by_the_name_under_the_key() {
    let log = Log::with(3).await;
    let named = SubjectKey::from_bytes([7; 32]).subject(&person());
    let named = NamedSubject { key: named.key().to_string(), hmac_sha256: named.hmac_sha256() };
    let mut search = PostgresSearch::new(log.settings.clone());
    let found: Vec<u64> =
        search.about(std::slice::from_ref(&named)).unwrap().iter().map(|found| found.row.sequence).collect();
    assert_eq!(found, [1, 2, 3]);
    let stranger = NamedSubject { hmac_sha256: "ab".repeat(32), ..named };
    assert!(search.about(&[stranger]).unwrap().is_empty());
}

#[tokio::test]
async fn the_lines_of_a_caseworker_are_found_in_their_time() {
    let log = Log::with(2).await;
    let mut search = PostgresSearch::new(log.settings.clone());
    let asked = record(1).asked_at;
    let mut found = |from, before| {
        let found = search.by_caseworker("162020000001", &ssbtx_audit::folded(" ÅSA \"exempel\""), &(from..before));
        found.unwrap().len()
    };
    let second = std::time::Duration::from_secs(1);
    assert_eq!((found(asked, asked + second), found(asked + second, asked + 2 * second)), (2, 0));
}

#[tokio::test]
async fn a_line_that_is_found_by_a_column_that_was_changed_is_not_believed() {
    let log = Log::with(2).await;
    let changed = "SET session_replication_role = replica; UPDATE ssbtx_audit.line SET caseworker_folded = 'nobody'";
    SHARED.sql(&format!("{changed} WHERE log = '{}' AND sequence = 2", log.settings.log())).unwrap();
    let asked = record(1).asked_at;
    let mut search = PostgresSearch::new(log.settings.clone());
    let time = asked..asked + std::time::Duration::from_secs(1);
    let fault = search.by_caseworker("162020000001", "nobody", &time).unwrap_err().to_string();
    assert!(fault.contains("has columns that are not those of the line"), "{fault}");
}
