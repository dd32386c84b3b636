//! Rows 1 and 2: what the sandbox costs an adapter.

use anyhow::Result;
use ssbtx_bench::{Definition, Goal, Row, Verdict, median};
use ssbtx_core::AgencyId;
use ssbtx_stage::components;

use crate::compiled::Empty;
use crate::documents::lefi_of_everything;
use crate::in_process::{Guest, InProcess, Native};
use crate::pace;

/// The rows.
pub const ROWS: [Definition; 2] = [
    Definition {
        number: 1,
        name: "AF: plan and absorb, each in a fresh instance; native",
        unit: "µs",
        goal: Goal::RatioAtMost(6.0),
    },
    Definition { number: 2, name: "LEFI of 200 KB: the same; native", unit: "µs", goal: Goal::RatioAtMost(2.5) },
];

/// Measures both.
pub async fn measure(in_process: &InProcess) -> Result<Vec<Row>> {
    let [small, large] = &ROWS;
    let product = &in_process.product;
    let reply = in_process.reply(AgencyId::AF)?;
    let guest = Guest::new(product, AgencyId::AF, reply.clone())?;
    let document = guest.document().await?;
    let native = Native::new(product, AgencyId::AF, reply.clone(), &document)?;
    let pairs = pace::compare(&guest, &native).await?;

    let empty = Empty::new(&components::read("adapters/af/adapter.wasm"))?;
    let empty = median(&pace::alone(&empty).await?).unwrap_or(f64::INFINITY);
    let most = REFERENCE_MACHINE_US * empty / REFERENCE_MACHINE_EMPTY_US;
    let ours = pairs.ours().unwrap_or(f64::INFINITY);
    let first = Row::compared(small, &pairs)
        .also("≤ 25 µs where a fresh empty instance is 3 µs", Verdict::met_if(ours <= most))
        .noting(format!("a fresh empty instance is {empty:.2} µs here, so the second goal is {most:.1} µs"))
        .noting(format!("the answer has {} bytes and {} nodes", reply.body.len(), document.nodes().len()));

    let reply = lefi_of_everything(in_process.reply(AgencyId::FK)?, LARGE_BYTES)?;
    let bytes = reply.body.len();
    let guest = Guest::new(product, AgencyId::FK, reply.clone())?;
    let document = guest.document().await?;
    let native = Native::new(product, AgencyId::FK, reply, &document)?;
    let pairs = pace::compare(&guest, &native).await?;
    let second = Row::compared(large, &pairs)
        .noting(format!("the answer has {bytes} bytes and {} nodes", document.nodes().len()));
    Ok(vec![first, second])
}

/// What the exchange with AF may take on the machine that the goal was set on.
const REFERENCE_MACHINE_US: f64 = 25.0;
/// What a fresh empty instance takes there.
const REFERENCE_MACHINE_EMPTY_US: f64 = 3.0;
/// The largest LEFI answer that was seen.
pub const LARGE_BYTES: usize = 200_000;
