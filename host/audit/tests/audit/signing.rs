//! Keys, and logs with checkpoints.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::records::{Folder, now, record};
use ssbtx_audit::{AuditFault, AuditLog, AuditSettings, CheckpointKey, CheckpointSettings, SignedCheckpoint};

/// A log's key: the same seed gives the same one.
pub(crate) fn key(seed: u8, origin: &str) -> Arc<CheckpointKey> {
    let folder = tempfile::tempdir().unwrap();
    Arc::new(CheckpointKey::load(&key_file(folder.path(), seed), origin.parse().unwrap()).unwrap())
}

/// A key as `openssl genpkey -algorithm ed25519` writes it: PKCS#8 without the public key.
pub(crate) fn key_file(folder: &Path, seed: u8) -> PathBuf {
    let mut der = hex::decode("302e020100300506032b657004220420").unwrap();
    der.extend_from_slice(&[seed; 32]);
    let path = folder.join("checkpoint.key");
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", STANDARD.encode(der));
    fs::write(&path, pem).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    path
}

/// The key of most tests.
pub(crate) fn our_key() -> Arc<CheckpointKey> {
    key(1, "ssbtx.example.se/audit/1")
}

pub(crate) fn settings(key: Arc<CheckpointKey>) -> AuditSettings {
    AuditSettings {
        segment_bytes: 8000,
        checkpoints: CheckpointSettings::Signed { key, every: Duration::from_hours(1) },
    }
}

pub(crate) fn open(folder: &Folder) -> Result<AuditLog, AuditFault> {
    AuditLog::open(&folder.path(), settings(our_key()), now())
}

/// Adds records to a log, with a checkpoint at the end.
pub(crate) async fn add(folder: &Folder, records: std::ops::RangeInclusive<u8>) {
    let log = open(folder).unwrap();
    for number in records {
        log.append(record(number)).await.unwrap();
    }
}

/// A log with a checkpoint of 3, of 7 and of 12 records, in segments of some 4.
pub(crate) async fn log() -> Folder {
    let folder = Folder::new();
    add(&folder, 1..=3).await;
    add(&folder, 4..=7).await;
    add(&folder, 8..=12).await;
    folder
}

/// The checkpoints that lie with a log.
pub(crate) fn checkpoints(folder: &Folder) -> Vec<SignedCheckpoint> {
    let text = fs::read_to_string(folder.path().join("audit.checkpoints")).unwrap();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    lines.chunks(5).map(|lines| lines.concat().parse().unwrap()).collect()
}

/// Puts other checkpoints beside a log.
pub(crate) fn put(folder: &Folder, checkpoints: &[SignedCheckpoint]) {
    let text: String = checkpoints.iter().map(ToString::to_string).collect();
    fs::write(folder.path().join("audit.checkpoints"), text).unwrap();
}
