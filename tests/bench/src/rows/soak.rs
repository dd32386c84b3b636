//! Row 14: whether a host that answers a million questions needs more memory than one that answers a few.

use std::time::{Duration, Instant};

use anyhow::Result;
use ssbtx_bench::{Definition, Goal, Pairs, Row};

use crate::load::Answers;
use crate::setting::Setting;
use crate::theatre::Theatre;

/// The row.
pub const ROWS: [Definition; 1] = [Definition {
    number: 14,
    name: "memory after 1,000,000 questions; after warming up",
    unit: "MB",
    goal: Goal::RatioAtMost(1.05),
}];

/// Measures it with questions to one agency, as many a second as two consumers may ask; ten minutes at most.
pub async fn measure(theatre: &Theatre) -> Result<Vec<Row>> {
    let [row] = &ROWS;
    let host = theatre.host(&Setting::default())?;
    let load = theatre.load(&host, &[vec!["TNS"]]).await?;
    let per_second = (load.saturate(AT_FULL_LOAD).await?.per_second * BELOW_SATURATION).min(ALLOWED_PER_SECOND);
    load.offer(per_second, WARMING_UP, Answers::Counted).await?;
    let warm = megabytes(host.resident_bytes()?);
    let (begun, mut answers) = (Instant::now(), 0);
    while answers < QUESTIONS && begun.elapsed() < AT_MOST {
        answers += load.offer(per_second, STRETCH, Answers::Counted).await?.latency.len();
        eprintln!("    {answers} questions, {:.1} MB", megabytes(host.resident_bytes()?));
    }
    let mut pairs = Pairs::default();
    pairs.push(megabytes(host.resident_bytes()?), warm);
    let what =
        format!("{answers} questions in {} s, {per_second:.0} a second, to one agency", begun.elapsed().as_secs());
    Ok(vec![Row::compared(row, &pairs).noting(what)])
}

#[allow(clippy::cast_precision_loss, reason = "less memory than a float can count")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

const QUESTIONS: u64 = 1_000_000;
const AT_MOST: Duration = Duration::from_secs(580);
const STRETCH: Duration = Duration::from_secs(30);
/// Until threads, connections and places in the sandbox have all been in use: four seconds were measured to be too few for that.
const WARMING_UP: Duration = Duration::from_secs(60);
/// Short, since consumers may not ask for long as fast as a host can answer.
const AT_FULL_LOAD: Duration = Duration::from_secs(1);
/// So that the same questions are asked on a machine that is busy for a moment.
const BELOW_SATURATION: f64 = 0.85;
/// Less than the host lets two consumers ask, which is 200,000 in a minute: what was asked at full load is made up for.
const ALLOWED_PER_SECOND: f64 = 3_000.0;
