//! Where open cases are kept.

use std::time::Duration;

use ssbtx_config_file::Table;
use ssbtx_gateway::Consumers;
use ssbtx_open_cases::{CaseKey, CaseLimits};

use super::Reading;
use crate::config::Cases;
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
        cases(&table).map(Some)
    }
}

fn cases(table: &Table<'_>) -> Option<Cases> {
    let directory = table.path("directory", "the folder of the open cases");
    let key = table.file("key", "the key under which cases and persons are named in it");
    let key = key.and_then(|file| table.taken("key", CaseKey::load(&file.path)));
    let default = CaseLimits::default();
    let days = |time: Duration| time.as_secs() / SECONDS_OF_A_DAY;
    let range = days(*CaseLimits::LONGEST.start())..=days(*CaseLimits::LONGEST.end());
    let longest = table.number("longest-days", &range, days(default.longest));
    let limits = CaseLimits {
        longest: Duration::from_secs(longest.saturating_mul(SECONDS_OF_A_DAY)),
        most_cases: table.number("most-cases", &CaseLimits::MOST_CASES, default.most_cases),
    };
    Some(Cases { directory: directory?, key: key?, limits })
}

const SECONDS_OF_A_DAY: u64 = 24 * 60 * 60;
