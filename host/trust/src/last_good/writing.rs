//! Keeping a set, so that the old or the new one is there whenever the machine stops.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use jiff::Timestamp;

use super::disk::Disk;
use super::folder::Folder;

/// The file that holds the time of a set's load, beside `metadata/` and `targets/`.
pub(super) const LOADED: &str = "loaded";

/// Writes a set as a whole and only then puts it in the place of the one before.
///
/// The order is the promise: every byte and every name is on the disk before the link is switched, the link is switched by one rename, and the
/// old set goes when the switch itself is on the disk.
pub(super) fn keep(
    disk: &mut impl Disk,
    folder: &Folder,
    files: &BTreeMap<String, Bytes>,
    loaded: Timestamp,
) -> io::Result<()> {
    folder.sweep(disk)?;
    let name = folder.unused_name()?;
    let set = folder.path().join(&name);
    let folders = folders(files);
    disk.create_folder(&set)?;
    for inner in &folders {
        disk.create_folder(&set.join(inner))?;
    }
    for (file, bytes) in files {
        disk.write(&set.join(file), bytes)?;
    }
    disk.write(&set.join(LOADED), loaded.to_string().as_bytes())?;
    for inner in folders.iter().rev() {
        disk.flush_folder(&set.join(inner))?;
    }
    disk.flush_folder(&set)?;
    disk.flush_folder(folder.path())?;
    disk.link(&name, &folder.next())?;
    disk.rename(&folder.next(), &folder.current())?;
    disk.flush_folder(folder.path())?;
    folder.sweep(disk)
}

/// Every folder that the files lie in, an outer one before its inner ones.
fn folders(files: &BTreeMap<String, Bytes>) -> BTreeSet<PathBuf> {
    let above = files.keys().flat_map(|file| Path::new(file).ancestors().skip(1));
    above.filter(|folder| !folder.as_os_str().is_empty()).map(Path::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outer_folder_stands_before_its_inner_ones() {
        let files = ["metadata/timestamp.json", "targets/ab.adapters/af/adapter.wasm"];
        let files = files.map(|file| (file.to_owned(), Bytes::new())).into_iter().collect();
        let expected = ["metadata", "targets", "targets/ab.adapters", "targets/ab.adapters/af"];
        assert_eq!(folders(&files), expected.map(PathBuf::from).into_iter().collect());
    }
}
