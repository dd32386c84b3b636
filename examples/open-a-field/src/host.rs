//! The running host, seen as a caseworker's system and as its operator see it.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::Value;
use ssbtx_stage::base_services::BaseServices;
use ssbtx_stage::client::Client;
use ssbtx_stage::configuration::Configuration;
use ssbtx_stage::host::Host;
use ssbtx_stage::pki::Pki;
use ssbtx_stage::questions::Asking;
use tokio::time::sleep;

/// A host that serves from the story's repository, in front of simulated base services.
pub struct Running {
    pki: Pki,
    host: Host,
    _base_services: BaseServices,
}

impl Running {
    /// Starts it. Nothing without a basis in law is accepted.
    ///
    /// # Errors
    ///
    /// Where it does not start.
    pub fn start(folder: &Path) -> Result<Self> {
        let pki = Pki::create(&folder.join("pki"))?;
        let base_services = BaseServices::start(&pki)?;
        let configuration = Configuration {
            listen: "127.0.0.1:0".to_owned(),
            repository: folder.join("repository"),
            root: folder.join("root.json"),
            audit: folder.join("audit"),
            base_services: base_services.agencies(),
            accepted: Vec::new(),
            deadline_ms: 6500,
            upstream_timeout_ms: 6000,
            log_filter: "info".to_owned(),
        };
        let file = configuration.write(folder, &pki)?;
        let host = Host::start(&file, &folder.join("host.log"))?;
        Ok(Self { pki, host, _base_services: base_services })
    }

    /// Asks Arbetsförmedlingen about a person as the role arbetsmarknad.
    ///
    /// # Errors
    ///
    /// Where there is no answer.
    pub async fn ask(&self, person: &str) -> Result<Value> {
        let asking = Asking::about(person).including(&["AF"]);
        let client = Client::new(self.host.address(), &self.pki.host_roots, Some(&self.pki.arbetsmarknad))?;
        let received = client.post_json("/v1/questions", asking.to_json().to_string()).await?;
        if !received.status.is_success() {
            bail!("host answered {}: {}", received.status, received.body);
        }
        serde_json::from_str(&received.body).context("read the answer")
    }

    /// What `GET /admin/editions` tells.
    ///
    /// # Errors
    ///
    /// Where the admin listener does not answer.
    pub async fn editions(&self) -> Result<Value> {
        let client = Client::new(self.host.admin_address()?, &self.pki.host_roots, Some(&self.pki.ekonomiskt_bistand))?;
        serde_json::from_str(&client.get("/admin/editions").await?.body).context("read what the admin listener tells")
    }

    /// Waits until the host answers with a newer set than this, and says which.
    ///
    /// # Errors
    ///
    /// Where it has refused the newer set, or takes longer than anybody would wait.
    pub async fn newer_than(&self, version: u64) -> Result<u64> {
        for _ in 0..PATIENCE {
            let editions = self.editions().await?;
            let active = trust_version(&editions)?;
            if active > version {
                return Ok(active);
            }
            sleep(Duration::from_millis(100)).await;
        }
        bail!("host has not taken the new set: {:#}", self.editions().await?["attempts"])
    }

    /// The set that the host answers with.
    ///
    /// # Errors
    ///
    /// Where the admin listener does not answer.
    pub async fn version(&self) -> Result<u64> {
        trust_version(&self.editions().await?)
    }

    /// Ends it in order.
    ///
    /// # Errors
    ///
    /// Where it does not end well.
    pub fn stop(self) -> Result<()> {
        self.host.stop()
    }
}

fn trust_version(editions: &Value) -> Result<u64> {
    editions["active"]["trustVersion"].as_u64().context("find the active trust version")
}

/// Tenths of a second.
const PATIENCE: usize = 600;
