//! What xmllint says of a document.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use thiserror::Error;

/// A document does not follow its schema. The text is the validator's, which quotes the document: it is for tests alone.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{0}")]
pub struct Invalid(pub(crate) String);

/// Holds a document to an XML Schema, whichever of its global elements it is, with the program xmllint.
///
/// # Errors
///
/// [`Invalid`] with all that it has against the document.
///
/// # Panics
///
/// If xmllint cannot be run.
pub fn xmllint(schema: &Path, document: &str) -> Result<(), Invalid> {
    let said = run(schema, document).unwrap_or_else(|error| panic!("cannot run xmllint: {error}"));
    if said.status.success() { Ok(()) } else { Err(Invalid(String::from_utf8_lossy(&said.stderr).into_owned())) }
}

fn run(schema: &Path, document: &str) -> std::io::Result<Output> {
    let mut xmllint = Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema"])
        .arg(schema)
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()?;
    // Taken, so that it is closed before the wait: xmllint reads to the end.
    if let Some(mut input) = xmllint.stdin.take() {
        input.write_all(document.as_bytes())?;
    }
    xmllint.wait_with_output()
}
