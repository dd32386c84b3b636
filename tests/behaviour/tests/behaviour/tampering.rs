//! Whatever is not signed as it must be does not run: one broken repository per folder in `tests/repositories`.

#![allow(clippy::expect_used, reason = "a repository that is trusted when it should not be is best said in words")]

mod expiry;
mod files;
mod limits;
mod signatures;
mod structure;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use ssbtx_core::Sha256Digest;
use ssbtx_stage::repository::{DemoRepository, DemoTarget};
use ssbtx_trust::{ComponentKind, NotTrusted, RepositorySettings, load};
use tempfile::TempDir;

const AF_ADAPTER: &str = "adapters/af/adapter.wasm";
const CSN_ADAPTER: &str = "adapters/csn/adapter.wasm";
const POLICY: &str = "policies/ekonomiskt-bistand/policy.wasm";

/// A repository that was in order, to be broken in the way that its folder says.
struct Defect {
    repository: DemoRepository,
    settings: RepositorySettings,
    _home: TempDir,
}

impl Defect {
    async fn named(folder: &str) -> Self {
        let why = fs::read_to_string(folders().join(folder).join("WHY")).unwrap();
        assert_eq!(why.trim_end().lines().count(), 1, "{folder}: WHY is one line");
        let defect = Self::none();
        load(&defect.settings).await.expect("the repository is in order before it is broken");
        defect
    }

    fn none() -> Self {
        let home = TempDir::new().unwrap();
        let repository = DemoRepository::create(home.path(), &targets()).unwrap();
        let settings = RepositorySettings::new(repository.root_bytes().to_vec(), repository.directory());
        Self { repository, settings, _home: home }
    }

    /// What the host says to the repository as it is on disk.
    async fn refusal(&self) -> NotTrusted {
        load(&self.settings).await.expect_err("a broken repository was trusted")
    }

    /// What the host says after everything that points to a changed role was signed anew.
    async fn refusal_once_published(&mut self) -> NotTrusted {
        self.repository.publish().unwrap();
        self.refusal().await
    }

    fn signed_by(&mut self, role: &str, signers: &[&str]) {
        self.repository.document_mut(role).unwrap().signers = signers.iter().map(ToString::to_string).collect();
    }
}

fn targets() -> [DemoTarget; 3] {
    [AF_ADAPTER, CSN_ADAPTER, POLICY].map(|name| DemoTarget::new(name, format!("the bytes of {name}")))
}

fn folders() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../repositories")
}

/// Asserts a refusal on its type, and shows what it was where it is another.
macro_rules! assert_refused {
    ($refusal:expr, $pattern:pat $(if $guard:expr)?) => {{
        let refusal = $refusal;
        assert!(matches!(&refusal, $pattern $(if $guard)?), "refused for another reason: {refusal:?}");
    }};
}
use assert_refused;

#[tokio::test]
async fn a_repository_in_order_is_trusted_with_all_its_components() {
    let set = load(&Defect::none().settings).await.unwrap();
    let found: Vec<(String, Sha256Digest)> =
        set.components().map(|component| (component.target().to_string(), component.digest())).collect();
    let expected = targets().map(|target| (target.name, Sha256Digest::of(&target.bytes)));
    assert_eq!(found, expected);
    assert_eq!(set.version(), 1);
    assert_eq!(set.adapters().count(), 2);
    assert_eq!(set.policies().count(), 1);
    for component in set.components() {
        assert_eq!(component.bytes(), format!("the bytes of {}", component.target()).as_bytes());
        assert_eq!(matches!(component.kind(), ComponentKind::Policy(_)), component.target().to_string() == POLICY);
    }
}

#[tokio::test]
async fn a_changed_component_raises_the_version_of_the_set_and_is_taken() {
    let mut defect = Defect::none();
    let target = DemoTarget::new(AF_ADAPTER, "a newer adapter");
    defect.repository.list("af", &target).unwrap();
    for role in ["af", "snapshot", "timestamp"] {
        defect.repository.document_mut(role).unwrap().set("version", 2);
    }
    defect.repository.publish().unwrap();
    let set = load(&defect.settings).await.unwrap();
    assert_eq!(set.version(), 2);
    assert_eq!(set.adapters().next().unwrap().1.bytes(), b"a newer adapter");
}

#[test]
fn every_folder_of_a_broken_repository_has_a_test() {
    let sources = [
        include_str!("tampering/expiry.rs"),
        include_str!("tampering/files.rs"),
        include_str!("tampering/limits.rs"),
        include_str!("tampering/signatures.rs"),
        include_str!("tampering/structure.rs"),
    ];
    let named = |source: &'static str| {
        let calls = source.split("Defect::named(\"").skip(1);
        calls.map(|call| call.split('"').next().unwrap().to_owned())
    };
    let tested: BTreeSet<String> = sources.into_iter().flat_map(named).collect();
    let on_disk: BTreeSet<String> =
        fs::read_dir(folders()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(on_disk, tested);
}
