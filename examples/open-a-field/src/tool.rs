//! The commands that people type, and what they print.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use ssbtx_stage::host::binary;

/// The binary `ssbtx`, run in one folder so that commands are short.
pub struct Tool {
    folder: PathBuf,
}

impl Tool {
    /// Runs commands in a folder.
    pub fn within(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Runs a command in silence and gives what it printed.
    ///
    /// # Errors
    ///
    /// Where it ends with anything but success; then with what it said.
    pub fn run(&self, command: &str) -> Result<String> {
        let output = Command::new(binary("ssbtx"))
            .args(command.split(' ').filter(|word| !word.is_empty()).map(|word| word.replace(SPACE, " ")))
            .current_dir(&self.folder)
            .output()
            .with_context(|| format!("run `ssbtx {command}`"))?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            bail!("`ssbtx {command}` ended with {}: {said}", output.status);
        }
        String::from_utf8(output.stdout).with_context(|| format!("read what `ssbtx {command}` printed"))
    }

    /// Shows a command as it is typed, runs it and gives what it printed.
    ///
    /// # Errors
    ///
    /// As [`run`](Self::run).
    pub fn show(&self, command: &str) -> Result<String> {
        println!("\n$ ssbtx {}", command.replace(SPACE, " "));
        self.run(command)
    }
}

/// Stands for a space within one argument.
pub const SPACE: char = '\u{a0}';
