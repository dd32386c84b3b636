//! A host in front of simulated base services: what most promises are shown on.

mod agencies;
mod record_check;
mod staging;
mod updating;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use ssbtx_base_services::Agency;
use ssbtx_stage::client::{Client, Received};
use ssbtx_stage::configuration::Configuration;
use ssbtx_stage::host::Host;
use ssbtx_stage::pki::{Identity, Pki};
use ssbtx_stage::questions::Asking;
use ssbtx_stage::repository::{DemoRepository, DemoTarget};
use tempfile::TempDir;

use crate::contract;

use agencies::{Agencies, Expectation};
use record_check::RecordCheck;
pub(crate) use staging::{Aktorsid, Staging};

/// Known to every agency.
pub(crate) const ALVAR: &str = "197701172392";
/// Known to nobody.
pub(crate) const ELSA: &str = "198804202383";
/// Known to every agency, with a protected identity.
pub(crate) const FREDRIK: &str = "197701192390";
/// In the jobb- och utvecklingsgaranti.
pub(crate) const HENRIK: &str = "198404172390";

/// A running host with its surroundings, in a folder that goes with it.
pub(crate) struct Play {
    pub(crate) agencies: Agencies,
    pub(crate) host: Host,
    pub(crate) pki: Pki,
    pub(crate) repository: DemoRepository,
    configuration: PathBuf,
    /// Dropped after the host, and before the folder.
    _record_check: RecordCheck,
    folder: TempDir,
}

impl Play {
    /// The demo's host.
    pub(crate) fn begin() -> Self {
        Self::staged(Staging::default())
    }

    pub(crate) fn staged(staging: Staging) -> Self {
        let targets = staging.targets();
        Self::of(&targets, staging)
    }

    /// A host whose repository has these files and no others.
    pub(crate) fn of(targets: &[DemoTarget], staging: Staging) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let pki = Pki::create(&folder.path().join("pki")).unwrap();
        let repository = DemoRepository::create(&folder.path().join("trust"), targets).unwrap();
        // A hostile guest may ask an agency anything.
        let expectation = if staging.instead.is_empty() { Expectation::NoBadRequest } else { Expectation::AnyRequest };
        let agencies = Agencies::start(&pki, expectation);
        let configuration = Configuration {
            listen: "127.0.0.1:0".to_owned(),
            repository: repository.directory(),
            root: folder.path().join("trust/root.json"),
            audit: folder.path().join("audit"),
            base_services: Agency::ALL.map(|agency| (agency.code().to_owned(), agencies.address(agency))).to_vec(),
            accepted: staging.accepted,
            deadline_ms: staging.deadline_ms,
            upstream_timeout_ms: staging.upstream_timeout_ms,
            log_filter: staging.log_filter.to_owned(),
        };
        let configuration = configuration.write(folder.path(), &pki).unwrap();
        let tables = fs::read_to_string(&configuration).unwrap();
        fs::write(&configuration, format!("{tables}\n{}", staging.further)).unwrap();
        let consumers = folder.path().join("consumers.toml");
        fs::write(&consumers, staging.aktorsid.consumers(&fs::read_to_string(&consumers).unwrap())).unwrap();
        let host = Host::start(&configuration, &folder.path().join("host.log")).unwrap();
        let record_check = RecordCheck::new(folder.path().join("audit"), repository.directory());
        Self { agencies, host, pki, repository, configuration, _record_check: record_check, folder }
    }

    /// Everything that the play wrote lies in this folder.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn audit_folder(&self) -> PathBuf {
        self.folder.path().join("audit")
    }

    /// Every record of the audit log, in order.
    pub(crate) fn records(&self) -> Vec<Value> {
        let mut segments: Vec<PathBuf> = fs::read_dir(self.audit_folder())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"))
            .collect();
        segments.sort();
        let text: String = segments.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
        text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["record"].clone()).collect()
    }

    pub(crate) fn client(&self, identity: &Identity) -> Client {
        Client::new(self.host.address(), &self.pki.host_roots, Some(identity)).unwrap()
    }

    /// Asks through JSON as ekonomiskt bistånd.
    pub(crate) async fn ask(&self, asking: &Asking) -> Value {
        self.ask_as(&self.pki.ekonomiskt_bistand, asking).await
    }

    pub(crate) async fn ask_as(&self, identity: &Identity, asking: &Asking) -> Value {
        let received = self.client(identity).post_json("/v1/questions", asking.to_json().to_string()).await.unwrap();
        assert_eq!(received.status, 200, "{}", received.body);
        serde_json::from_str(&received.body).unwrap()
    }

    /// Asks through SOAP v10 as ekonomiskt bistånd. Every answer is held to what is published, wherever the agencies' own answers follow it.
    pub(crate) async fn ask_soap(&self, asking: &Asking) -> Received {
        self.ask_soap_as(&self.pki.ekonomiskt_bistand, asking).await
    }

    pub(crate) async fn ask_soap_as(&self, identity: &Identity, asking: &Asking) -> Received {
        let received = self.ask_soap_about_something_odd(identity, asking).await;
        match received.status.as_u16() {
            200 => contract::assert_kept(&self.agencies, &received.body, &asking.person),
            _ => contract::assert_valid_fault(&received.body),
        }
        received
    }

    /// Asks through SOAP v10, and holds the answer to nothing.
    pub(crate) async fn ask_soap_about_something_odd(&self, identity: &Identity, asking: &Asking) -> Received {
        self.client(identity).post_soap(asking.to_soap()).await.unwrap()
    }
}

/// One agency's part of a JSON answer.
pub(crate) fn part<'a>(answer: &'a Value, agency: &str) -> &'a Value {
    answer["parts"].as_array().unwrap().iter().find(|part| part["agency"] == agency).unwrap()
}

/// The state of one agency's part.
pub(crate) fn state<'a>(answer: &'a Value, agency: &str) -> &'a str {
    part(answer, agency)["state"].as_str().unwrap()
}
