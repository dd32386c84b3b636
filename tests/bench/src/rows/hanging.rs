//! Row 9: what one agency that hangs does to the others' parts.

use std::time::Duration;

use anyhow::{Context, Result};
use hdrhistogram::Histogram;
use serde_json::Value;
use ssbtx_bench::{Definition, Goal, Pairs, Row};
use ssbtx_core::AgencyId;

use crate::agencies::Manner;
use crate::load::{Answers, Load};
use crate::setting::Setting;
use crate::theatre::{SEVEN, Theatre};

/// The row.
pub const ROWS: [Definition; 1] = [Definition {
    number: 9,
    name: "p99 of the others' parts with AF hanging; none hanging",
    unit: "ms",
    goal: Goal::RatioAtMost(1.1),
}];

/// Measures it. The agencies take a while, as real ones do: parts tell their time in whole milliseconds.
pub async fn measure(theatre: &Theatre) -> Result<Vec<Row>> {
    let [row] = &ROWS;
    for (agency, recorded) in &theatre.replies {
        theatre.agencies.set(*agency, Manner::Replies(recorded.clone(), WHILE))?;
    }
    let host = theatre.host(&Setting { deadline_ms: DEADLINE_MS, ..Setting::default() })?;
    let load = theatre.load(&host, &[SEVEN.to_vec()]).await?;
    let af = theatre.replies.get(&AgencyId::AF).context("no reply of AF")?;
    others_p99(&load).await?;
    let mut pairs = Pairs::default();
    for _ in 0..ROUNDS {
        theatre.agencies.set(AgencyId::AF, Manner::Hangs)?;
        let hanging = others_p99(&load).await?;
        theatre.agencies.set(AgencyId::AF, Manner::Replies(af.clone(), WHILE))?;
        pairs.push(hanging, others_p99(&load).await?);
    }
    for (agency, recorded) in &theatre.replies {
        theatre.agencies.set(*agency, Manner::Replies(recorded.clone(), Duration::ZERO))?;
    }
    let what = format!(
        "{PER_SECOND} questions a second, agencies that take {} ms, {DEADLINE_MS} ms for a question, and a breaker that does not open",
        WHILE.as_millis()
    );
    Ok(vec![Row::compared(row, &pairs).noting(what)])
}

/// The time within which 99 of 100 parts of the other agencies are there, as the host tells it.
async fn others_p99(load: &Load) -> Result<f64> {
    let offered = load.offer(PER_SECOND, ROUND, Answers::Kept).await?;
    let mut histogram: Histogram<u64> = Histogram::new(3).context("make a histogram")?;
    for answer in &offered.answers {
        let answer: Value = serde_json::from_str(answer).context("read an answer")?;
        for part in answer.get("parts").and_then(Value::as_array).context("no parts")? {
            if part.get("agency").is_some_and(|agency| agency != "AF") {
                let elapsed = part.get("elapsedMs").and_then(Value::as_u64).context("no `elapsedMs`")?;
                histogram.record(elapsed).context("record a part's time")?;
            }
        }
    }
    #[allow(clippy::cast_precision_loss, reason = "milliseconds of a few seconds")]
    Ok(histogram.value_at_percentile(99.0) as f64)
}

const ROUNDS: usize = 3;
const ROUND: Duration = Duration::from_secs(5);
const PER_SECOND: f64 = 40.0;
const WHILE: Duration = Duration::from_millis(50);
const DEADLINE_MS: u64 = 1000;
