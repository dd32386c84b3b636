//! A host that is killed at any moment leaves a log that holds, with every record that it said was written, once.
//!
//! A binary of its own: a process that is begun beside other tests holds their logs' locks for a moment.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "../../../../tests/stage/src/postgres.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod postgres;
#[path = "../audit/records.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod records;
#[path = "../audit/signing.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod signing;
mod writer;

use std::collections::BTreeSet;
use std::sync::Mutex;

use crate::postgres::Postgres;
use crate::records::Folder;
use crate::signing::our_key;
use crate::writer::Sink;
use ssbtx_audit::{Place, Signers, verify_checkpoints};

#[test]
fn a_host_that_is_killed_at_any_moment_loses_no_record_and_no_checkpoint_of_its_files() {
    let _alone = ONE_AT_A_TIME.lock().unwrap();
    let folder = Folder::new();
    let told = killed_again_and_again(&Sink::Files(folder.path()), Place::Folder(&folder.path()));
    let written: Vec<String> = folder.lines().iter().filter_map(|line| question(line)).collect();
    assert_once_each(&told, &written);
}

#[test]
fn a_host_that_is_killed_at_any_moment_loses_no_record_and_no_checkpoint_of_its_database() {
    let _alone = ONE_AT_A_TIME.lock().unwrap();
    let server = Postgres::start().unwrap();
    let sink = Sink::Postgres { folder: server.socket_folder().to_owned(), port: server.port() };
    let settings = sink.settings().unwrap();
    let told = killed_again_and_again(&sink, Place::Postgres(&settings));
    let written = server.sql("SELECT question FROM ssbtx_audit.line").unwrap();
    assert_once_each(&told, &written.lines().map(str::to_owned).collect::<Vec<_>>());
}

/// What is killed: it does nothing when it is not told where to write.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_writer_writes_until_it_is_killed() {
    if let Some(sink) = Sink::told() {
        writer::write(&sink).await;
    }
}

/// Kills one host after the other and looks at the log after each; says of which questions they told that they were written.
fn killed_again_and_again(sink: &Sink, place: Place<'_>) -> BTreeSet<String> {
    let keys = [our_key().public().clone()];
    let (mut covered, mut told) = (0, BTreeSet::new());
    for kill in 0..KILLS {
        told.extend(writer::killed_after(sink, kill, 3 + usize::try_from(kill * 7 % 23).unwrap()));
        let verified = verify_checkpoints(place, Signers::Known(&keys), &[]).unwrap();
        let is_whole = verified.log.records >= told.len() as u64 && verified.covered >= covered;
        assert!(is_whole, "kill {kill}: {verified:?}, {} records were told", told.len());
        covered = verified.covered;
    }
    assert!(covered > KILLS);
    told
}

/// Nothing that was told is missing, and nothing is there twice.
fn assert_once_each(told: &BTreeSet<String>, written: &[String]) {
    let once: BTreeSet<String> = written.iter().cloned().collect();
    assert_eq!(once.len(), written.len());
    assert_eq!(told.difference(&once).collect::<Vec<_>>(), Vec::<&String>::new());
}

fn question(line: &str) -> Option<String> {
    let line: serde_json::Value = serde_json::from_str(line).unwrap();
    Some(line["record"]["question"].as_str()?.to_owned())
}

/// A process that is begun holds for a moment what others have open.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
const KILLS: u64 = 50;
