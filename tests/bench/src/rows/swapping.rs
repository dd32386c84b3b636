//! Row 10: whether anybody notices that a policy is exchanged.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use ssbtx_bench::{Definition, Goal, Pairs, Row};
use ssbtx_stage::components;
use ssbtx_stage::repository::DemoTarget;

use crate::load::{Answers, Load};
use crate::setting::Setting;
use crate::theatre::Theatre;

/// The row.
pub const ROWS: [Definition; 1] = [Definition {
    number: 10,
    name: "longest gap between answers during a swap; no swap",
    unit: "ms",
    goal: Goal::MoreByAtMost(5.0),
}];

/// Measures it: a new policy is published a second after the first question.
pub async fn measure(theatre: &mut Theatre) -> Result<Vec<Row>> {
    let [row] = &ROWS;
    let host = theatre.host(&Setting::default())?;
    let load = theatre.load(&host, &[vec!["TNS"]]).await?;
    load.offer(PER_SECOND, ROUND, Answers::Counted).await?;
    let mut pairs = Pairs::default();
    for round in 0..ROUNDS {
        let still = load.offer(PER_SECOND, ROUND, Answers::Counted).await?.longest_gap;
        let before = version(&load).await?;
        let asking = load.clone();
        let asked = tokio::spawn(async move { asking.offer(PER_SECOND, ROUND, Answers::Counted).await });
        tokio::time::sleep(Duration::from_secs(1)).await;
        let policy = components::marked(&components::read(POLICY), &format!("swap {round}"));
        theatre.repository.replace(&DemoTarget::new(POLICY, policy))?;
        let swapped = asked.await.context("ask")??.longest_gap;
        ensure!(version(&load).await? > before, "the policy was not exchanged in time");
        pairs.push(swapped.as_secs_f64() * 1e3, still.as_secs_f64() * 1e3);
    }
    Ok(vec![
        Row::compared(row, &pairs)
            .noting(format!("{PER_SECOND} questions a second to one agency, so a gap of 2 ms is none")),
    ])
}

/// The version that answers now.
async fn version(load: &Load) -> Result<u64> {
    let answer: Value = serde_json::from_str(&load.once().await?).context("read an answer")?;
    answer.pointer("/edition/trustVersion").and_then(Value::as_u64).context("no `trustVersion`")
}

const POLICY: &str = "policies/ekonomiskt-bistand/policy.wasm";
const ROUNDS: usize = 4;
const ROUND: Duration = Duration::from_secs(4);
const PER_SECOND: f64 = 500.0;
