//! What is done to the disk, one step at a time.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, symlink};
use std::path::Path;

/// The changes that keeping a set makes to the disk.
///
/// It is a trait so that a test can end the process, as it were, after any of them.
pub(super) trait Disk {
    /// Makes a folder that only its owner may enter.
    fn create_folder(&mut self, at: &Path) -> io::Result<()>;

    /// Writes a new file that only its owner may read, to the disk and not only to the system's memory.
    fn write(&mut self, at: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Brings to the disk which names a folder holds.
    fn flush_folder(&mut self, at: &Path) -> io::Result<()>;

    /// Makes a symbolic link.
    fn link(&mut self, to: &str, at: &Path) -> io::Result<()>;

    /// Puts a file or link in the place of another, at once.
    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file or link.
    fn remove(&mut self, at: &Path) -> io::Result<()>;

    /// Removes a folder with all that is in it.
    fn remove_folder(&mut self, at: &Path) -> io::Result<()>;
}

/// The disk itself.
#[derive(Debug)]
pub(super) struct RealDisk;

impl Disk for RealDisk {
    fn create_folder(&mut self, at: &Path) -> io::Result<()> {
        DirBuilder::new().mode(0o700).create(at)
    }

    fn write(&mut self, at: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(at)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn flush_folder(&mut self, at: &Path) -> io::Result<()> {
        File::open(at)?.sync_all()
    }

    fn link(&mut self, to: &str, at: &Path) -> io::Result<()> {
        symlink(to, at)
    }

    fn rename(&mut self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&mut self, at: &Path) -> io::Result<()> {
        fs::remove_file(at)
    }

    fn remove_folder(&mut self, at: &Path) -> io::Result<()> {
        fs::remove_dir_all(at)
    }
}
