//! What a policy crate's `build.rs` does.

use std::error::Error;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use crate::carried;
use crate::cases::Cases;
use crate::fault::InvalidSource;
use crate::included::Folder;
use crate::policy::Policy;
use crate::tables;

/// Writes `tables.rs` for the crate that is being built, and tells cargo what is wrong if it cannot.
///
/// The only function here that reads the environment: it is called from `build.rs`, where cargo passes everything so.
pub fn build() -> ExitCode {
    let source = Folder::new(&variable("CARGO_MANIFEST_DIR"));
    let outcome = write_tables(&source, &variable("OUT_DIR"));
    let mut lines: Vec<String> =
        source.files().iter().map(|file| format!("cargo::rerun-if-changed={}", file.display())).collect();
    if let Err(error) = &outcome {
        lines.extend(complaint(error));
    }
    let told = tell(&lines);
    if outcome.is_ok() && told.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Reads `policy.toml`, `cases.toml` and what they include from one folder and writes `tables.rs` to another.
///
/// The file defines `pub static POLICY: ssbtx_policy_engine::Policy` and `pub static CASES: &[ssbtx_policy_engine::Case]`.
///
/// # Errors
///
/// [`BuildError`] for a file that cannot be read or written, and for a source with faults.
pub fn write_tables(source: &Folder, out: &Path) -> Result<(), BuildError> {
    let (policy, cases) = parse(source)?;
    let file = out.join("tables.rs");
    fs::write(&file, tables::write(&policy, &cases)).map_err(|cause| BuildError::Unwritable { file, cause })
}

/// Reads the same files and gives the cases as the policy's component carries them: JSON, the form `ssbtx-cases`, version 1.
///
/// # Errors
///
/// [`BuildError`] for a file that cannot be read, and for a source with faults.
pub fn carried_cases(source: &Folder) -> Result<String, BuildError> {
    let (policy, cases) = parse(source)?;
    carried::write(&policy, &cases).map_err(BuildError::Carried)
}

fn parse(source: &Folder) -> Result<(Policy, Cases), BuildError> {
    let policy =
        Policy::parse(&read(source, POLICY)?, source).map_err(|fault| BuildError::Source { file: POLICY, fault })?;
    let cases = Cases::parse(&read(source, CASES)?, &policy, source)
        .map_err(|fault| BuildError::Source { file: CASES, fault })?;
    Ok((policy, cases))
}

/// Why there are no tables or no cases.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// A source file could not be read.
    #[error("cannot read `{file}`")]
    Unreadable {
        /// The file's name.
        file: &'static str,
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
    /// The cases could not be written as JSON.
    #[error("cannot write the cases as JSON")]
    Carried(#[source] serde_json::Error),
}

fn read(source: &Folder, file: &'static str) -> Result<String, BuildError> {
    source.read(file).map_err(|cause| BuildError::Unreadable { file, cause })
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

const POLICY: &str = "policy.toml";
const CASES: &str = "cases.toml";
