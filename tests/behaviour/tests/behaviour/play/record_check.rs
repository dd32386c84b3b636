//! What a play recorded, decided again when it is over.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread;

use serde_json::Value;
use ssbtx_core::Sha256Digest;
use ssbtx_review::{Archive, Recorded, Replay, Word};
use ssbtx_runtime::{SandboxSettings, Workbench};

/// When it is dropped, every record is decided again with what its repository keeps, and must agree.
pub(super) struct RecordCheck {
    audit: PathBuf,
    repository: PathBuf,
}

impl RecordCheck {
    /// Of a play with this log and this repository. It must be dropped after the host.
    pub(super) fn new(audit: PathBuf, repository: PathBuf) -> Self {
        Self { audit, repository }
    }
}

impl Drop for RecordCheck {
    fn drop(&mut self) {
        // A test that fails already says why.
        if thread::panicking() {
            return;
        }
        let records = records(&self.audit);
        if records.is_empty() {
            return;
        }
        let disagreeing = Checker::get().disagreeing(&records, &self.repository);
        assert!(disagreeing.is_empty(), "records that do not agree with their repository: {disagreeing:#?}");
    }
}

/// One for all plays, so that a component is compiled once.
struct Checker {
    replay: Replay<Shelf>,
    shelf: Shelf,
    /// What was decided in one way is decided so again.
    known: HashSet<String>,
}

/// The files of all repositories that there were, by their digests.
#[derive(Clone, Default)]
struct Shelf(Arc<Mutex<BTreeMap<Sha256Digest, PathBuf>>>);

impl Archive for Shelf {
    fn bytes(&self, digest: Sha256Digest) -> Option<Vec<u8>> {
        fs::read(self.0.lock().unwrap().get(&digest)?).ok()
    }
}

impl Checker {
    fn get() -> MutexGuard<'static, Self> {
        static CHECKER: LazyLock<Mutex<Checker>> = LazyLock::new(|| {
            let shelf = Shelf::default();
            let replay = Replay::new(Workbench::new(SandboxSettings::default()).unwrap(), shelf.clone());
            Mutex::new(Checker { replay, shelf, known: HashSet::new() })
        });
        CHECKER.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The records that a repository does not agree with, with what is said of each.
    fn disagreeing(&mut self, records: &[Recorded], repository: &Path) -> Vec<String> {
        let there = self.shelf.fill(&repository.join("targets"));
        let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        // On a thread of its own, since a play ends within a runtime.
        thread::scope(|scope| scope.spawn(|| runtime().block_on(self.compare(records, &there))).join().unwrap())
    }

    async fn compare(&mut self, records: &[Recorded], there: &BTreeSet<Sha256Digest>) -> Vec<String> {
        let mut disagreeing = Vec::new();
        for record in records {
            // What another play's repository keeps is not enough.
            disagreeing.extend(
                named(record).filter(|digest| !there.contains(digest)).map(|digest| format!("{digest} is gone")),
            );
            let same = format!("{:?}", Recorded { question: String::new(), trust_version: 0, ..record.clone() });
            if self.known.contains(&same) {
                continue;
            }
            let replayed = self.replay.compare(record).await;
            if replayed.word() == Word::Agrees {
                self.known.insert(same);
            } else {
                disagreeing.push(format!("{record:?}: {replayed:?}"));
            }
        }
        disagreeing
    }
}

impl Shelf {
    /// Takes what lies in a folder and those within it, and gives the digests of that.
    fn fill(&self, folder: &Path) -> BTreeSet<Sha256Digest> {
        let mut there = BTreeSet::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let digest = Sha256Digest::of(&fs::read(&path).unwrap());
                    there.insert(digest);
                    self.0.lock().unwrap().insert(digest, path);
                }
            }
        }
        there
    }
}

/// Everything that a record names.
fn named(record: &Recorded) -> impl Iterator<Item = Sha256Digest> {
    let lists = record.tightening.into_iter().chain(record.lifted).chain(record.grants.values().copied());
    lists.chain([record.policy]).chain(record.agencies.iter().filter_map(|agency| agency.adapter))
}

/// The questions of a log whose host has ended; a line that it was killed in is none.
fn records(audit: &Path) -> Vec<Recorded> {
    let mut records = Vec::new();
    for entry in fs::read_dir(audit).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "jsonl") {
            continue;
        }
        let text = fs::read_to_string(path).unwrap();
        for line in text.split_inclusive('\n').filter(|line| line.ends_with('\n')) {
            let record = serde_json::from_str::<Value>(line).unwrap()["record"].to_string();
            records.extend(Recorded::parse(record.as_bytes()).unwrap());
        }
    }
    records
}
