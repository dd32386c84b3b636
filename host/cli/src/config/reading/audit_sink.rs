//! What the audit log is kept in.

use std::path::PathBuf;

use ssbtx_audit::{Origin, PostgresFiles, PostgresServer, PostgresSettings, PostgresSettingsFault};
use ssbtx_config_file::Table;

use crate::config::Sink;
use crate::config_file;

/// Reads what the log is kept in; what belongs to another sink is a fault.
pub(super) fn sink(table: &Table<'_>) -> Option<Sink> {
    match table.choice("sink", [("files", Kind::Files), ("postgresql", Kind::Postgres)])? {
        Kind::Files => {
            if table.has(DATABASE) {
                table.fault(DATABASE, "stands with `sink = \"files\"`, which has no use for it");
            }
            table.path(DIRECTORY, "the folder of the audit log").map(Sink::Files)
        }
        Kind::Postgres => {
            if table.has(DIRECTORY) {
                table.fault(DIRECTORY, "stands with `sink = \"postgresql\"`, which has no use for it");
            }
            let database = table.required_table(DATABASE, config_file::POSTGRESQL)?;
            postgres(&database).map(Sink::Postgres)
        }
    }
}

fn postgres(table: &Table<'_>) -> Option<PostgresSettings> {
    let any = |key, expected: &str| table.text(key, expected, |text| Ok::<_, String>(text.to_owned()));
    let host = any(HOST, "a host, such as `db.example.se`, or the folder of a Unix socket");
    let port = table.number("port", &(1_u16..=u16::MAX), 5432);
    let database = any("database", "the name of the database");
    let user = any("user", "the role that the host has in the database");
    let log = table.text("log", "the log's name, such as `ssbtx.example.se/audit/1`", str::parse::<Origin>);
    let password = table.optional_path(PASSWORD, "the file of the role's password");
    let roots = table.optional_path(ROOTS, "the issuers of the server's certificate, PEM");
    let chain = table.optional_path(CHAIN, "the host's certificate towards the database, PEM");
    let key = table.optional_path(KEY, "its private key, PEM");
    let files = PostgresFiles { password: password?, roots: roots?, client: client(table, chain?, key?)? };
    let server = PostgresServer { host: host?, port, database: database?, user: user?, log: log? };
    let settings = PostgresSettings::new(server, &files);
    let at = settings.as_ref().err().map_or(HOST, |fault| at(fault, &files));
    table.taken(at, settings)
}

/// A certificate with its key, or neither.
#[expect(clippy::option_option, reason = "wrong, left out and read are three things")]
fn client(table: &Table<'_>, chain: Option<PathBuf>, key: Option<PathBuf>) -> Option<Option<(PathBuf, PathBuf)>> {
    match (chain, key) {
        (Some(chain), Some(key)) => Some(Some((chain, key))),
        (None, None) => Some(None),
        (Some(_), None) => {
            table.fault(CHAIN, "stands without `private-key`");
            None
        }
        (None, Some(_)) => {
            table.fault(KEY, "stands without `certificate-chain`");
            None
        }
    }
}

/// The key at whose line a fault is told.
fn at(fault: &PostgresSettingsFault, files: &PostgresFiles) -> &'static str {
    match fault {
        PostgresSettingsFault::NoRoots { .. } => HOST,
        PostgresSettingsFault::Permissions { .. } | PostgresSettingsFault::Password { .. } => PASSWORD,
        PostgresSettingsFault::Key { .. } => KEY,
        PostgresSettingsFault::Read { path, .. } | PostgresSettingsFault::Certificate { path } => {
            let is = |file: &Option<PathBuf>| file.as_ref() == Some(path);
            match &files.client {
                _ if is(&files.password) => PASSWORD,
                _ if is(&files.roots) => ROOTS,
                Some((_, key)) if key == path => KEY,
                Some(_) | None => CHAIN,
            }
        }
    }
}

/// What `sink` may say.
#[derive(Clone, Copy)]
enum Kind {
    Files,
    Postgres,
}

const DIRECTORY: &str = "directory";
const DATABASE: &str = "postgresql";
const HOST: &str = "host";
const PASSWORD: &str = "password";
const ROOTS: &str = "roots";
const CHAIN: &str = "certificate-chain";
const KEY: &str = "private-key";
