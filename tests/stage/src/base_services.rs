//! The simulated base services as a process of their own.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result};
use serde_json::Value;

use crate::host::binary;
use crate::pki::Pki;

/// The running process. It ends when its standard input closes, hence with this.
pub struct BaseServices {
    child: Child,
    addresses: Vec<(String, SocketAddr)>,
}

impl BaseServices {
    /// Starts them on free ports.
    ///
    /// # Errors
    ///
    /// Where they do not start or do not say where they listen.
    pub fn start(pki: &Pki) -> Result<Self> {
        let mut child = Command::new(binary("base-services"))
            .arg("--certificate-chain")
            .arg(&pki.base_services.chain)
            .arg("--private-key")
            .arg(&pki.base_services.key)
            .arg("--client-authority")
            .arg(&pki.agency_roots)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("start the simulated base services")?;
        let output = child.stdout.take().context("read the base services' addresses")?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line).context("read the base services' addresses")?;
        let printed: Value = serde_json::from_str(&line).context("read the base services' addresses")?;
        let addresses = printed
            .as_object()
            .context("read the base services' addresses")?
            .iter()
            .map(|(name, address)| Ok((name.clone(), address.as_str().unwrap_or_default().parse()?)))
            .collect::<Result<_>>()?;
        Ok(Self { child, addresses })
    }

    /// Where each agency's base service listens.
    pub fn agencies(&self) -> Vec<(String, SocketAddr)> {
        self.addresses.iter().filter(|(name, _)| name != CONTROL).cloned().collect()
    }

    /// Where faults are set by hand.
    pub fn control(&self) -> Option<SocketAddr> {
        self.addresses.iter().find(|(name, _)| name == CONTROL).map(|(_, address)| *address)
    }
}

impl Drop for BaseServices {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        self.child.wait().ok();
    }
}

const CONTROL: &str = "control";
