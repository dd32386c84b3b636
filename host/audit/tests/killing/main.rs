//! A host that is killed at any moment leaves a log that holds, with every record that it said was written.
//!
//! A binary of its own: a process that is begun beside other tests holds their logs' locks for a moment.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "../audit/records.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod records;
#[path = "../audit/signing.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod signing;

use std::env;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::records::{Folder, now, record};
use crate::signing::{add, our_key};
use ssbtx_audit::{AuditLog, AuditSettings, CheckpointSettings, Signers, verify_checkpoints};

#[tokio::test]
async fn a_host_that_is_killed_at_any_moment_loses_no_record_and_no_checkpoint() {
    let folder = Folder::new();
    let keys = [our_key().public().clone()];
    let mut covered = 0;
    let mut told = 0;
    for kill in 0..KILLS {
        told += killed_after(&folder.path(), 3 + kill * 7 % 23);
        let verified = verify_checkpoints(&folder.path(), Signers::Known(&keys), &[]).unwrap();
        assert!(verified.log.records >= told && verified.covered >= covered, "kill {kill}: {verified:?}");
        covered = verified.covered;
    }
    add(&folder, 1..=1).await;
    let verified = verify_checkpoints(&folder.path(), Signers::Known(&keys), &[]).unwrap();
    assert!(verified.log.records > told && verified.covered == verified.log.records && verified.checkpoints > KILLS);
}

/// What is killed: it does nothing when it is not told where to write.
#[tokio::test]
async fn a_writer_writes_until_it_is_killed() {
    let Some(directory) = env::var_os(DIRECTORY) else { return };
    // As often as the loop allows, so that the end comes in the middle of one.
    let checkpoints = CheckpointSettings::Signed { key: our_key(), every: Duration::from_micros(1) };
    let log = AuditLog::open(Path::new(&directory), AuditSettings { segment_bytes: 20_000, checkpoints }, now());
    let log = log.unwrap();
    let mut out = std::io::stdout();
    loop {
        log.append(record(1)).await.unwrap();
        writeln!(out, "{WRITTEN}").and_then(|()| out.flush()).unwrap();
    }
}

/// Starts a writer, kills it after it has told of so many records, and says of how many it told in all.
fn killed_after(directory: &Path, records: u64) -> u64 {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", "a_writer_writes_until_it_is_killed", "--nocapture"]);
    let mut writer = command.env(DIRECTORY, directory).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(writer.stdout.take().unwrap()).lines();
    let mut told = 0;
    while told < records {
        told += u64::from(lines.next().unwrap().unwrap().contains(WRITTEN));
    }
    writer.kill().unwrap();
    writer.wait().unwrap();
    told + lines.map_while(Result::ok).filter(|line| line.contains(WRITTEN)).count() as u64
}

const DIRECTORY: &str = "SSBTX_TEST_AUDIT_DIRECTORY";
const WRITTEN: &str = "a record is written";
const KILLS: u64 = 25;
