//! Row 14: whether a host that answers a million questions needs more memory than one that answers a few.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use ssbtx_bench::{Definition, Goal, Pairs, Row, median};

use crate::load::Answers;
use crate::setting::Setting;
use crate::theatre::Theatre;

/// The row.
pub const ROWS: [Definition; 1] = [Definition {
    number: 14,
    name: "memory in the last minute of 1,000,000 questions; in the first",
    unit: "MB",
    goal: Goal::RatioAtMost(1.05),
}];

/// Measures it with questions to one agency, as many a second as two consumers may ask; ten minutes at most.
///
/// A minute's memory is the median of what was found every ten seconds: memory that comes and goes in a moment is no growth.
pub async fn measure(theatre: &Theatre) -> Result<Vec<Row>> {
    let [row] = &ROWS;
    let host = theatre.host(&Setting::default())?;
    let load = theatre.load(&host, &[vec!["TNS"]]).await?;
    let per_second = (load.saturate(AT_FULL_LOAD).await?.per_second * BELOW_SATURATION).min(ALLOWED_PER_SECOND);
    load.offer(per_second, WARMING_UP, Answers::Counted).await?;
    let (begun, mut answers, mut memory) = (Instant::now(), 0, Vec::new());
    while answers < QUESTIONS && begun.elapsed() < AT_MOST {
        answers += load.offer(per_second, STRETCH, Answers::Counted).await?.latency.len();
        memory.push(megabytes(host.resident_bytes()?));
        eprintln!("    {answers} questions, {:.1} MB", memory.last().copied().unwrap_or_default());
    }
    let first = memory.get(..MINUTE).and_then(median).context("less than a minute")?;
    let last = memory.len().checked_sub(MINUTE).and_then(|begin| median(memory.get(begin..)?));
    let mut pairs = Pairs::default();
    pairs.push(last.context("less than a minute")?, first);
    let (least, most) = memory.iter().fold((f64::MAX, 0_f64), |(least, most), one| (least.min(*one), most.max(*one)));
    let what = format!(
        "{answers} questions in {} s, {per_second:.0} a second, to one agency; after {} s of warming up, memory was between {least:.1} and {most:.1} MB",
        begun.elapsed().as_secs(),
        WARMING_UP.as_secs()
    );
    Ok(vec![Row::compared(row, &pairs).noting(what)])
}

#[allow(clippy::cast_precision_loss, reason = "less memory than a float can count")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

const QUESTIONS: u64 = 1_000_000;
const AT_MOST: Duration = Duration::from_secs(580);
const STRETCH: Duration = Duration::from_secs(10);
/// In stretches.
const MINUTE: usize = 6;
/// Until threads, connections and places in the sandbox have all been in use: four seconds were measured to be too few for that.
const WARMING_UP: Duration = Duration::from_secs(60);
/// Short, since consumers may not ask for long as fast as a host can answer.
const AT_FULL_LOAD: Duration = Duration::from_secs(1);
/// So that the same questions are asked on a machine that is busy for a moment.
const BELOW_SATURATION: f64 = 0.85;
/// Less than the host lets two consumers ask, which is 200,000 in a minute: what was asked at full load is made up for.
const ALLOWED_PER_SECOND: f64 = 3_000.0;
