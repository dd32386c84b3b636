//! Components from files, admitted in the sandbox of tools.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use ssbtx_review::Listed;
use ssbtx_runtime::{Candidate, FieldFilter, SandboxSettings, Workbench};

use super::Failed;

/// Where policies and adapters are looked at.
pub(super) struct Components(Workbench);

impl Components {
    pub(super) fn new() -> Result<Self, Failed> {
        let workbench =
            Workbench::new(SandboxSettings::default()).context("start the sandbox").map_err(Failed::NotDone)?;
        Ok(Self(workbench))
    }

    /// Admits a policy.
    pub(super) async fn policy(&self, path: &Path) -> Result<FieldFilter, Failed> {
        let admitted = self.0.policy(&read(path)?).await;
        admitted.with_context(|| format!("admit the policy `{}`", path.display())).map_err(Failed::Refused)
    }

    /// Admits every adapter of a folder, in the order of their base services.
    pub(super) async fn adapters(&self, folder: &Path) -> Result<Vec<Listed>, Failed> {
        let mut listed = Vec::new();
        for path in files(folder)? {
            let admitted = self.0.adapter(&read(&path)?).await;
            let adapter =
                admitted.with_context(|| format!("admit the adapter `{}`", path.display())).map_err(Failed::Refused)?;
            listed.push(Listed::from(&adapter));
        }
        listed.sort_by_key(|listed| listed.catalogue.agency());
        let agencies: BTreeSet<_> = listed.iter().map(|listed| listed.catalogue.agency()).collect();
        if agencies.len() < listed.len() {
            return Err(Failed::NotDone(anyhow!("two adapters in `{}` are of one base service", folder.display())));
        }
        Ok(listed)
    }
}

fn read(path: &Path) -> Result<Candidate, Failed> {
    let bytes = fs::read(path).with_context(|| format!("read `{}`", path.display())).map_err(Failed::NotDone)?;
    Ok(Candidate::new(bytes))
}

/// The adapters' files. A folder without any is a mistake: a review of nothing would find that nothing changes.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Failed> {
    let task = || format!("list the adapters in `{}`", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(task).map_err(Failed::NotDone)? {
        let path = entry.with_context(task).map_err(Failed::NotDone)?.path();
        if path.is_dir() {
            files.push(path.join("adapter.wasm"));
        } else if path.extension().is_some_and(|extension| extension == "wasm") {
            files.push(path);
        }
    }
    if files.is_empty() {
        return Err(Failed::NotDone(anyhow!("no adapter in `{}`", folder.display())));
    }
    files.sort();
    Ok(files)
}
