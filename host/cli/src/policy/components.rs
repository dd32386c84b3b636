//! Components from files, admitted in the sandbox of tools.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, anyhow};
use ssbtx_core::Catalogue;
use ssbtx_review::Listed;
use ssbtx_runtime::{Candidate, FieldFilter, SandboxSettings, Workbench};
use ssbtx_self_test::{cases_of, test_policy};

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
        self.policy_of(read(path)?, &format!("the policy `{}`", path.display())).await
    }

    /// Admits a policy from bytes.
    pub(super) async fn policy_of(&self, bytes: Vec<u8>, what: &str) -> Result<FieldFilter, Failed> {
        let admitted = self.0.policy(&Candidate::new(bytes)).await;
        admitted.with_context(|| format!("admit {what}")).map_err(Failed::Refused)
    }

    /// Admits an adapter from bytes.
    pub(super) async fn adapter_of(&self, bytes: Vec<u8>, name: &str) -> Result<Listed, Failed> {
        let admitted = self.0.adapter(&Candidate::new(bytes)).await;
        let adapter = admitted.with_context(|| format!("admit the adapter `{name}`")).map_err(Failed::Refused)?;
        Ok(Listed::from(&adapter))
    }

    /// Admits every adapter of a folder, in the order of their base services.
    pub(super) async fn adapters(&self, folder: &Path) -> Result<Vec<Listed>, Failed> {
        let mut listed = Vec::new();
        for path in files(folder)? {
            listed.push(self.adapter_of(read(&path)?, &path.display().to_string()).await?);
        }
        listed.sort_by_key(|listed| listed.catalogue.agency());
        let agencies: BTreeSet<_> = listed.iter().map(|listed| listed.catalogue.agency()).collect();
        if agencies.len() < listed.len() {
            return Err(Failed::NotDone(anyhow!("two adapters in `{}` are of one base service", folder.display())));
        }
        Ok(listed)
    }

    /// Lets a policy run the cases that its component carries, as a host will before it takes it. Gives their number.
    pub(super) async fn pass_its_cases(
        &self,
        policy: &FieldFilter,
        component: &[u8],
        listed: &[Listed],
    ) -> Result<usize, Failed> {
        let cases = cases_of(component).context("read the cases that the policy carries").map_err(Failed::Refused)?;
        let catalogues: Vec<Arc<Catalogue>> = listed.iter().map(|listed| Arc::clone(&listed.catalogue)).collect();
        let tested = test_policy(policy, &cases, &catalogues).await;
        tested.context("run the cases that the policy carries").map_err(Failed::Refused)?;
        Ok(cases.len())
    }
}

/// Reads a file as it is.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Failed> {
    fs::read(path).with_context(|| format!("read `{}`", path.display())).map_err(Failed::NotDone)
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
