//! What a policy crate's `build.rs` does.

use std::error::Error;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use crate::cases::Cases;
use crate::fault::InvalidSource;
use crate::policy::Policy;
use crate::tables;

/// Writes `tables.rs` for the crate that is being built, and tells cargo what is wrong if it cannot.
///
/// The only function here that reads the environment: it is called from `build.rs`, where cargo passes everything so.
pub fn build() -> ExitCode {
    let outcome = write_tables(&variable("CARGO_MANIFEST_DIR"), &variable("OUT_DIR"));
    let told = match &outcome {
        Ok(()) => tell(&["cargo::rerun-if-changed=policy.toml", "cargo::rerun-if-changed=cases.toml"]),
        Err(error) => tell(&complaint(error)),
    };
    if outcome.is_ok() && told.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Reads `policy.toml` and `cases.toml` from one folder and writes `tables.rs` to another.
///
/// The file defines `pub static POLICY: ssbtx_policy_engine::Policy` and `pub static CASES: &[ssbtx_policy_engine::Case]`.
///
/// # Errors
///
/// [`BuildError`] for a file that cannot be read or written, and for a source with faults.
pub fn write_tables(source: &Path, out: &Path) -> Result<(), BuildError> {
    let policy: Policy = read(&source.join("policy.toml"))?
        .parse()
        .map_err(|fault| BuildError::Source { file: "policy.toml", fault })?;
    let cases = Cases::parse(&read(&source.join("cases.toml"))?, &policy)
        .map_err(|fault| BuildError::Source { file: "cases.toml", fault })?;
    let file = out.join("tables.rs");
    fs::write(&file, tables::write(&policy, &cases)).map_err(|cause| BuildError::Unwritable { file, cause })
}

/// Why there are no tables.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// A source file could not be read.
    #[error("cannot read `{}`", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
    /// A source file has faults.
    #[error("`{file}` cannot be used")]
    Source {
        /// The file's name.
        file: &'static str,
        /// The faults.
        #[source]
        fault: InvalidSource,
    },
    /// The tables could not be written.
    #[error("cannot write `{}`", file.display())]
    Unwritable {
        /// The file.
        file: PathBuf,
        /// Why.
        #[source]
        cause: io::Error,
    },
}

fn read(file: &Path) -> Result<String, BuildError> {
    fs::read_to_string(file).map_err(|cause| BuildError::Unreadable { file: file.to_owned(), cause })
}

fn variable(name: &str) -> PathBuf {
    env::var_os(name).unwrap_or_default().into()
}

/// The error and its causes, as lines that make cargo stop and show them.
fn complaint(error: &BuildError) -> Vec<String> {
    let mut lines = Vec::new();
    let mut next: Option<&dyn Error> = Some(error);
    while let Some(error) = next {
        lines.extend(error.to_string().lines().map(|line| format!("cargo::error={line}")));
        next = error.source();
    }
    lines
}

fn tell(lines: &[impl AsRef<str>]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    lines.iter().try_for_each(|line| writeln!(out, "{}", line.as_ref()))
}
