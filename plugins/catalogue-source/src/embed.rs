//! The build script's part: files in and out, and faults shown by cargo.

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::source::{self, NotLoaded};

/// Reads `catalogue.toml` beside the `build.rs` that calls this, with what it includes, and writes `catalogue.rs` to the build's output folder.
///
/// The exit code is for `build.rs` to return: a fault is shown by cargo and stops the build.
#[expect(clippy::print_stdout, reason = "cargo reads a build script's standard output")]
pub fn embed() -> ExitCode {
    let Err(fault) = write() else { return ExitCode::SUCCESS };
    let mut cause: Option<&dyn Error> = Some(&fault);
    while let Some(error) = cause {
        for line in error.to_string().lines() {
            println!("cargo::error={line}");
        }
        cause = error.source();
    }
    ExitCode::FAILURE
}

/// Why the tables were not written.
#[derive(Debug, thiserror::Error)]
enum NotEmbedded {
    #[error("`{0}` is not set: this is for build scripts")]
    NotABuildScript(&'static str),
    #[error(transparent)]
    NotLoaded(#[from] NotLoaded),
    #[error("cannot write `{}`", .0.display())]
    Unwritable(PathBuf, #[source] std::io::Error),
}

#[expect(clippy::print_stdout, reason = "cargo reads a build script's standard output")]
fn write() -> Result<(), NotEmbedded> {
    let file = folder("CARGO_MANIFEST_DIR")?.join(SOURCE);
    let catalogue = source::load(&file, |read| println!("cargo::rerun-if-changed={}", read.display()))?;
    let target = folder("OUT_DIR")?.join(TARGET);
    std::fs::write(&target, catalogue.to_rust()).map_err(|error| NotEmbedded::Unwritable(target, error))
}

fn folder(variable: &'static str) -> Result<PathBuf, NotEmbedded> {
    std::env::var_os(variable).map(PathBuf::from).ok_or(NotEmbedded::NotABuildScript(variable))
}

const SOURCE: &str = "catalogue.toml";
const TARGET: &str = "catalogue.rs";
