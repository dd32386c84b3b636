//! Rows 3 and 4: what deciding costs.

use anyhow::Result;
use ssbtx_bench::{Definition, Goal, Row, median};

use crate::in_process::{Cedar, Decide, DecideCached, InProcess, Regorus};
use crate::pace;

/// The rows.
pub const ROWS: [Definition; 3] = [
    Definition {
        number: 3,
        name: "decide all catalogues; Cedar, element by element",
        unit: "µs",
        goal: Goal::TimesFaster(20.0),
    },
    Definition {
        number: 3,
        name: "decide all catalogues; Regorus, all at once",
        unit: "µs",
        goal: Goal::TimesFaster(4.0),
    },
    Definition { number: 4, name: "decide one catalogue, cached", unit: "µs", goal: Goal::AtMost(1.0) },
];

/// Measures all three.
pub async fn measure(in_process: &InProcess) -> Result<Vec<Row>> {
    let [beside_cedar, beside_regorus, cached] = &ROWS;
    let product = &in_process.product;
    let decide = Decide::new(product)?;
    let verdicts = decide.verdicts().await?;
    let elements: usize = verdicts.iter().map(|(_, verdicts)| verdicts.len()).sum();
    let (cedar, regorus) = (Cedar::new(&verdicts)?, Regorus::new(&verdicts)?);
    let cedar = Row::compared(beside_cedar, &pace::compare(&decide, &cedar).await?);
    let regorus = Row::compared(beside_regorus, &pace::compare(&decide, &regorus).await?);
    let cached_us = median(&pace::alone(&DecideCached::new(product)?).await?).unwrap_or(f64::INFINITY);
    let what = format!(
        "{elements} elements of {} catalogues; ours with law, grants and closure over the tree",
        verdicts.len()
    );
    Ok(vec![cedar.noting(what), regorus, Row::single(cached, cached_us)])
}
