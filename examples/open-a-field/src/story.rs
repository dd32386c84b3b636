//! The story, scene by scene.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use ssbtx_stage::{components, run_folder};

use crate::host::Running;
use crate::people::{self, AF, GOVERNANCE, MACHINES_KEYS, key_of};
use crate::repository;
use crate::sight;
use crate::tool::{SPACE, Tool};

/// Tells it from beginning to end.
///
/// # Errors
///
/// Where something goes otherwise than told.
pub async fn tell() -> Result<()> {
    let folder = run_folder::of("open-a-field")?;
    let tool = Tool::within(&folder);
    scene("Before: a repository, and a role without a law");
    people::make_keys(&tool)?;
    repository::found(&tool)?;
    println!(
        "Officers have founded the repository, three agencies have signed their adapters, and the role arbetsmarknad ships"
    );
    println!("closed: its only basis is not established in law, and this host accepts no such basis.");
    let host = Running::start(&folder)?;
    show_answer(&host).await?;

    scene("A law is passed: the policy is proposed and reviewed");
    let policy = components::path("examples/open-a-field/policy.wasm");
    fs::copy(&policy, folder.join("policy-1.2.0.wasm")).context("copy the new policy")?;
    print!(
        "{}",
        tool.show("policy propose policy-1.2.0.wasm --role arbetsmarknad --repository repository --out changes/law")?
    );

    scene("Two persons of governance and the agency sign, each on a machine of their own");
    let [anna, bertil, _] = GOVERNANCE;
    last_lines(&tool.show(&format!("policy approve changes/law {} --root root.json --yes", key_of(anna)))?);
    last_lines(&tool.show(&format!("policy approve changes/law {} --root root.json --yes", key_of(bertil)))?);
    print!("{}", tool.show(&format!("policy approve changes/law --as af {} --root root.json --yes", key_of(AF)))?);

    scene("It is published, and the running host takes it up");
    publish(&tool, &host, "changes/law").await?;
    show_answer(&host).await?;

    scene("The audit log tells under which policy each answer was given, and the decisions can be made again");
    records(&folder)?;
    print!("{}", tool.show("policy replay audit --repository repository")?);

    scene("An emergency: one person of governance withholds the decisions at once");
    let reason_sv = "Fel i underlaget utreds".replace(' ', &SPACE.to_string());
    let reason_en = "A fault in the data is being examined".replace(' ', &SPACE.to_string());
    last_lines(&tool.show(&format!(
        "policy tighten --repository repository --out changes/emergency --id af-beslut --dataset AF/beslut --reason-sv {reason_sv} --reason-en {reason_en} {}",
        key_of(anna)
    ))?);
    publish(&tool, &host, "changes/emergency").await?;
    show_answer(&host).await?;
    host.stop()
}

fn scene(title: &str) {
    println!("\n── {title} {}", "─".repeat(WIDTH.saturating_sub(title.chars().count())));
}

async fn publish(tool: &Tool, host: &Running, change: &str) -> Result<()> {
    let before = host.version().await?;
    last_lines(&tool.show(&format!("policy publish {change} --repository repository {MACHINES_KEYS}"))?);
    let now = host.newer_than(before).await?;
    println!("  the host, which was not restarted, answers with set {now} instead of {before}");
    Ok(())
}

async fn show_answer(host: &Running) -> Result<()> {
    println!("\nWhat the caseworker of arbetsmarknad sees of Arbetsförmedlingen, {PERSON}:");
    print!("{}", sight::of(&host.ask(PERSON).await?)?);
    Ok(())
}

/// One line for each question of the audit log.
fn records(folder: &Path) -> Result<()> {
    let mut segments: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder.join("audit")).context("list the audit log")? {
        segments.push(entry.context("list the audit log")?.path());
    }
    segments.retain(|path| path.extension().is_some_and(|extension| extension == "jsonl"));
    segments.sort();
    ensure!(!segments.is_empty(), "the audit log is empty");
    for segment in segments {
        for line in fs::read_to_string(&segment).context("read the audit log")?.lines() {
            let line: Value = serde_json::from_str(line).context("read a record")?;
            let record = &line["record"];
            if record["kind"] == "question" {
                let policy = &record["edition"]["policy"];
                println!(
                    "  {} set {} policy {} {}",
                    record["askedAt"].as_str().unwrap_or_default(),
                    record["edition"]["trustVersion"],
                    policy["version"].as_str().unwrap_or_default(),
                    sight::short(policy["sha256"].as_str().unwrap_or_default()),
                );
            }
        }
    }
    Ok(())
}

/// The end of what a command printed: what was shown before is told already.
fn last_lines(text: &str) {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    for line in lines.iter().skip(lines.len().saturating_sub(TAIL)) {
        println!("{line}");
    }
}

/// Enrolled, with a decision; known to all base services.
const PERSON: &str = "197701172392";
const WIDTH: usize = 110;
const TAIL: usize = 6;
