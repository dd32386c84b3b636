//! The repository as it is before the story begins: three adapters, and the role arbetsmarknad, closed for want of a law.

use anyhow::{Context, Result};
use serde_json::Value;

use crate::people::{AGENCIES, GOVERNANCE, Holder, MACHINES_KEYS, OFFICERS, key_of};
use crate::tool::Tool;

/// Makes it: officers found it, agencies sign their adapters, governance and agencies the first policy.
///
/// # Errors
///
/// Where a command is refused.
pub fn found(tool: &Tool) -> Result<()> {
    let public = |holders: &[Holder]| -> String {
        holders.iter().flat_map(|holder| [" keys/", holder.key, ".pub.json"]).collect()
    };
    let agencies: String =
        AGENCIES.iter().flat_map(|agency| [" --agency ", agency.key, "=keys/", agency.key, ".pub.json"]).collect();
    tool.run(&format!(
        "repo init --out changes/founding --root-key{} --governance{} --snapshot-key keys/snapshot.pub.json \
         --timestamp-key keys/timestamp.pub.json{agencies}",
        public(&OFFICERS),
        public(&GOVERNANCE),
    ))?;
    for holder in OFFICERS.iter().chain(&GOVERNANCE).chain(&AGENCIES) {
        tool.run(&format!("repo sign changes/founding {} --yes", key_of(*holder)))?;
    }
    tool.run(&format!("repo publish changes/founding --repository repository --root-out root.json {MACHINES_KEYS}"))?;
    for agency in AGENCIES {
        let change = format!("changes/adapter-{}", agency.key);
        let component = ssbtx_stage::components::path(&format!("adapters/{}/adapter.wasm", agency.key));
        tool.run(&format!(
            "adapter sign --repository repository --out {change} {} {}",
            key_of(agency),
            component.display()
        ))?;
        tool.run(&format!("adapter publish {change} --repository repository {MACHINES_KEYS}"))?;
    }
    first_policy(tool)
}

fn first_policy(tool: &Tool) -> Result<()> {
    let policy = ssbtx_stage::components::path("policies/arbetsmarknad/policy.wasm");
    let proposed = tool.run(&format!(
        "policy propose --repository repository --role arbetsmarknad --out changes/first {} --format json",
        policy.display()
    ))?;
    let proposed: Value = serde_json::from_str(&proposed).context("read what was proposed")?;
    for person in GOVERNANCE.iter().take(2) {
        tool.run(&format!("policy approve changes/first {} --yes", key_of(*person)))?;
    }
    // The policy names what it would open if its basis were accepted, and that too takes the agency's word.
    let asked: Vec<&str> = proposed["grants"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    for agency in AGENCIES.iter().filter(|agency| asked.iter().any(|asked| asked.eq_ignore_ascii_case(agency.key))) {
        tool.run(&format!("policy approve changes/first --as {} {} --yes", agency.key, key_of(*agency)))?;
    }
    tool.run(&format!("policy publish changes/first --repository repository {MACHINES_KEYS}"))?;
    Ok(())
}
