//! What is measured in process: rows 1 to 5, each with its reference.

mod deciding;
mod exchange;
mod projecting;
mod references;

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use ssbtx_core::AgencyId;
use ssbtx_stage::pki::Pki;
use ssbtx_stage::repository::DemoRepository;
use tempfile::TempDir;

use crate::product::{self, Product, Recorded};

pub use deciding::{Decide, DecideCached};
pub use exchange::{Guest, Native};
pub use projecting::{Front, Masked, Unmasked, half_of};
pub use references::{Cedar, Regorus};

/// An edition in this process, with what the base services reply.
pub struct InProcess {
    /// The edition.
    pub product: Product,
    /// The replies.
    pub replies: BTreeMap<AgencyId, Recorded>,
    pki: Pki,
    repository: DemoRepository,
    folder: TempDir,
}

impl InProcess {
    /// Makes a signed repository, admits what is in it, and asks the simulated base services once.
    pub async fn begin() -> Result<Self> {
        let folder = tempfile::tempdir().context("make a folder")?;
        let pki = Pki::create(&folder.path().join("pki"))?;
        let repository = product::repository(&folder.path().join("trust"))?;
        let product = Product::load(&repository).await?;
        let replies = product.record(&pki).await?;
        Ok(Self { product, replies, pki, repository, folder })
    }

    /// The reply of a base service.
    pub fn reply(&self, agency: AgencyId) -> Result<&Recorded> {
        self.replies.get(&agency).with_context(|| format!("no reply of {agency}"))
    }

    /// What a host needs beside this: its certificates, its repository, and the folder that both lie in and go with.
    pub fn into_surroundings(self) -> (Pki, DemoRepository, TempDir, BTreeMap<AgencyId, Recorded>) {
        (self.pki, self.repository, self.folder, self.replies)
    }
}
