//! An auditor's commands, from a key to a proof that holds without the log.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on says so by panicking; clippy's own exemption does not reach helper functions"
)]

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use ssbtx_audit::{AuditLog, AuditSettings, CheckpointKey, CheckpointSettings};
use tempfile::TempDir;

#[test]
fn a_log_is_verified_proved_and_exported_and_what_was_kept_elsewhere_contradicts_a_changed_one() {
    let auditor = Auditor::new();
    auditor.record(2);
    let kept = auditor.file("kept", &fs::read_to_string(auditor.path("audit/audit.checkpoints")).unwrap());
    auditor.record(3);
    let verified = auditor.does(&["verify", "audit", "--key", "log.key", "--checkpoint", &kept]).unwrap();
    assert!(verified.starts_with("5 records in 1 segments, the chain is whole; head "), "{verified}");
    assert!(
        verified.ends_with("2 checkpoints agree and are signed, the last of 5 records\n1 kept checkpoints agree\n")
    );

    let growth = auditor.does(&["prove-growth", "audit", "2"]).unwrap();
    let all = auditor.does(&["export", "audit", "--from", "2026-01-01T00:00:00Z"]).unwrap();
    assert_eq!(all.lines().count(), 5);
    assert_eq!(auditor.does(&["export", "audit", "--before", "2026-01-01T00:00:00Z"]).unwrap(), "");
    auditor.file("proofs", &format!("{all}{growth}"));
    let told = auditor.does(&["check-proof", "proofs", "--key", "log.key"]).unwrap();
    assert!(told.starts_with("record 1 is in `ssbtx.example.se/audit/1` of 5 records\n"), "{told}");
    assert!(told.ends_with("`ssbtx.example.se/audit/1` was only added to from 2 to 5 records\n"), "{told}");

    auditor.file("proofs", &all.replacen("\"bytesCut\":1}", "\"bytesCut\":2}", 1));
    let told = auditor.does(&["check-proof", "proofs", "--key", "log.key"]).unwrap_err();
    assert!(told.contains("proof does not lead to the root that its checkpoint signs"), "{told}");
    auditor.file("proofs", "");
    assert!(auditor.does(&["check-proof", "proofs", "--key", "log.key"]).unwrap_err().contains("holds no proof"));
    let told = auditor.does(&["prove", "audit", "no question of this log"]).unwrap_err();
    assert!(told.contains("log has no record of the question"), "{told}");
    assert_eq!(auditor.does(&["prove", "audit", "2"]).unwrap(), format!("{}\n", all.lines().nth(1).unwrap()));
    let told = auditor.does(&["prove", "audit", "6"]).unwrap_err();
    assert!(told.contains("log has no line `6`"), "{told}");

    fs::remove_dir_all(auditor.path("audit")).unwrap();
    auditor.record(1);
    auditor.does(&["verify", "audit", "--key", "log.key"]).unwrap();
    let told = auditor.does(&["verify", "audit", "--key", "log.key", "--checkpoint", &kept]).unwrap_err();
    assert!(told.contains("log has `1` lines, kept checkpoint of 2 lines is of `2`"), "{told}");
}

/// Somebody with a log, its key and its verifier key.
struct Auditor {
    folder: TempDir,
}

impl Auditor {
    fn new() -> Self {
        let auditor = Self { folder: tempfile::tempdir().unwrap() };
        // As openssl writes it, of a seed of ones.
        let pem = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB\n-----END PRIVATE KEY-----\n";
        let key = auditor.file("checkpoint.key", pem);
        fs::set_permissions(auditor.path(&key), fs::Permissions::from_mode(0o600)).unwrap();
        let public = auditor.does(&["verifier-key", &key, "--origin", ORIGIN]).unwrap();
        auditor.file("log.key", &public);
        auditor
    }

    /// Adds records in the shortest way there is: of lines that a host did not finish, and a checkpoint of them all.
    fn record(&self, records: u8) {
        let key = CheckpointKey::load(&self.path("checkpoint.key"), ORIGIN.parse().unwrap()).unwrap();
        let checkpoints =
            CheckpointSettings::Signed { key: Arc::new(key), every: CheckpointSettings::DEFAULT_INTERVAL };
        let now = "2026-01-01T08:00:00Z".parse().unwrap();
        for left in (0..records).rev() {
            drop(AuditLog::open(&self.path("audit"), AuditSettings::default(), now).unwrap());
            let mut segment = OpenOptions::new();
            let segment =
                segment.append(true).create(true).mode(0o600).open(self.path("audit/audit-000000000001.jsonl"));
            segment.unwrap().write_all(b"{").unwrap();
            let settings = match left {
                0 => AuditSettings { checkpoints: checkpoints.clone(), ..AuditSettings::default() },
                _ => AuditSettings::default(),
            };
            drop(AuditLog::open(&self.path("audit"), settings, now).unwrap());
        }
    }

    /// What a command prints, or what it says where it fails.
    fn does(&self, arguments: &[&str]) -> Result<String, String> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ssbtx"));
        let ended = command.arg("audit").args(arguments).current_dir(self.folder.path()).output().unwrap();
        match ended.status.code() {
            Some(0) => Ok(String::from_utf8(ended.stdout).unwrap()),
            code => Err(format!("{code:?}: {}", String::from_utf8_lossy(&ended.stderr))),
        }
    }

    fn file(&self, name: &str, text: &str) -> String {
        fs::write(self.path(name), text).unwrap();
        name.to_owned()
    }

    fn path(&self, name: impl AsRef<Path>) -> PathBuf {
        self.folder.path().join(name)
    }
}

const ORIGIN: &str = "ssbtx.example.se/audit/1";
