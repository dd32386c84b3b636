//! A database that would not keep records as they must be kept is refused, and says why.

use std::io::ErrorKind;

use crate::postgres::Postgres;
use crate::records::record;
use crate::server::{Log, SHARED};
use ssbtx_audit::{Condition, NotRecorded, PostgresSettings};
use ssbtx_postgresql::{Database, DatabaseFiles, Server};

#[tokio::test]
async fn a_newer_schema_is_refused_and_one_that_is_not_durable_too() {
    let server = Postgres::start().unwrap();
    let log = Log::on(&server);
    drop(log.open());
    let refused = || {
        let fault = log.try_open().unwrap_err().to_string();
        fault.replace(log.settings.server(), "SERVER")
    };
    server.sql("INSERT INTO ssbtx_audit.version VALUES (2)").unwrap();
    assert_eq!(refused(), "schema `ssbtx_audit` of database `SERVER` has version `2`, expected `1`");
    server.sql("DELETE FROM ssbtx_audit.version WHERE version = 2").unwrap();
    // Asking for less in the role's settings is overridden; a server that does not flush at all cannot be.
    server.sql("ALTER ROLE postgres SET synchronous_commit = off").unwrap();
    drop(log.open());
    server.sql("ALTER SYSTEM SET fsync = off").unwrap();
    server.sql("SELECT pg_reload_conf()").unwrap();
    while server.sql("SHOW fsync").unwrap() == "on" {
        tokio::task::yield_now().await;
    }
    assert_eq!(refused(), "`fsync` of database `SERVER` is `off`, expected `on`");
}

#[tokio::test]
async fn a_database_that_does_not_keep_every_character_is_refused() {
    SHARED.sql("CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0").unwrap();
    let server = Server { database: "latin".into(), ..server(SHARED.socket_folder().to_str().unwrap()) };
    let fault = log(server).try_open().unwrap_err().to_string();
    assert!(fault.starts_with("`server_encoding` of database `"), "{fault}");
    assert!(fault.ends_with("/latin` is `LATIN1`, expected `UTF8`"), "{fault}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_database_will_never_take_fails_the_log_and_is_not_tried_for_ever() {
    for code in ["22P05", "54000"] {
        let server = Postgres::start().unwrap();
        let log = Log::on(&server);
        let open = log.open();
        open.append(record(1)).await.unwrap();
        server.sql(&format!(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '' USING ERRCODE = '{code}'; END $$; \
             CREATE TRIGGER refuse BEFORE INSERT ON ssbtx_audit.line FOR EACH ROW EXECUTE FUNCTION refuse()"
        ))
        .unwrap();
        let outcome = open.append(record(2)).await;
        assert!(matches!(outcome, Err(NotRecorded::Write(ErrorKind::InvalidData))), "{code}: {outcome:?}");
        assert_eq!(open.levels().condition, Condition::Failed { label: "write" });
    }
}

#[tokio::test]
async fn a_role_without_the_right_to_add_is_refused_with_the_servers_code() {
    drop(Log::new().open());
    SHARED.sql("CREATE ROLE stranger LOGIN").unwrap();
    let server = Server { user: "stranger".into(), ..server(SHARED.socket_folder().to_str().unwrap()) };
    let fault = log(server).try_open().unwrap_err().to_string();
    assert!(fault.ends_with("refused with sqlstate `42501`"), "{fault}");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told_at_once() {
    let fault = log(server("/nonexistent")).try_open().unwrap_err().to_string();
    assert!(fault.ends_with("cannot be reached"), "{fault}");
}

fn log(server: Server) -> Log {
    let database = Database::new(server, &DatabaseFiles::default()).unwrap();
    Log { settings: PostgresSettings::new(database, "test/refused".parse().unwrap()) }
}

fn server(host: &str) -> Server {
    Server { host: host.into(), port: SHARED.port(), database: "postgres".into(), user: "postgres".into() }
}
