//! Row 11: what it costs that every answer is on the disk before it leaves.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result};
use ssbtx_bench::{Definition, Goal, Pairs, Row};

use crate::setting::Setting;
use crate::theatre::{SEVEN, Theatre};

/// The rows.
pub const ROWS: [Definition; 2] = [
    Definition {
        number: 11,
        name: "answers of seven agencies with audit on disk; in memory",
        unit: "1/s",
        goal: Goal::RatioAtLeast(0.9),
    },
    Definition {
        number: 11,
        name: "answers of one agency with audit on disk; in memory",
        unit: "1/s",
        goal: Goal::RatioAtLeast(0.9),
    },
];

/// Measures both.
pub async fn measure(theatre: &Theatre) -> Result<Vec<Row>> {
    let memory = tempfile::tempdir_in(MEMORY).with_context(|| format!("make a folder in `{MEMORY}`"))?;
    let mut rows = Vec::new();
    for (definition, included) in ROWS.iter().zip([SEVEN.to_vec(), vec!["TNS"]]) {
        rows.push(row(theatre, definition, &memory.path().join(included.len().to_string()), included).await?);
    }
    Ok(rows)
}

async fn row(theatre: &Theatre, definition: &Definition, memory: &Path, included: Vec<&str>) -> Result<Row> {
    let durable = theatre.host(&Setting::default())?;
    let volatile = theatre.host(&Setting { audit: Some(memory), ..Setting::default() })?;
    let questions = [included];
    let (ours, reference) = (theatre.load(&durable, &questions).await?, theatre.load(&volatile, &questions).await?);
    for load in [&ours, &reference] {
        load.saturate(WARMING_UP).await?;
    }
    let mut pairs = Pairs::default();
    for _ in 0..ROUNDS {
        let ours = ours.saturate(ROUND).await?.per_second;
        pairs.push(ours, reference.saturate(ROUND).await?.per_second);
    }
    Ok(Row::compared(definition, &pairs)
        .noting("`in memory` is the same log in a file system that is memory".to_owned()))
}

const MEMORY: &str = "/dev/shm";
const ROUNDS: usize = 4;
const ROUND: Duration = Duration::from_secs(3);
const WARMING_UP: Duration = Duration::from_secs(1);
