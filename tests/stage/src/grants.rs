//! What the agencies of a repository let its policies disclose: the smallest grants that these need.
//!
//! To know them, every component is compiled and every policy asked in every context. So the result is kept in this process and in
//! `target/stage-grants`, by the policy's digest and those of all adapters.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::{fs, io, process, thread};

use anyhow::{Context, Result, anyhow};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use ssbtx_review::{Listed, grants_for};
use ssbtx_runtime::{Candidate, SandboxSettings, Workbench};

use crate::components::{self, workspace};
use crate::repository::DemoTarget;

/// The grants that the policies among some targets need of the agencies whose adapters are among them, as targets of their own.
///
/// What is no component gets none: it opens nothing. Neither is anything granted that takes a consent, since a component does not tell which.
///
/// # Errors
///
/// When the sandbox does not start, or a policy needs more than a grant can hold.
pub fn for_targets(targets: &[DemoTarget]) -> Result<Vec<DemoTarget>> {
    let mut adapters: Vec<&DemoTarget> = targets.iter().filter(|target| is(target, "adapters/", ADAPTER)).collect();
    adapters.sort_by_key(|target| &target.name);
    let mut grants = BTreeMap::new();
    for policy in targets.iter().filter(|target| is(target, "policies/", POLICY)) {
        for grant in of_policy(policy, &adapters)? {
            grants.insert(grant.name, grant.json);
        }
    }
    Ok(grants.into_iter().map(|(name, json)| DemoTarget::new(name, json)).collect())
}

/// A grant as it is kept.
#[derive(Clone, Serialize, Deserialize)]
struct Kept {
    name: String,
    json: String,
}

fn is(target: &DemoTarget, folder: &str, file: &str) -> bool {
    target.name.starts_with(folder) && target.name.ends_with(file)
}

fn of_policy(policy: &DemoTarget, adapters: &[&DemoTarget]) -> Result<Vec<Kept>> {
    static KNOWN: Mutex<BTreeMap<String, Vec<Kept>>> = Mutex::new(BTreeMap::new());
    let key = key(policy, adapters);
    // Held while it is found out: tests that begin at the same time want the same.
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(grants) = known.get(&key) {
        return Ok(grants.clone());
    }
    let file = workspace().join("target/stage-grants").join(format!("{key}.json"));
    let kept = fs::read(&file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let grants = if let Some(grants) = kept {
        grants
    } else {
        let grants = found_out(policy, adapters)?;
        keep(&file, &grants).with_context(|| format!("write `{}`", file.display()))?;
        grants
    };
    known.insert(key, grants.clone());
    Ok(grants)
}

/// The digest of everything that the grants follow from: the bytes, and the code that asks.
fn key(policy: &DemoTarget, adapters: &[&DemoTarget]) -> String {
    let mut digest = Sha256::new();
    for code in CODE {
        digest.update(Sha256::digest(code));
    }
    for target in [policy].iter().chain(adapters) {
        digest.update(Sha256::digest(&target.name));
        digest.update(Sha256::digest(&target.bytes));
    }
    hex::encode(digest.finalize())
}

/// Puts the whole file in its place at once: other test binaries may look for it now.
fn keep(file: &PathBuf, grants: &[Kept]) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let unfinished = file.with_extension(process::id().to_string());
    fs::write(&unfinished, serde_json::to_vec(grants)?)?;
    fs::rename(unfinished, file)
}

/// Runs the components. On a thread of its own, since the caller may be in a runtime already.
fn found_out(policy: &DemoTarget, adapters: &[&DemoTarget]) -> Result<Vec<Kept>> {
    thread::scope(|scope| {
        let asking = scope.spawn(|| {
            tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(ask(policy, adapters))
        });
        asking.join().map_err(|_| anyhow!("finding out which grants `{}` needs panicked", policy.name))?
    })
}

async fn ask(policy: &DemoTarget, adapters: &[&DemoTarget]) -> Result<Vec<Kept>> {
    let settings = components::compiled_before(SandboxSettings::default())?;
    let workbench = Workbench::new(settings).context("start the sandbox")?;
    let Ok(policy) = workbench.policy(&Candidate::new(policy.bytes.clone())).await else { return Ok(Vec::new()) };
    let mut listed = Vec::new();
    for adapter in adapters {
        listed.extend(workbench.adapter(&Candidate::new(adapter.bytes.clone())).await.iter().map(Listed::from));
    }
    let grants =
        grants_for(&policy, &listed, &[].into(), TODAY).await.context("find the grants that a policy needs")?;
    let kept = |grant: &ssbtx_core::Grant| {
        let agency = grant.agency().as_str().to_ascii_lowercase();
        let json = String::from_utf8(grant.to_json())?;
        Ok(Kept { name: format!("adapters/{agency}/{}.grant.json", grant.role()), json })
    };
    grants.iter().map(kept).collect()
}

/// The last segment of an adapter's name.
const ADAPTER: &str = "/adapter.wasm";
/// The last segment of a policy's name.
const POLICY: &str = "/policy.wasm";
/// Grants have no day of their own, so that any day will do.
const TODAY: Date = Date::constant(2026, 3, 1);
/// What decides how a grant looks: what older code made is not used.
const CODE: [&[u8]; 4] = [
    include_bytes!("../../../host/review/src/openings.rs"),
    include_bytes!("../../../host/review/src/entries.rs"),
    include_bytes!("../../../host/review/src/grants.rs"),
    include_bytes!("../../../host/core/src/grant.rs"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::{TARGETS, read};

    #[test]
    fn what_is_no_component_gets_no_grant() {
        let targets = [
            DemoTarget::new("policies/arbetsmarknad/policy.wasm", "a"),
            DemoTarget::new("adapters/af/adapter.wasm", "b"),
        ];
        assert_eq!(for_targets(&targets).unwrap(), []);
    }

    #[test]
    fn each_agency_grants_each_role_what_its_policy_opens_and_says_the_same_twice() {
        let targets: Vec<DemoTarget> = TARGETS.iter().map(|name| DemoTarget::new(*name, read(name))).collect();
        let grants = for_targets(&targets).unwrap();
        let names: Vec<&str> = grants.iter().map(|grant| grant.name.as_str()).collect();
        for name in ["adapters/af/arbetsmarknad.grant.json", "adapters/pm/ekonomiskt-bistand.grant.json"] {
            assert!(names.contains(&name), "{names:?}");
        }
        assert!(!names.contains(&"adapters/csn/arbetsmarknad.grant.json"), "the policy opens nothing of CSN's");
        assert_eq!(for_targets(&targets).unwrap(), grants);
    }
}
