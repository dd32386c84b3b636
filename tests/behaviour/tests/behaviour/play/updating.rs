//! A play whose repository changes while its host runs: what the host tells of it, and its end and new beginning.

use std::time::Duration;

use anyhow::Result;
use serde_json::Value;
use ssbtx_stage::client::Client;
use ssbtx_stage::host::Host;
use ssbtx_stage::repository::DemoTarget;
use tokio::time::{Instant, sleep};

use super::Play;

impl Play {
    /// Publishes a next version with these files added or replaced, and gives its version.
    pub(crate) fn publish(&mut self, targets: &[DemoTarget]) -> u64 {
        self.repository.replace_all(targets).unwrap();
        self.published()
    }

    /// The version of what is published.
    pub(crate) fn published(&self) -> u64 {
        self.repository.document("snapshot").unwrap().version()
    }

    /// What the host tells the operator of its editions.
    pub(crate) async fn editions(&self) -> Value {
        let address = self.host.admin_address().unwrap();
        let client = Client::new(address, &self.pki.host_roots, Some(&self.pki.ekonomiskt_bistand)).unwrap();
        let received = client.get("/admin/editions").await.unwrap();
        assert_eq!(received.status, 200, "{}", received.body);
        serde_json::from_str(&received.body).unwrap()
    }

    /// Waits until the host answers with a version, and gives what it tells then. Fails at once where it refuses that version.
    pub(crate) async fn until_active(&self, version: u64) -> Value {
        self.until(&format!("version {version} is active"), |editions| {
            let newest = &editions["attempts"][0];
            let is_refused = newest["result"] == "refused" && newest["trustVersion"] == version;
            assert!(!is_refused, "version {version} is refused: {newest}");
            editions["active"]["trustVersion"] == version
        })
        .await
    }

    /// Waits until what the host tells is as expected, and gives it.
    pub(crate) async fn until(&self, expected: &str, is_so: impl Fn(&Value) -> bool) -> Value {
        let begun = Instant::now();
        loop {
            let editions = self.editions().await;
            if is_so(&editions) {
                return editions;
            }
            assert!(begun.elapsed() < LONGEST_WAIT, "waited in vain until {expected}: {editions:#}");
            sleep(BETWEEN_LOOKS).await;
        }
    }

    /// Starts the host that was killed again, with the same configuration and folders; its log begins anew.
    pub(crate) fn start_again(&mut self) -> Result<()> {
        self.host = Host::start(&self.configuration, &self.folder().join("host.log"))?;
        Ok(())
    }
}

/// Far more than a busy machine takes to compile what a host loads.
const LONGEST_WAIT: Duration = Duration::from_mins(2);
const BETWEEN_LOOKS: Duration = Duration::from_millis(10);
