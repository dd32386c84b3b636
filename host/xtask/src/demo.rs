//! `cargo xtask demo`: builds what the demo needs, then becomes the demo.

use std::ffi::OsString;
use std::os::unix::process::CommandExt;
use std::process::Command;

use anyhow::{Context, Result};

use crate::plugins::{self, Which};
use crate::run;

/// Builds host, components, base services and the demo itself, and runs the demo with these options.
///
/// Progress goes to standard error; standard output is the demo's.
pub fn run(options: &[OsString]) -> Result<()> {
    eprintln!("[1/3] adapters and policies");
    plugins::build(Which::ForTheHost)?;
    eprintln!("[2/3] host, simulated base services and demo");
    run::to_the_end(
        run::cargo().args(["build", "--locked"]).args(PACKAGES.iter().flat_map(|package| ["--package", package])),
    )?;
    eprintln!("[3/3] starting");
    // Not a child but this very process from now on: what is told to the task is told to the demo.
    let failed = Command::new(run::workspace().join("target/debug/ssbtx-demo")).args(options).exec();
    Err(failed).context("start the demo")
}

const PACKAGES: [&str; 3] = ["ssbtx-cli", "ssbtx-base-services", "ssbtx-demo"];
