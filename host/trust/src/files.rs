//! The files of one load, whole.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;

/// The files that one load read, by their names relative to the repository, such as `metadata/timestamp.json`.
///
/// Their bytes are those that were verified, and they are shared with whatever the load makes of them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Files(Arc<Mutex<BTreeMap<String, Bytes>>>);

impl Files {
    pub(crate) fn add(&self, file: String, bytes: Bytes) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(file, bytes);
    }

    /// All of them; what is added later is not among them.
    pub(crate) fn all(&self) -> AllFiles {
        AllFiles(Arc::new(self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()))
    }
}

/// Every file of a set. Cloning is cheap.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct AllFiles(Arc<BTreeMap<String, Bytes>>);

impl Deref for AllFiles {
    type Target = BTreeMap<String, Bytes>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

/// Shows how many there are: they are megabytes.
impl fmt::Debug for AllFiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AllFiles({})", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use ssbtx_stage::repository::{DemoRepository, DemoTarget};
    use tempfile::TempDir;

    use crate::{RepositorySettings, load};

    #[tokio::test]
    async fn the_bytes_of_a_component_are_those_that_are_kept_and_no_copy() {
        let home = TempDir::new().unwrap();
        let target = DemoTarget::new("adapters/af/adapter.wasm", "an adapter");
        let repository = DemoRepository::create(home.path(), &[target]).unwrap();
        let settings = RepositorySettings::new(repository.root_bytes().to_vec(), repository.directory());
        let set = load(&settings).await.unwrap();
        let (_, kept) = set.files().iter().find(|(file, _)| file.ends_with("adapter.wasm")).unwrap();
        assert_eq!(set.components().next().unwrap().bytes().as_ptr(), kept.as_ptr());
    }

    #[tokio::test]
    async fn a_set_is_shown_without_its_bytes() {
        let home = TempDir::new().unwrap();
        let repository = DemoRepository::create(home.path(), &[]).unwrap();
        let settings = RepositorySettings::new(repository.root_bytes().to_vec(), repository.directory());
        let shown = format!("{:?}", load(&settings).await.unwrap().files());
        assert!(shown.starts_with("AllFiles(") && shown.len() < 20, "{shown}");
    }
}
