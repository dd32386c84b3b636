//! `cargo xtask bench`: builds what is measured as it is released, then becomes the measurement.

use std::ffi::OsString;
use std::os::unix::process::CommandExt;
use std::process::Command;

use anyhow::{Context, Result};
use clap::Args;

use crate::plugins::{self, Which};
use crate::{run, system_packages};

/// What is measured, and how it is told.
#[derive(Args)]
pub struct Options {
    /// Counts instructions instead of time, and fails where a count has grown by more than 3 % since it was recorded
    #[arg(long)]
    check: bool,
    /// Counts instructions and records them in `tests/bench/instructions.toml`
    #[arg(long, conflicts_with = "check")]
    record: bool,
    /// Options of the measurement: `--format json`, `--soak`, `--row N`; or `micro`, which is criterion's
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    measurement: Vec<OsString>,
}

/// Builds the released host, the components, the base services and the measurement, and runs that.
///
/// Progress goes to standard error; standard output is the measurement's. The page and its pictures are written into `docs/`.
pub fn run(options: &Options) -> Result<()> {
    eprintln!("[1/3] adapters and policies");
    plugins::build(Which::ForTheHost)?;
    eprintln!("[2/3] host, simulated base services and the measurement, as they are released");
    let packages = ["ssbtx-cli", "ssbtx-base-services", MEASUREMENT];
    run::to_the_end(
        run::cargo()
            .args(["build", "--release", "--locked"])
            .args(packages.iter().flat_map(|package| ["--package", package])),
    )?;
    let mut measurement = Command::new(run::workspace().join("target/release").join(MEASUREMENT));
    if options.check || options.record {
        system_packages::ensure("/usr/bin/valgrind", &["valgrind"])?;
        measurement.arg("instructions").args(options.record.then_some("--record"));
    } else {
        measurement.args(&options.measurement);
        let is_whole = !options.measurement.iter().any(|option| option == "micro");
        if is_whole {
            measurement.arg("--docs").arg(run::workspace().join("docs"));
        }
    }
    eprintln!("[3/3] measuring");
    // Not a child but this very process from now on: what is told to the task is told to the measurement.
    let failed = measurement.exec();
    Err(failed).with_context(|| format!("start `{MEASUREMENT}`"))
}

const MEASUREMENT: &str = "ssbtx-bench";
