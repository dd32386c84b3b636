//! Where open cases are kept.

use std::time::Duration;

use ssbtx_config_file::Table;
use ssbtx_gateway::Consumers;
use ssbtx_open_cases::{CaseKey, CaseLimits};

use super::Reading;
use crate::config::{CaseStorage, Cases};
use crate::config_file;

impl Reading<'_> {
    /// Reads `[cases]`, which is needed as soon as a consumer is held to its open cases: `None` where it is wrong.
    #[expect(clippy::option_option, reason = "wrong, left out and read are three things")]
    pub(super) fn cases(&self, consumers: Option<&Consumers>) -> Option<Option<Cases>> {
        let Some(table) = self.root.optional_table("cases", config_file::CASES) else {
            let held = consumers.map(Consumers::held_to_open_cases).unwrap_or_default();
            if let Some(consumer) = held.first() {
                self.root.fault(
                    "cases",
                    format_args!(
                        "missing, expected a table `[cases]`: consumer `{consumer}` is held to its open cases"
                    ),
                );
            }
            return Some(None);
        };
        cases(self, &table).map(Some)
    }
}

fn cases(reading: &Reading<'_>, table: &Table<'_>) -> Option<Cases> {
    let storage = storage(reading, table);
    let key = table.file("key", "the key under which cases and persons are named in the store");
    let key = key.and_then(|file| table.taken("key", CaseKey::load(&file.path)));
    let default = CaseLimits::default();
    let days = |time: Duration| time.as_secs() / SECONDS_OF_A_DAY;
    let range = days(*CaseLimits::LONGEST.start())..=days(*CaseLimits::LONGEST.end());
    let longest = table.number("longest-days", &range, days(default.longest));
    let limits = CaseLimits {
        longest: Duration::from_secs(longest.saturating_mul(SECONDS_OF_A_DAY)),
        most_cases: table.number("most-cases", &CaseLimits::MOST_CASES, default.most_cases),
    };
    Some(Cases { storage: storage?, key: key?, limits })
}

/// Reads what cases are kept in; what belongs to another store is a fault.
fn storage(reading: &Reading<'_>, table: &Table<'_>) -> Option<CaseStorage> {
    match table.choice("store", [("files", Kind::Files), ("postgresql", Kind::Postgres)])? {
        Kind::Files => {
            if table.has(DATABASE) {
                table.fault(DATABASE, "stands with `store = \"files\"`, which has no use for it");
            }
            table.path(DIRECTORY, "the folder of the open cases").map(CaseStorage::Files)
        }
        Kind::Postgres => {
            if table.has(DIRECTORY) {
                table.fault(DIRECTORY, "stands with `store = \"postgresql\"`, which has no use for it");
            }
            let database = table.required_table(DATABASE, config_file::CASES_POSTGRESQL)?;
            reading.database(&database).map(CaseStorage::Postgres)
        }
    }
}

/// What `store` may say.
#[derive(Clone, Copy)]
enum Kind {
    Files,
    Postgres,
}

const DIRECTORY: &str = "directory";
const DATABASE: &str = "postgresql";

const SECONDS_OF_A_DAY: u64 = 24 * 60 * 60;
