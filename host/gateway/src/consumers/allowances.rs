//! What the file says of how much may be asked.

use ssbtx_config_file::Table;

use crate::limits::{Allowance, ConsumerLimits};

/// Reads both tables; what neither says has its default.
pub(super) fn read(consumer: &Table<'_>) -> ConsumerLimits {
    let default = ConsumerLimits::default();
    ConsumerLimits {
        consumer: allowance(consumer, "limits", default.consumer),
        caseworker: allowance(consumer, "caseworker-limits", default.caseworker),
    }
}

fn allowance(consumer: &Table<'_>, key: &str, default: Allowance) -> Allowance {
    const KEYS: [&str; 4] = ["questions-per-minute", "burst", "concurrent-questions", "questions-per-day"];
    let table = consumer.table(key, &KEYS);
    let [per_minute, burst, concurrent, per_day] = KEYS;
    Allowance {
        per_minute: table.number(per_minute, &Allowance::PER_MINUTE, default.per_minute),
        burst: table.number(burst, &Allowance::BURST, default.burst),
        concurrent: table.number(concurrent, &Allowance::CONCURRENT, default.concurrent),
        per_day: table.number(per_day, &Allowance::PER_DAY, default.per_day),
    }
}
