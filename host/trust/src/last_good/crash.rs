//! The machine may stop at any step of keeping a set.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use bytes::Bytes;
use ssbtx_stage::repository::{DemoRepository, DemoTarget};
use tempfile::TempDir;

use super::LastGood;
use super::disk::Disk;
use super::folder::Folder;
use super::writing::keep;
use crate::loading::load;
use crate::not_trusted::NotTrusted;
use crate::settings::RepositorySettings;
use crate::trusted_set::TrustedSet;

/// A disk that stops taking steps, as when the power goes: also in the middle of a file, and of a folder that is being removed.
struct Stopping {
    steps_left: usize,
    taken: Vec<&'static str>,
}

impl Stopping {
    fn after(steps: usize) -> Self {
        Self { steps_left: steps, taken: Vec::new() }
    }

    fn step(&mut self, name: &'static str) -> io::Result<()> {
        self.steps_left = self.steps_left.checked_sub(1).ok_or(io::ErrorKind::Interrupted)?;
        self.taken.push(name);
        Ok(())
    }
}

impl Disk for Stopping {
    fn create_folder(&mut self, at: &Path) -> io::Result<()> {
        self.step("create folder")?;
        fs::create_dir(at)
    }

    fn write(&mut self, at: &Path, bytes: &[u8]) -> io::Result<()> {
        self.step("write half")?;
        fs::write(at, &bytes[..bytes.len() / 2])?;
        self.step("write")?;
        fs::write(at, bytes)
    }

    fn flush_folder(&mut self, at: &Path) -> io::Result<()> {
        assert!(at.is_dir());
        self.step("flush")
    }

    fn link(&mut self, to: &str, at: &Path) -> io::Result<()> {
        self.step("link")?;
        std::os::unix::fs::symlink(to, at)
    }

    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        self.step("rename")?;
        fs::rename(from, to)
    }

    fn remove(&mut self, at: &Path) -> io::Result<()> {
        self.step("remove")?;
        fs::remove_file(at)
    }

    fn remove_folder(&mut self, at: &Path) -> io::Result<()> {
        self.step("remove half")?;
        fs::remove_dir_all(at.join("metadata"))?;
        self.step("remove")?;
        fs::remove_dir_all(at)
    }
}

/// Two sets of one repository, the second newer, and the settings that they were loaded with.
struct Sets {
    settings: RepositorySettings,
    old: TrustedSet,
    new: TrustedSet,
    _home: TempDir,
}

impl Sets {
    async fn make() -> Self {
        let home = TempDir::new().unwrap();
        let target = |bytes: &str| DemoTarget::new("adapters/af/adapter.wasm", bytes);
        let mut repository = DemoRepository::create(home.path(), &[target("the old adapter")]).unwrap();
        let settings = RepositorySettings::new(repository.root_bytes().to_vec(), repository.directory());
        let old = load(&settings).await.unwrap();
        repository.list("af", &target("the new adapter")).unwrap();
        for role in ["af", "snapshot", "timestamp"] {
            repository.document_mut(role).unwrap().set("version", 2);
        }
        repository.publish().unwrap();
        let new = load(&settings).await.unwrap();
        Self { settings, old, new, _home: home }
    }

    /// Which of the two a folder holds, in exactly its own files; `None` where it holds nothing.
    async fn held(&self, state: &Path) -> Option<u64> {
        let copy = LastGood::open(state.to_owned()).unwrap();
        let set = match copy.recall(&self.settings, std::time::Duration::ZERO).await {
            Err(NotTrusted::NothingKept) => return None,
            set => set.unwrap(),
        };
        let expected = if set.version() == 1 { &self.old } else { &self.new };
        assert_eq!(set.fingerprint(), expected.fingerprint());
        assert_eq!(files_of(&state.join("current")), **expected.files());
        let names = fs::read_dir(state).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let (sets, others): (BTreeSet<String>, BTreeSet<String>) = names.partition(|name| name.starts_with("set-"));
        assert_eq!((sets.len(), others), (1, ["current", "lock"].map(str::to_owned).into()));
        Some(set.version())
    }
}

/// Every file of a kept set but the time of its load.
fn files_of(set: &Path) -> BTreeMap<String, Bytes> {
    let mut files = BTreeMap::new();
    let mut folders = vec!["metadata".to_owned(), "targets".to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(set.join(&folder)).unwrap() {
            let name = format!("{folder}/{}", entry.unwrap().file_name().into_string().unwrap());
            match fs::read(set.join(&name)) {
                Ok(bytes) => drop(files.insert(name, bytes.into())),
                Err(_) => folders.push(name),
            }
        }
    }
    files
}

#[tokio::test]
async fn a_machine_that_stops_at_any_step_finds_the_old_or_the_new_set() {
    let sets = Sets::make().await;
    let mut held = Vec::new();
    for steps in 0.. {
        let home = TempDir::new().unwrap();
        let state = home.path().join("state");
        let folder = Folder::open(state.clone()).unwrap();
        keep(&mut Stopping::after(usize::MAX), &folder, sets.old.files(), sets.old.loaded()).unwrap();
        let kept = keep(&mut Stopping::after(steps), &folder, sets.new.files(), sets.new.loaded());
        drop(folder);
        held.push(sets.held(&state).await.unwrap());
        if kept.is_ok() {
            break;
        }
    }
    assert!(held.len() >= 50, "{} steps", held.len());
    assert!(held.is_sorted(), "once the new set is there it stays: {held:?}");
    assert_eq!((held.first(), held.last()), (Some(&1), Some(&2)));
}

#[tokio::test]
async fn a_machine_that_stops_while_it_keeps_its_first_set_finds_it_or_nothing() {
    let sets = Sets::make().await;
    let mut held = Vec::new();
    for steps in 0.. {
        let home = TempDir::new().unwrap();
        let state = home.path().join("state");
        let folder = Folder::open(state.clone()).unwrap();
        let kept = keep(&mut Stopping::after(steps), &folder, sets.new.files(), sets.new.loaded());
        drop(folder);
        held.push(sets.held(&state).await);
        if kept.is_ok() {
            break;
        }
    }
    assert!(held.is_sorted());
    assert_eq!((held.first(), held.last()), (Some(&None), Some(&Some(2))));
}

#[tokio::test]
async fn what_one_call_left_half_done_does_not_hinder_the_next() {
    let sets = Sets::make().await;
    let home = TempDir::new().unwrap();
    let state = home.path().join("state");
    let folder = Folder::open(state.clone()).unwrap();
    for steps in (0..80).step_by(7) {
        let _ = keep(&mut Stopping::after(steps), &folder, sets.old.files(), sets.old.loaded());
    }
    keep(&mut Stopping::after(usize::MAX), &folder, sets.new.files(), sets.new.loaded()).unwrap();
    drop(folder);
    assert_eq!(sets.held(&state).await, Some(2));
}

#[tokio::test]
async fn everything_is_on_the_disk_before_the_link_is_switched_and_the_old_set_goes_after() {
    let sets = Sets::make().await;
    let home = TempDir::new().unwrap();
    let folder = Folder::open(home.path().join("state")).unwrap();
    keep(&mut Stopping::after(usize::MAX), &folder, sets.old.files(), sets.old.loaded()).unwrap();
    let mut disk = Stopping::after(usize::MAX);
    keep(&mut disk, &folder, sets.new.files(), sets.new.loaded()).unwrap();
    disk.taken.dedup_by(|one, other| one == other || (one.starts_with("write") && other.starts_with("write")));
    let order = ["create folder", "write half", "flush", "link", "rename", "flush", "remove half", "remove"];
    assert_eq!(disk.taken, order);
}
