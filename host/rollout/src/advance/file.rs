//! What is withheld in advance, beside the last good copy, so that a restart does not forget it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ssbtx_broker::{NamedList, Withholding};
use ssbtx_core::{InvalidLifted, InvalidTightening, Lifted, Sha256Digest, Tightening};

use super::Withheld;

/// The file in which a host remembers what it withholds in advance.
///
/// It is not signed, and need not be: what is read from it is added to what the last good copy withholds, so that it can withhold and open nothing.
/// Whoever can write there can also remove the last good copy.
///
/// # Shape
///
/// `withheld-in-advance.json` in the folder of the last good copy; there only while something is withheld in advance:
/// `{"kind":"ssbtx-withheld-in-advance","version":1,"beside":"<fingerprint of the last good copy>","trustVersion":3,`
/// `"tightening":{"sha256":"…","list":{…}},"lifted":null}`, where a list is as it is signed.
pub(crate) struct AdvanceFile {
    folder: PathBuf,
    /// What is known to be on the disk.
    written: Option<Sha256Digest>,
}

/// What was withheld in advance when the file was written.
pub(crate) struct Remembered {
    /// The fingerprint of the last good copy that it was beside. With another it says nothing: that set was examined against it.
    pub(crate) beside: Sha256Digest,
    pub(crate) withheld: Withheld,
}

/// The file is not as this host wrote it.
#[derive(Debug, thiserror::Error)]
enum Damaged {
    #[error("`{NAME}` is not as this host wrote it")]
    Json(#[from] serde_json::Error),
    #[error("`{NAME}` is of another kind or version")]
    Kind,
    #[error("`{NAME}` names something by what is no digest")]
    Digest,
    #[error("list in `{NAME}` is not as this host wrote it")]
    Tightening(#[from] InvalidTightening),
    #[error("list of what is lifted in `{NAME}` is not as this host wrote it")]
    Lifted(#[from] InvalidLifted),
}

impl AdvanceFile {
    /// The file in the folder of the last good copy.
    pub(crate) fn of(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), written: None }
    }

    /// Reads it, where it is there.
    ///
    /// # Errors
    ///
    /// `InvalidData` when it is damaged: who would forget what it withheld must remove it on purpose.
    pub(crate) fn read(&self) -> io::Result<Option<Remembered>> {
        let bytes = match fs::read(self.folder.join(NAME)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            bytes => bytes?,
        };
        Remembered::parse(&bytes).map(Some).map_err(|damaged| io::Error::new(io::ErrorKind::InvalidData, damaged))
    }

    /// Writes it to the disk, at once in the place of what it said before, unless it says that already.
    ///
    /// # Errors
    ///
    /// When the disk does not take it. It then says what it said before.
    pub(crate) fn write(&mut self, remembered: &Remembered) -> io::Result<()> {
        let bytes = remembered.to_json()?;
        let digest = Sha256Digest::of(&bytes);
        if self.written == Some(digest) {
            return Ok(());
        }
        let next = self.folder.join(NEXT);
        let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&next)?;
        file.write_all(&bytes)?;
        file.sync_all()?;
        fs::rename(&next, self.folder.join(NAME))?;
        File::open(&self.folder)?.sync_all()?;
        self.written = Some(digest);
        Ok(())
    }

    /// Removes it, where it is there.
    ///
    /// # Errors
    ///
    /// When the disk does not take it.
    pub(crate) fn remove(&mut self) -> io::Result<()> {
        self.written = None;
        match fs::remove_file(self.folder.join(NAME)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            removed => removed.and_then(|()| File::open(&self.folder)?.sync_all()),
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct RememberedFile {
    kind: String,
    version: u64,
    beside: String,
    trust_version: u64,
    tightening: Option<ListFile>,
    lifted: Option<ListFile>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ListFile {
    sha256: String,
    list: Value,
}

impl Remembered {
    fn parse(bytes: &[u8]) -> Result<Self, Damaged> {
        let file: RememberedFile = serde_json::from_slice(bytes)?;
        if (file.kind.as_str(), file.version) != (KIND, VERSION) {
            return Err(Damaged::Kind);
        }
        let tightening = file.tightening.map(|file| file.parse(Tightening::parse)).transpose()?;
        let lifted = file.lifted.map(|file| file.parse(Lifted::parse)).transpose()?;
        let withholding = Withholding::remembered(tightening, lifted);
        let withheld = Withheld { trust_version: file.trust_version, withholding };
        Ok(Self { beside: digest(&file.beside)?, withheld })
    }

    fn to_json(&self) -> Result<Vec<u8>, serde_json::Error> {
        let Withheld { trust_version, withholding } = &self.withheld;
        serde_json::to_vec_pretty(&RememberedFile {
            kind: KIND.to_owned(),
            version: VERSION,
            beside: self.beside.to_string(),
            trust_version: *trust_version,
            tightening: withholding.tightening().map(|list| ListFile::of(list, Tightening::to_json)).transpose()?,
            lifted: withholding.lifted().map(|list| ListFile::of(list, Lifted::to_json)).transpose()?,
        })
    }
}

impl ListFile {
    fn of<L>(named: &NamedList<L>, to_json: impl Fn(&L) -> Vec<u8>) -> Result<Self, serde_json::Error> {
        let list = serde_json::from_slice(&to_json(named.list()))?;
        Ok(Self { sha256: named.digest().to_string(), list })
    }

    fn parse<L, E>(self, parse: impl Fn(&[u8]) -> Result<L, E>) -> Result<NamedList<L>, Damaged>
    where
        Damaged: From<E>,
    {
        let list = parse(self.list.to_string().as_bytes())?;
        Ok(NamedList::new(digest(&self.sha256)?, list))
    }
}

fn digest(text: &str) -> Result<Sha256Digest, Damaged> {
    text.parse().map_err(|_| Damaged::Digest)
}

const NAME: &str = "withheld-in-advance.json";
const NEXT: &str = "withheld-in-advance.json.next";
const KIND: &str = "ssbtx-withheld-in-advance";
const VERSION: u64 = 1;

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    fn remembered(id: &str) -> Remembered {
        let list = format!(
            r#"{{"kind":"ssbtx-tightening","version":1,"withheld":[{{"id":"{id}","since":"2026-11-22","reason":{{"sv":"Fel i svaren.","en":"Faulty answers."}},"what":{{"agency":"AF"}}}}]}}"#
        );
        let lifted = r#"{"kind":"ssbtx-lifted","version":1,"lifted":["earlier"]}"#;
        let tightening = NamedList::new(Sha256Digest::of(list.as_bytes()), Tightening::parse(list.as_bytes()).unwrap());
        let lifted = NamedList::new(Sha256Digest::of(lifted.as_bytes()), Lifted::parse(lifted.as_bytes()).unwrap());
        let withholding = Withholding::remembered(Some(tightening), Some(lifted));
        Remembered { beside: Sha256Digest::of(b"timestamp"), withheld: Withheld { trust_version: 3, withholding } }
    }

    #[test]
    fn what_was_written_is_read_back_with_the_names_of_the_signed_lists() {
        let folder = TempDir::new().unwrap();
        let mut file = AdvanceFile::of(folder.path());
        assert!(file.read().unwrap().is_none());
        for id in ["a", "b"] {
            let written = remembered(id);
            file.write(&written).unwrap();
            let read = file.read().unwrap().unwrap();
            assert_eq!((read.beside, read.withheld.trust_version), (written.beside, 3));
            let (read, written) = (read.withheld.withholding, written.withheld.withholding);
            assert!(read.covers(&written) && written.covers(&read));
            assert_eq!(read.tightening().map(NamedList::digest), written.tightening().map(NamedList::digest));
            assert_eq!(read.lifted().map(NamedList::digest), written.lifted().map(NamedList::digest));
        }
        file.remove().unwrap();
        file.remove().unwrap();
        assert!(file.read().unwrap().is_none());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_file_that_is_damaged_is_not_taken_for_one_that_withholds_nothing() {
        let folder = TempDir::new().unwrap();
        let mut file = AdvanceFile::of(folder.path());
        file.write(&remembered("a")).unwrap();
        let whole = fs::read_to_string(folder.path().join(NAME)).unwrap();
        let half = &whole[..whole.len() / 2];
        for (damaged, told) in [
            (half.to_owned(), "`withheld-in-advance.json` is not as this host wrote it"),
            (whole.replace(KIND, "ssbtx-else"), "`withheld-in-advance.json` is of another kind or version"),
            (whole.replace("\"AF\"", "\"af\""), "list in `withheld-in-advance.json` is not as this host wrote it"),
            (
                whole.replace("\"earlier\"", "\"_\""),
                "list of what is lifted in `withheld-in-advance.json` is not as this host wrote it",
            ),
            (
                whole.replace(&Sha256Digest::of(b"timestamp").to_string(), "ab"),
                "`withheld-in-advance.json` names something by what is no digest",
            ),
        ] {
            fs::write(folder.path().join(NAME), damaged).unwrap();
            let refused = file.read().err().unwrap();
            assert_eq!((refused.kind(), refused.to_string().as_str()), (io::ErrorKind::InvalidData, told));
        }
    }
}
