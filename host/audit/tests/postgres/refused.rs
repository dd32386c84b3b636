//! A database that would not keep records as they must be kept is refused, and says why.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::postgres::Postgres;
use crate::server::{Log, SHARED};
use ssbtx_audit::{PostgresFiles, PostgresServer, PostgresSettings, PostgresSettingsFault};

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
    assert_eq!(refused(), "audit schema of database `SERVER` has version `2`, expected `1`");
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
async fn a_role_without_the_right_to_add_is_refused_with_the_servers_code() {
    drop(Log::new().open());
    SHARED.sql("CREATE ROLE stranger LOGIN").unwrap();
    let target = PostgresServer { user: "stranger".into(), ..target(SHARED.socket_folder().to_str().unwrap()) };
    let settings = PostgresSettings::new(target, &PostgresFiles::default()).unwrap();
    let fault = Log { settings }.try_open().unwrap_err().to_string();
    assert!(fault.ends_with("refused with sqlstate `42501`"), "{fault}");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told_at_once() {
    let settings = PostgresSettings::new(target("/nonexistent"), &PostgresFiles::default()).unwrap();
    let fault = Log { settings }.try_open().unwrap_err().to_string();
    assert!(fault.ends_with("cannot be reached"), "{fault}");
}

#[test]
fn a_connection_that_leaves_the_machine_needs_roots() {
    let settings = |host: &str| PostgresSettings::new(target(host), &PostgresFiles::default());
    for host in ["/run/postgresql", "127.0.0.1", "::1", "localhost"] {
        assert!(settings(host).is_ok(), "{host}");
    }
    for host in ["db.example.se", "192.0.2.1", "localhost.example.se"] {
        assert!(matches!(settings(host), Err(PostgresSettingsFault::NoRoots { .. })), "{host}");
    }
}

#[test]
fn a_password_is_read_from_a_file_of_its_owner_alone_and_does_not_print() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("password");
    let files = PostgresFiles { password: Some(path.clone()), ..PostgresFiles::default() };
    let settings = || PostgresSettings::new(target("localhost"), &files);
    assert!(matches!(settings(), Err(PostgresSettingsFault::Read { .. })));
    fs::write(&path, "sommarvind\n").unwrap();
    for (mode, is_taken) in [(0o600, true), (0o640, false), (0o604, false)] {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        assert_eq!(settings().is_ok(), is_taken, "{mode:o}");
    }
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    assert!(!format!("{:?}", settings().unwrap()).contains("sommarvind"));
    for text in ["", "\n", "one\ntwo\n"] {
        fs::write(&path, text).unwrap();
        assert!(matches!(settings(), Err(PostgresSettingsFault::Password { .. })), "{text:?}");
    }
}

fn target(host: &str) -> PostgresServer {
    PostgresServer {
        host: host.into(),
        port: SHARED.port(),
        database: "postgres".into(),
        user: "postgres".into(),
        log: "test/refused".parse().unwrap(),
    }
}
