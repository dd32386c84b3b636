//! Machine code of components that were compiled before.

use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};

use rustix::process::geteuid;
use wasmtime::{Cache, CacheConfig};

/// A directory with machine code, so that a component is compiled once and not at every start.
///
/// What lies in it is found by SHA-256 over the component's bytes, the engine's version and every setting that compiling follows from, and only
/// verified bytes are looked for. The machine code itself is believed as the host's own program is: whoever can write to the directory can run
/// what they like as the host. So nobody but the host may (ADR 0023).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompiledCode {
    directory: PathBuf,
}

impl CompiledCode {
    /// Opens the directory, or makes it for this user alone.
    ///
    /// # Errors
    ///
    /// [`CompiledCodeFault`], where it cannot be used or where others than the host could write to it or read it.
    pub fn open(directory: &Path) -> Result<Self, CompiledCodeFault> {
        let unusable = |source| CompiledCodeFault::Unusable { path: directory.to_owned(), source };
        DirBuilder::new().recursive(true).mode(OWNERS).create(directory).map_err(unusable)?;
        // The path from the root on: it names the same directory wherever the host stands, and no link leads anywhere else later.
        let directory = directory.canonicalize().map_err(unusable)?;
        let metadata = fs::metadata(&directory).map_err(unusable)?;
        let (owner, mode) = (metadata.uid(), metadata.mode() & 0o777);
        if owner != geteuid().as_raw() {
            return Err(CompiledCodeFault::Owner { path: directory, owner });
        }
        if mode & !OWNERS != 0 {
            return Err(CompiledCodeFault::Permissions { path: directory, mode });
        }
        Ok(Self { directory })
    }

    /// The engine's view of it.
    pub(crate) fn cache(&self) -> wasmtime::Result<Cache> {
        let mut config = CacheConfig::new();
        config.with_directory(&self.directory);
        Cache::new(config)
    }
}

/// How often a sandbox found the machine code of a component, since it was built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CompiledCodeUse {
    /// How many components were not compiled.
    pub found: u64,
    /// How many were.
    pub compiled: u64,
}

impl CompiledCodeUse {
    pub(crate) fn of(cache: &Cache) -> Self {
        let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        Self { found: count(cache.cache_hits()), compiled: count(cache.cache_misses()) }
    }
}

/// Why a directory cannot hold machine code.
#[derive(Debug, thiserror::Error)]
pub enum CompiledCodeFault {
    /// It cannot be made or looked at.
    #[error("directory of compiled code `{path}` cannot be used")]
    Unusable {
        /// The directory.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It belongs to somebody else, who could put code into it.
    #[error("directory of compiled code `{path}` belongs to user {owner}, expected the user that the host runs as")]
    Owner {
        /// The directory.
        path: PathBuf,
        /// Whose it is.
        owner: u32,
    },
    /// Others may use it.
    #[error("directory of compiled code `{path}` has mode `{mode:03o}`, expected `700`")]
    Permissions {
        /// The directory.
        path: PathBuf,
        /// Its mode.
        mode: u32,
    },
}

const OWNERS: u32 = 0o700;

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_directory_that_is_not_there_is_made_for_the_host_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("compiled/code");
        CompiledCode::open(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o700);
        assert!(CompiledCode::open(&path).is_ok());
    }

    #[test]
    fn err_directory_that_others_may_use() {
        let folder = tempfile::tempdir().unwrap();
        for mode in [0o750, 0o705, 0o722] {
            fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode)).unwrap();
            let fault = CompiledCode::open(folder.path()).unwrap_err();
            assert!(matches!(fault, CompiledCodeFault::Permissions { mode: found, .. } if found == mode), "{fault}");
        }
    }

    #[test]
    fn err_directory_that_is_a_file() {
        let file = tempfile::NamedTempFile::new().unwrap();
        assert!(matches!(CompiledCode::open(file.path()), Err(CompiledCodeFault::Unusable { .. })));
    }
}
