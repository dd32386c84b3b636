//! Hosts and relays as processes, in front of agencies that give canned replies.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};

use anyhow::{Context, Result, ensure};
use clap::ValueEnum as _;
use serde_json::Value;
use ssbtx_core::AgencyId;
use ssbtx_stage::client::Client;
use ssbtx_stage::configuration::Configuration;
use ssbtx_stage::host::binary;
use ssbtx_stage::pki::{ORGANISATION, OTHER_ORGANISATION, Pki};
use ssbtx_stage::questions::Asking;
use ssbtx_stage::repository::DemoRepository;
use tempfile::TempDir;

use crate::agencies::Agencies;
use crate::in_process::InProcess;
use crate::load::Load;
use crate::process::Running;
use crate::product::{PERSON, Recorded};
use crate::relay;
use crate::setting::{Setting, add_consumer};
use crate::waiting::Holds;

/// Everything that a host needs around it.
pub struct Theatre {
    /// What the agencies reply.
    pub replies: BTreeMap<AgencyId, Recorded>,
    /// The agencies.
    pub agencies: Agencies,
    /// The repository that hosts watch.
    pub repository: DemoRepository,
    /// Every certificate.
    pub pki: Pki,
    folder: TempDir,
    started: AtomicU32,
}

impl Theatre {
    /// Opens it with what was recorded in process.
    pub async fn open(recorded: InProcess) -> Result<Self> {
        let (pki, repository, folder, replies) = recorded.into_surroundings();
        let agencies = Agencies::start(&pki, &replies).await?;
        Ok(Self { replies, agencies, repository, pki, folder, started: AtomicU32::new(0) })
    }

    /// Starts a host and waits until it serves.
    pub fn host(&self, setting: &Setting<'_>) -> Result<Running> {
        let folder = self.new_folder()?;
        let configuration = Configuration {
            listen: "127.0.0.1:0".to_owned(),
            repository: self.repository.directory(),
            root: self.folder.path().join("trust/root.json"),
            audit: setting.audit.map_or_else(|| folder.join("audit"), Path::to_owned),
            base_services: self.agencies.addresses(),
            accepted: Configuration::demo_acceptance(),
            deadline_ms: setting.deadline_ms,
            upstream_timeout_ms: setting.deadline_ms,
            log_filter: "info".to_owned(),
        };
        let file = configuration.write(&folder, &self.pki)?;
        setting.write(&file)?;
        add_consumer(&folder.join("consumers.toml"), &self.pki.other_organisation)?;
        let mut command = Command::new(binary("ssbtx"));
        command.args(["serve", "--demo", "--config"]).arg(&file);
        Running::start(command, &folder.join("host.log"))
    }

    /// Starts a bare relay and waits until it serves.
    pub fn relay(&self) -> Result<Running> {
        let folder = self.new_folder()?;
        let settings = relay::Settings::new(&self.pki, self.agencies.addresses());
        let file = folder.join("relay.json");
        fs::write(&file, serde_json::to_vec(&settings)?).context("write the relay's settings")?;
        let mut command = Command::new(std::env::current_exe().context("find this program")?);
        command.arg("relay").arg(&file);
        Running::start(command, &folder.join("relay.log"))
    }

    /// Questions to a host or relay, each about some of the agencies, of two consumers who take turns: a host is faster than one may ask. Sees to it that every
    /// one of those agencies answers.
    pub async fn load(&self, running: &Running, questions: &[Vec<&str>]) -> Result<Load> {
        let (one, other) = (&self.pki.ekonomiskt_bistand, &self.pki.other_organisation);
        let consumers = [(one, ORGANISATION), (other, OTHER_ORGANISATION)];
        let mut asking = Vec::new();
        for (identity, organisation) in consumers {
            let client = Client::new(running.address(), &self.pki.host_roots, Some(identity))?;
            let in_its_name = |included: &Vec<&str>| {
                let asked = Asking::about(PERSON).including(included).to_json().to_string();
                asked.replace(ORGANISATION, organisation)
            };
            asking.push((client, questions.iter().map(in_its_name).collect()));
        }
        let load = Load::new(asking);
        for included in questions {
            for _ in consumers {
                let answer: Value = serde_json::from_str(&load.once().await?).context("read an answer")?;
                let parts = answer.get("parts").and_then(Value::as_array).context("no parts")?;
                let answered = parts.iter().filter(|part| part.get("document").is_some()).count();
                ensure!(answered == included.len(), "{answered} of {} agencies answered: {answer}", included.len());
            }
        }
        Ok(load)
    }

    /// Lets so many calls to AF wait at once in a process of their own, and gives how many kilobytes of memory each of them holds.
    pub async fn waiting(&self, holds: Holds, calls: usize) -> Result<f64> {
        let addresses = self.agencies.addresses();
        let (_, af) = addresses.iter().find(|(agency, _)| agency == "AF").context("no AF")?;
        let mut command = tokio::process::Command::new(std::env::current_exe().context("find this program")?);
        let holds = holds.to_possible_value().context("no such way to wait")?;
        command.arg("waiting").args(["--holds", holds.get_name()]).args(["--calls", &calls.to_string()]);
        command.args(["--port", &af.port().to_string()]).arg("--roots").arg(&self.pki.agency_roots);
        command
            .arg("--chain")
            .arg(&self.pki.upstream.chain)
            .arg("--key")
            .arg(&self.pki.upstream.key)
            .kill_on_drop(true);
        let output = command.output().await.context("let calls wait")?;
        ensure!(output.status.success(), "calls did not wait: {}", String::from_utf8_lossy(&output.stderr));
        let bytes: f64 = String::from_utf8(output.stdout)?.trim().parse().context("read how much they hold")?;
        Ok(bytes / 1e3)
    }

    fn new_folder(&self) -> Result<PathBuf> {
        let number = self.started.fetch_add(1, Ordering::Relaxed);
        let folder = self.folder.path().join(format!("started-{number}"));
        fs::create_dir(&folder).with_context(|| format!("make folder `{}`", folder.display()))?;
        Ok(folder)
    }
}

/// The seven agencies, those that answer with least first.
pub const SEVEN: [&str; 7] = ["TNS", "MIV", "AF", "SKV", "SO", "CSN", "FK"];
