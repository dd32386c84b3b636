//! Promises of the commands that agencies write their adapters with.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on says so by panicking; clippy's own exemption does not reach helper functions"
)]

mod beginning;
mod checking;
mod measuring;
mod packing;
mod trying;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use ssbtx_stage::components;

/// Runs `ssbtx adapter` in a folder.
fn adapter(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ssbtx"));
    command.current_dir(folder).arg("adapter").args(arguments).output().unwrap()
}

/// Runs `ssbtx adapter` on a built component, such as `adapters/miv/adapter.wasm`.
fn on(command: &str, component: &str, arguments: &[&str]) -> Output {
    let component = components::path(component);
    assert!(component.exists(), "`{}` is not there; run `cargo xtask plugins` first", component.display());
    adapter(Path::new("."), &[&[command, component.to_str().unwrap()], arguments].concat())
}

/// What a command printed as JSON, with the code that it ended with.
#[track_caller]
fn json(output: &Output) -> (Option<i32>, serde_json::Value) {
    let errors = String::from_utf8_lossy(&output.stderr);
    (output.status.code(), serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {errors}")))
}

/// A folder with the question and the reply that these tests try Migrationsverket's adapter with.
fn trial() -> (String, String) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/adapter/trial");
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    (path("question.json"), path("replies"))
}
