//! A repository that is to be broken, and who judges it.

use std::fs;
use std::time::Duration;

use ssbtx_core::Sha256Digest;
use ssbtx_stage::components::marked;
use ssbtx_stage::repository::{DemoRepository, DemoTarget};
use ssbtx_trust::{LastGood, Memory, NotTrusted, RepositorySettings, TrustedSet, load};
use tempfile::TempDir;

use super::{digests, folders, targets};
use crate::serving_on::Running;

/// Where a defect is shown: by what a host's loader says, and where there is a running host also by what that does.
pub(crate) struct Ground {
    folder: &'static str,
    running: Option<Running>,
}

impl Ground {
    /// Of the loader alone.
    pub(super) fn by_itself(folder: &'static str) -> Self {
        Self { folder, running: None }
    }

    /// Of a running host, which serves a sound repository.
    pub(crate) fn of(folder: &'static str, running: Running) -> Self {
        Self { folder, running: Some(running) }
    }

    /// The running host.
    pub(crate) fn into_running(self) -> Option<Running> {
        self.running
    }

    /// A sound repository, to be broken in the way that the folder says, and a host that has seen it in order.
    pub(super) async fn defect(&mut self) -> Defect<'_> {
        let folder = self.folder;
        let why = fs::read_to_string(folders().join(folder).join("WHY")).unwrap();
        assert_eq!(why.trim_end().lines().count(), 1, "{folder}: WHY is one line");
        if let Some(running) = &mut self.running {
            return Defect::before(running).await;
        }
        let mut defect = Defect::none();
        let sound = load(&defect.settings).await.expect("the repository is in order before it is broken");
        defect.keep(&sound);
        defect
    }

    /// Ways to do the same. A running host, to which they are all one, is shown the first.
    pub(super) fn variants<V>(&self, all: impl IntoIterator<Item = V>) -> Vec<V> {
        let most = if self.running.is_some() { 1 } else { usize::MAX };
        all.into_iter().take(most).collect()
    }
}

/// A repository that was in order, to be broken, and a host that has seen it in order.
pub(super) struct Defect<'g> {
    pub(super) repository: DemoRepository,
    pub(super) settings: RepositorySettings,
    seen: DemoRepository,
    sound: RepositorySettings,
    last_good: LastGood,
    kept: Vec<Sha256Digest>,
    running: Option<&'g mut Running>,
    _home: TempDir,
}

impl Defect<'static> {
    /// One that is not broken yet, and that no host has seen.
    pub(super) fn none() -> Self {
        let home = TempDir::new().unwrap();
        let repository = DemoRepository::create(home.path(), &targets()).unwrap();
        let settings = RepositorySettings::new(repository.root_bytes().to_vec(), repository.directory());
        let last_good = LastGood::open(home.path().join("last-good")).unwrap();
        let (seen, kept) = (repository.clone(), digests().to_vec());
        Self { repository, seen, sound: settings.clone(), settings, last_good, kept, running: None, _home: home }
    }
}

impl<'g> Defect<'g> {
    /// A copy of what a running host serves, which says that it is newer.
    async fn before(running: &'g mut Running) -> Self {
        let home = TempDir::new().unwrap();
        let mut repository = running.sound().copied_to(home.path()).unwrap();
        // A host looks at the whole of a set when its timestamp is another one.
        repository.renew_timestamp().unwrap();
        let sound = RepositorySettings::new(repository.root_bytes().to_vec(), repository.directory());
        let last_good = running.memory();
        let settings = RepositorySettings { memory: Memory::LastGood(last_good.clone()), ..sound.clone() };
        let kept = digests_of(&load(&settings).await.expect("the repository is in order before it is broken"));
        let seen = repository.clone();
        Self { repository, settings, seen, sound, last_good, kept, running: Some(running), _home: home }
    }

    /// What the host takes of the repository as it is on disk.
    pub(super) async fn trusted(&mut self) -> TrustedSet {
        let set = load(&self.settings).await.expect("a repository in order was refused");
        if let Some(running) = &mut self.running {
            running.takes(&self.repository, &set).await;
            self.keep(&set);
        }
        set
    }

    /// Lets the host take the repository into use as it is on disk, and remember it.
    pub(super) async fn remember(&mut self) {
        let set = self.trusted().await;
        self.keep(&set);
        self.settings.memory = Memory::LastGood(self.last_good.clone());
        self.trusted().await;
    }

    /// What the host says to the repository as it is on disk; what it kept of the sound one it still has.
    pub(super) async fn refusal(&mut self) -> NotTrusted {
        let refusal = load(&self.settings).await.expect_err("a broken repository was trusted");
        let kept = self.last_good.recall(&self.sound, Duration::ZERO).await.expect("the last good set serves on");
        assert_eq!(digests_of(&kept), self.kept);
        if let Some(running) = &mut self.running {
            running.refuses(&self.repository, &refusal).await;
        }
        refusal
    }

    /// What the host says after every role that was changed was signed anew as its next version, and everything that points to it.
    pub(super) async fn refusal_once_published(&mut self) -> NotTrusted {
        self.repository.publish_changed(&self.seen).unwrap();
        self.refusal().await
    }

    /// Says who signs a role from now on.
    pub(super) fn signed_by(&mut self, role: &str, signers: &[&str]) {
        self.repository.document_mut(role).unwrap().signers = signers.iter().map(ToString::to_string).collect();
    }

    /// A component of the repository in other bytes that do nothing else: a section is added that no host looks at.
    pub(super) fn another(&self, component: &str) -> DemoTarget {
        let bytes = fs::read(self.repository.target_file(component).unwrap()).unwrap();
        DemoTarget::new(component, marked(&bytes, "another"))
    }

    fn keep(&mut self, set: &TrustedSet) {
        self.last_good.keep(set).unwrap();
        self.kept = digests_of(set);
        self.seen = self.repository.clone();
    }
}

fn digests_of(set: &TrustedSet) -> Vec<Sha256Digest> {
    set.components().map(|component| component.digest()).collect()
}
