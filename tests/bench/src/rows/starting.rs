//! Row 12: how soon a host serves.

use anyhow::{Context, Result};
use ssbtx_bench::{Definition, Goal, Row, Spread};

use crate::setting::Setting;
use crate::theatre::Theatre;

/// The rows.
pub const ROWS: [Definition; 2] = [
    Definition { number: 12, name: "start to ready, compiled before", unit: "s", goal: Goal::AtMost(0.5) },
    Definition { number: 12, name: "start to ready, cold", unit: "s", goal: Goal::AtMost(4.0) },
];

/// Measures both: seven adapters and two policies, each verified, admitted and tested with its own cases.
pub fn measure(theatre: &Theatre) -> Result<Vec<Row>> {
    let [warm, cold] = &ROWS;
    let folder = tempfile::tempdir().context("make a folder")?;
    let start = |name: String| -> Result<f64> {
        let compiled = folder.path().join(name);
        let host = theatre.host(&Setting { compiled_code: Some(&compiled), ..Setting::default() })?;
        Ok(host.until_ready().as_secs_f64())
    };
    let colds = (0..COLD).map(|round| start(format!("cold-{round}"))).collect::<Result<Vec<_>>>()?;
    let warms = (0..WARM).map(|_| start("cold-0".to_owned())).collect::<Result<Vec<_>>>()?;
    Ok(vec![row(warm, &warms)?, row(cold, &colds)?])
}

fn row(definition: &Definition, seconds: &[f64]) -> Result<Row> {
    let Spread { low, median, high } = Spread::of(seconds).context("no starts")?;
    Ok(Row::single(definition, median)
        .noting(format!("half of {} starts between {low:.3} and {high:.3} s", seconds.len())))
}

const WARM: usize = 7;
const COLD: usize = 3;
