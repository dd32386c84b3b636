//! Row 8: what an agency call that waits holds of the memory.

use std::time::Duration;

use anyhow::{Context, Result};
use ssbtx_bench::{Definition, Goal, Pairs, Row};
use ssbtx_core::AgencyId;

use crate::agencies::Manner;
use crate::theatre::Theatre;
use crate::waiting::Holds;

/// The row.
pub const ROWS: [Definition; 1] = [Definition {
    number: 8,
    name: "memory of a waiting agency call; with its instance kept",
    unit: "kB",
    goal: Goal::RatioAtMost(0.2),
}];

/// Measures it: each time in a process of its own, which has nothing else in it.
pub async fn measure(theatre: &Theatre) -> Result<Vec<Row>> {
    let [row] = &ROWS;
    let af = theatre.replies.get(&AgencyId::AF).context("no reply of AF")?.clone();
    theatre.agencies.set(AgencyId::AF, Manner::Replies(af.clone(), WAIT))?;
    let mut pairs = Pairs::default();
    for _ in 0..ROUNDS {
        let ours = theatre.waiting(Holds::Nothing, CALLS).await?;
        pairs.push(ours, theatre.waiting(Holds::Instance, CALLS).await?);
    }
    theatre.agencies.set(AgencyId::AF, Manner::Replies(af, Duration::ZERO))?;
    let what = format!(
        "{CALLS} calls to one agency at once, over HTTP/2, each waiting {} s; the exchange is the sandbox's own, the HTTP/2 client the measurement's, \
         since the host speaks HTTP/1.1 to base services and has at most 1,024 exchanges with one under way",
        WAIT.as_secs()
    );
    Ok(vec![Row::compared(row, &pairs).noting(what)])
}

const CALLS: usize = 10_000;
const WAIT: Duration = Duration::from_secs(5);
const ROUNDS: usize = 2;
