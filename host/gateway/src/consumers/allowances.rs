//! What the file says of how much may be asked.

use std::ops::RangeInclusive;

use crate::limits::{Allowance, ConsumerLimits};
use crate::reading::{Faults, Object};

/// Reads both tables; what neither says has its default.
pub(super) fn read(consumer: &Object<'_>, faults: &mut Faults) -> ConsumerLimits {
    let default = ConsumerLimits::default();
    ConsumerLimits {
        consumer: allowance(consumer, "limits", default.consumer, faults),
        caseworker: allowance(consumer, "caseworker-limits", default.caseworker, faults),
    }
}

fn allowance(consumer: &Object<'_>, key: &str, default: Allowance, faults: &mut Faults) -> Allowance {
    const KEYS: [&str; 4] = ["questions-per-minute", "burst", "concurrent-questions", "questions-per-day"];
    let Some(value) = consumer.value(key) else { return default };
    let Some(table) = Object::open(value, consumer.at(key), &KEYS, faults) else { return default };
    let [per_minute, burst, concurrent, per_day] = KEYS;
    let mut number = |key, range, default| number(&table, key, &range, default, faults);
    Allowance {
        per_minute: number(per_minute, Allowance::PER_MINUTE, default.per_minute),
        burst: number(burst, Allowance::BURST, default.burst),
        concurrent: number(concurrent, Allowance::CONCURRENT, default.concurrent),
        per_day: number(per_day, Allowance::PER_DAY, default.per_day),
    }
}

/// A number, where one is given; whatever else is given is a fault, so the default that stands for it is never used.
fn number(table: &Object<'_>, key: &str, range: &RangeInclusive<u32>, default: u32, faults: &mut Faults) -> u32 {
    let Some(value) = table.value(key) else { return default };
    let number = value.as_u64().and_then(|number| u32::try_from(number).ok());
    if let Some(number) = number.filter(|number| range.contains(number)) {
        return number;
    }
    let expected = format_args!("expected a whole number, {} to {}", range.start(), range.end());
    faults.push(table.at(key), expected);
    default
}
