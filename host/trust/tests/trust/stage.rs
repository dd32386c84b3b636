//! A repository to load, and a folder to keep it in.

use std::path::PathBuf;

use ssbtx_stage::repository::{DemoRepository, DemoTarget};
use ssbtx_trust::{LastGood, Memory, NotTrusted, RepositorySettings, TrustedSet, load};
use tempfile::TempDir;

pub(crate) const ADAPTER: &str = "adapters/af/adapter.wasm";

/// A repository of one agency's adapter, and a host that remembers what it kept.
pub(crate) struct Stage {
    pub(crate) repository: DemoRepository,
    pub(crate) settings: RepositorySettings,
    pub(crate) copy: LastGood,
    home: TempDir,
}

impl Stage {
    pub(crate) fn new() -> Self {
        let home = TempDir::new().unwrap();
        let target = DemoTarget::new(ADAPTER, "an adapter");
        let repository = DemoRepository::create(home.path(), &[target]).unwrap();
        let copy = LastGood::open(home.path().join("state")).unwrap();
        let mut settings = RepositorySettings::new(repository.root_bytes().to_vec(), repository.directory());
        settings.memory = Memory::LastGood(copy.clone());
        Self { repository, settings, copy, home }
    }

    /// As [`new`](Self::new), with the repository loaded and kept.
    pub(crate) async fn kept() -> Self {
        let stage = Self::new();
        stage.load_and_keep().await;
        stage
    }

    pub(crate) async fn load_and_keep(&self) -> TrustedSet {
        let set = load(&self.settings).await.unwrap();
        self.copy.keep(&set).unwrap();
        set
    }

    pub(crate) async fn refusal(&self) -> NotTrusted {
        load(&self.settings).await.unwrap_err()
    }

    /// Counts up these roles, and those that every change counts up, and publishes.
    pub(crate) fn publish(&mut self, changed: &[&str]) {
        for role in changed.iter().chain(&["snapshot", "timestamp"]) {
            let document = self.repository.document_mut(role).unwrap();
            let next = document.version() + 1;
            document.set("version", next);
        }
        self.repository.publish().unwrap();
    }

    /// Lists another adapter and publishes.
    pub(crate) fn publish_adapter(&mut self, bytes: &str) {
        self.repository.list("af", &DemoTarget::new(ADAPTER, bytes)).unwrap();
        self.publish(&["af"]);
    }

    /// Makes the source go away.
    pub(crate) fn lose_source(&self) {
        std::fs::remove_dir_all(self.repository.directory()).unwrap();
    }

    /// Gives the folder up and takes it again, as a host does that is stopped and started.
    pub(crate) fn restart(&mut self) {
        self.settings.memory = Memory::ThisLoadOnly;
        self.copy = LastGood::open(self.home.path().join("elsewhere")).unwrap();
        self.copy = LastGood::open(self.state()).unwrap();
        self.settings.memory = Memory::LastGood(self.copy.clone());
    }

    pub(crate) fn state(&self) -> PathBuf {
        self.home.path().join("state")
    }
}

/// The bytes of the one adapter.
pub(crate) fn adapter(set: &TrustedSet) -> &[u8] {
    set.adapters().next().unwrap().1.bytes()
}
