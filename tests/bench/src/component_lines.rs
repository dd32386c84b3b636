//! What each component weighs, and what an exchange takes in each adapter.

use anyhow::Result;
use ssbtx_bench::{ComponentLine, Exchange};
use ssbtx_core::BASE_SERVICES;
use ssbtx_stage::components;

use crate::in_process::{Guest, InProcess, Native};
use crate::pace;

/// Measures every component that a host loads.
pub async fn measure(in_process: &InProcess) -> Result<Vec<ComponentLine>> {
    eprintln!("  every component");
    let mut lines = Vec::new();
    for target in components::TARGETS {
        let exchange = exchange(in_process, target).await?;
        lines.push(ComponentLine { target, bytes: components::read(target).len(), exchange });
    }
    Ok(lines)
}

/// The exchange of an adapter with what its base service replied; none for a policy.
async fn exchange(in_process: &InProcess, target: &str) -> Result<Option<Exchange>> {
    let is_its_target = |agency: &str| target == format!("adapters/{}/adapter.wasm", agency.to_lowercase());
    let Some(agency) = BASE_SERVICES.into_iter().find(|agency| is_its_target(agency.as_str())) else {
        return Ok(None);
    };
    let reply = in_process.reply(agency)?;
    let guest = Guest::new(&in_process.product, agency, reply.clone())?;
    let document = guest.document().await?;
    let native = Native::new(&in_process.product, agency, reply.clone(), &document)?;
    Ok(Some(Exchange { reply_bytes: reply.body.len(), microseconds: pace::compare(&guest, &native).await? }))
}
