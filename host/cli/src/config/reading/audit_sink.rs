//! What the audit log is kept in.

use ssbtx_audit::{Origin, PostgresSettings};
use ssbtx_config_file::Table;

use super::Reading;
use crate::config::Sink;
use crate::config_file;

/// Reads what the log is kept in; what belongs to another sink is a fault.
pub(super) fn sink(reading: &Reading<'_>, table: &Table<'_>) -> Option<Sink> {
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
            postgres(reading, &database).map(Sink::Postgres)
        }
    }
}

fn postgres(reading: &Reading<'_>, table: &Table<'_>) -> Option<PostgresSettings> {
    let log = table.text("log", "the log's name, such as `ssbtx.example.se/audit/1`", str::parse::<Origin>);
    let database = reading.database(table);
    Some(PostgresSettings::new(database?, log?))
}

/// What `sink` may say.
#[derive(Clone, Copy)]
enum Kind {
    Files,
    Postgres,
}

const DIRECTORY: &str = "directory";
const DATABASE: &str = "postgresql";
