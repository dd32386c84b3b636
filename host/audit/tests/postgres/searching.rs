//! Lines are found through their columns, and what is found is looked at.

use crate::postgres::Postgres;
use crate::records::{person, record};
use crate::server::{Log, SHARED};
use ssbtx_audit::{NamedSubject, PostgresSearch, PostgresSettings, Searchable, SubjectKey};
use ssbtx_postgresql::{Database, DatabaseFiles, Server};

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
        let name = ssbtx_audit::folded(" ÅSA \"exempel\"");
        let mut found = |most| search.by_caseworker("162020000001", &name, &(from..before), most).unwrap().len();
        assert!(found(1) <= 1);
        found(9)
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
    let fault = search.by_caseworker("162020000001", "nobody", &time, 9).unwrap_err().to_string();
    assert!(fault.contains("has columns that are not those of the line"), "{fault}");
}

#[tokio::test]
async fn what_was_answered_and_what_is_about_a_person_is_never_asked_of_a_standby() {
    let log = Log::with(2).await;
    // What a standby says of itself, and so does a session of this role.
    SHARED.sql("CREATE ROLE ssbtx_standby LOGIN SUPERUSER; ALTER ROLE ssbtx_standby SET default_transaction_read_only = on").unwrap();
    let server = Server {
        host: SHARED.socket_folder().to_str().unwrap().into(),
        port: SHARED.port(),
        database: "postgres".into(),
        user: "ssbtx_standby".into(),
    };
    let database = Database::new(server, &DatabaseFiles::default()).unwrap();
    let mut search = PostgresSearch::new(PostgresSettings::new(database, log.settings.log().clone()));
    let asked = record(1).asked_at;
    let time = asked..asked + std::time::Duration::from_secs(1);
    let name = ssbtx_audit::folded("Åsa \"Exempel\"");
    assert_eq!(search.by_caseworker("162020000001", &name, &time, 9).unwrap().len(), 2);
    assert!(search.was_answered("01890000-0000-7000-8000-000000000000").is_err());
    let named = SubjectKey::from_bytes([7; 32]).subject(&person());
    let named = NamedSubject { key: named.key().to_string(), hmac_sha256: named.hmac_sha256() };
    assert!(search.about(&[named]).is_err());
}

#[tokio::test]
async fn look_ups_and_removals_are_found_by_an_index() {
    let server = Postgres::start().unwrap();
    drop(Log::on(&server).open());
    // Questions, of which none is a look-up or a removal.
    let fill = "INSERT INTO ssbtx_audit.line (log, sequence, line, hash, at, kind) \
                SELECT 'test/many', number, '', sha256(''), number, 'question' FROM generate_series(1, 20000) number";
    server.sql(fill).unwrap();
    server.sql("ANALYZE ssbtx_audit.line").unwrap();
    for (which, index) in [
        ("look_up = 'x' ORDER BY sequence LIMIT 1", "line_look_up"),
        ("kind = 'removed' ORDER BY sequence DESC LIMIT 1", "line_removed"),
    ] {
        let plan =
            server.sql(&format!("EXPLAIN SELECT line FROM ssbtx_audit.line WHERE log = 'test/many' AND {which}"));
        let plan = plan.unwrap();
        assert!(plan.contains(index), "{plan}");
    }
}
