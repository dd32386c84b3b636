//! Row 5: what masking costs.

use anyhow::Result;
use ssbtx_bench::{Definition, Goal, Row};
use ssbtx_core::AgencyId;

use super::adapter_calls::LARGE_BYTES;
use crate::documents::lefi_of_everything;
use crate::in_process::{Front, Guest, InProcess, Masked, Unmasked, half_of};
use crate::pace;

/// The rows.
pub const ROWS: [Definition; 2] = [
    Definition {
        number: 5,
        name: "project and write under a half mask, XML; write whole",
        unit: "µs",
        goal: Goal::RatioAtMost(1.0),
    },
    Definition {
        number: 5,
        name: "project and write under a half mask, JSON; write whole",
        unit: "µs",
        goal: Goal::RatioAtMost(1.0),
    },
];

/// Measures both: AF's answer as XML, the large LEFI answer as JSON.
pub async fn measure(in_process: &InProcess) -> Result<Vec<Row>> {
    let [xml, json] = &ROWS;
    let af = in_process.reply(AgencyId::AF)?.clone();
    let lefi = lefi_of_everything(in_process.reply(AgencyId::FK)?, LARGE_BYTES)?;
    let mut rows = Vec::new();
    for (definition, agency, reply, front) in
        [(xml, AgencyId::AF, af, Front::Xml), (json, AgencyId::FK, lefi, Front::Json)]
    {
        let document = Guest::new(&in_process.product, agency, reply)?.document().await?;
        let (mask, part) = half_of(&document)?;
        let (masked, unmasked) = (Masked::new(&document, mask, front), Unmasked::new(&document, front));
        let row = Row::compared(definition, &pace::compare(&masked, &unmasked).await?);
        rows.push(row.noting(format!("{:.0} % of {} nodes let through", part * 100.0, document.nodes().len())));
    }
    Ok(rows)
}
