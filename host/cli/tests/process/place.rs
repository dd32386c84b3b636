//! What a host with one adapter is started with, in a folder that goes with it.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use ssbtx_stage::components;
use ssbtx_stage::configuration::Configuration;
use ssbtx_stage::pki::Pki;
use ssbtx_stage::repository::{DemoRepository, DemoTarget};
use tempfile::TempDir;

pub(crate) struct Place {
    pub(crate) pki: Pki,
    pub(crate) repository: DemoRepository,
    folder: TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let pki = Pki::create(&folder.path().join("pki")).unwrap();
        let targets = ["adapters/af/adapter.wasm", "policies/ekonomiskt-bistand/policy.wasm"]
            .map(|target| DemoTarget::new(target, components::read(target)));
        let grants = ssbtx_stage::grants::for_targets(&targets).unwrap();
        let repository =
            DemoRepository::create(&folder.path().join("trust"), &[&targets[..], &grants].concat()).unwrap();
        Self { pki, repository, folder }
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn audit_folder(&self) -> PathBuf {
        self.path().join("audit")
    }

    /// Writes a configuration in which Arbetsförmedlingen is at this address, or nowhere.
    pub(crate) fn configuration(&self, arbetsformedlingen: Option<SocketAddr>) -> PathBuf {
        let accepted = Configuration::demo_acceptance().into_iter().filter(|one| one.datasets.is_empty()).collect();
        let configuration = Configuration {
            listen: "127.0.0.1:0".to_owned(),
            repository: self.path().join("trust/repository"),
            root: self.path().join("trust/root.json"),
            audit: self.audit_folder(),
            base_services: arbetsformedlingen.map(|address| ("AF".to_owned(), address)).into_iter().collect(),
            accepted,
            deadline_ms: 2000,
            upstream_timeout_ms: 6000,
            log_filter: "info".to_owned(),
        };
        configuration.write(self.path(), &self.pki).unwrap()
    }
}
