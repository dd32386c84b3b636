//! Reading a kept set.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use bytes::Bytes;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use ssbtx_core::Sha256Digest;
use tough::schema::{Metafile, Signed, Target, Targets};

use super::writing::LOADED;
use crate::not_trusted::KeptFault;
use crate::shelf::{METADATA, TARGETS, TIMESTAMP};

/// The folder of a kept set.
///
/// Only this host writes there, so signatures are left to the loads that rest on it; but a file that is missing or damaged must not pass for
/// one that never was. From the timestamp on, each file is pinned by the one that names it.
#[derive(Debug, Clone)]
pub(super) struct KeptSet(PathBuf);

impl KeptSet {
    pub(super) fn at(folder: PathBuf) -> Self {
        Self(folder)
    }

    pub(super) fn folder(&self) -> PathBuf {
        self.0.clone()
    }

    /// Every root, by version; at least one.
    pub(super) fn roots(&self) -> Result<BTreeMap<u64, Bytes>, KeptFault> {
        let mut roots = BTreeMap::new();
        for entry in fs::read_dir(self.0.join(METADATA)).map_err(|_| damaged(METADATA))? {
            let name = entry.map_err(|_| damaged(METADATA))?.file_name().to_string_lossy().into_owned();
            if let Some(version) = name.strip_suffix(".root.json").and_then(|version| version.parse().ok()) {
                roots.insert(version, self.read(&format!("{METADATA}{name}"))?);
            }
        }
        if roots.is_empty() { Err(damaged(METADATA)) } else { Ok(roots) }
    }

    pub(super) fn timestamp(&self) -> Result<(Bytes, Signed<tough::schema::Timestamp>), KeptFault> {
        let bytes = self.read(TIMESTAMP)?;
        let timestamp = parse(TIMESTAMP, &bytes)?;
        Ok((bytes, timestamp))
    }

    /// The metadata that other metadata names, such as `snapshot.json`.
    pub(super) fn metadata<T: DeserializeOwned>(
        &self,
        name: &str,
        pin: Option<&Metafile>,
    ) -> Result<(Bytes, Signed<T>), KeptFault> {
        let pin = pin.ok_or_else(|| damaged(name))?;
        let file = format!("{METADATA}{}.{name}", pin.version);
        let sha256 = pin.hashes.as_ref().map(|hashes| hashes.sha256.as_ref()).ok_or_else(|| damaged(&file))?;
        let bytes = self.pinned(&file, sha256)?;
        let metadata = parse(&file, &bytes)?;
        Ok((bytes, metadata))
    }

    /// A target's bytes as something else; `None` where a role does not list it.
    pub(super) fn target<T, E>(
        &self,
        role: Option<&Signed<Targets>>,
        name: &str,
        parse: impl Fn(&[u8]) -> Result<T, E>,
    ) -> Result<Option<T>, KeptFault> {
        let listed = role.and_then(|role| role.signed.targets.iter().find(|(target, _)| target.raw() == name));
        let Some((_, Target { hashes, .. })) = listed else { return Ok(None) };
        let file = format!("{TARGETS}{}.{name}", hex::encode(&hashes.sha256));
        let bytes = self.pinned(&file, &hashes.sha256)?;
        parse(&bytes).map(Some).map_err(|_| damaged(&file))
    }

    /// When the set was loaded.
    pub(super) fn loaded(&self) -> Result<Timestamp, KeptFault> {
        let text = fs::read_to_string(self.0.join(LOADED)).map_err(|_| damaged(LOADED))?;
        text.parse().map_err(|_| damaged(LOADED))
    }

    fn pinned(&self, file: &str, sha256: &[u8]) -> Result<Bytes, KeptFault> {
        let bytes = self.read(file)?;
        if Sha256Digest::of(&bytes).to_string() == hex::encode(sha256) { Ok(bytes) } else { Err(damaged(file)) }
    }

    fn read(&self, file: &str) -> Result<Bytes, KeptFault> {
        fs::read(self.0.join(file)).map(Bytes::from).map_err(|_| damaged(file))
    }
}

fn parse<T: DeserializeOwned>(file: &str, bytes: &[u8]) -> Result<T, KeptFault> {
    serde_json::from_slice(bytes).map_err(|_| damaged(file))
}

fn damaged(file: &str) -> KeptFault {
    KeptFault::Damaged { file: file.to_owned() }
}
