//! A component is compiled once, and whatever lies in the folder of compiled code, what runs is what was verified.

use std::fs;
use std::path::{Path, PathBuf};

use ssbtx_runtime::{CompiledCode, CompiledCodeUse, SandboxSettings};
use ssbtx_stage::components;

use crate::guests::{AskAdapter, Guests};

#[tokio::test]
async fn a_second_start_compiles_nothing_that_the_first_compiled() {
    let folder = tempfile::tempdir().unwrap();
    for expected in [CompiledCodeUse { found: 0, compiled: 1 }, CompiledCodeUse { found: 1, compiled: 0 }] {
        let guests = keeping(folder.path());
        let adapter = guests.adapter("honest").await.unwrap();
        assert!(adapter.plan_anew().await.is_ok());
        assert_eq!(guests.sandbox().compiled_code_use(), Some(expected));
    }
}

#[tokio::test]
async fn compiled_code_that_is_damaged_is_compiled_anew() {
    let folder = tempfile::tempdir().unwrap();
    keeping(folder.path()).adapter("honest").await.unwrap();
    let file = the_one_file(folder.path());
    let whole = fs::read(&file).unwrap();
    for damaged in [&b""[..], b"not machine code", &whole[..whole.len() / 2]] {
        fs::write(&file, damaged).unwrap();
        let guests = keeping(folder.path());
        let adapter = guests.adapter("honest").await.unwrap();
        assert!(adapter.plan_anew().await.is_ok());
        assert_eq!(guests.sandbox().compiled_code_use(), Some(CompiledCodeUse { found: 0, compiled: 1 }));
    }
}

#[tokio::test]
async fn a_component_of_other_bytes_finds_nothing() {
    let folder = tempfile::tempdir().unwrap();
    keeping(folder.path()).adapter("honest").await.unwrap();
    let guests = keeping(folder.path());
    let other = components::marked(&components::read("guests/honest.wasm"), "other");
    guests.adapter_of(other).await.unwrap();
    assert_eq!(guests.sandbox().compiled_code_use(), Some(CompiledCodeUse { found: 0, compiled: 1 }));
}

#[tokio::test]
async fn a_component_that_is_refused_is_refused_however_often_it_was_compiled() {
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..2 {
        assert!(keeping(folder.path()).adapter("policy-honest").await.is_err());
    }
}

fn keeping(folder: &Path) -> Guests {
    // A folder that it makes itself: one that others may enter is refused.
    let kept = CompiledCode::open(&folder.join("compiled")).unwrap();
    Guests::within(SandboxSettings::default().with_compiled_code(kept))
}

/// The one piece of code below a folder.
fn the_one_file(folder: &Path) -> PathBuf {
    let mut below = vec![folder.to_owned()];
    let mut files = Vec::new();
    while let Some(path) = below.pop() {
        if path.is_dir() {
            below.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if is_machine_code(&path) {
            files.push(path);
        }
    }
    assert_eq!(files.len(), 1, "{files:?}");
    files.remove(0)
}

/// Whether a file is machine code. What has an extension is the engine's bookkeeping, which it writes beside the test: how often code was used, who
/// is just cleaning up, and what it is about to rename.
fn is_machine_code(path: &Path) -> bool {
    path.extension().is_none() && !path.file_name().unwrap().as_encoded_bytes().starts_with(b".")
}
