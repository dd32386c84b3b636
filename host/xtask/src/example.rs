//! `cargo xtask demo` and `cargo xtask open-a-field`: builds what an example needs, then becomes the example.

use std::ffi::OsString;
use std::os::unix::process::CommandExt;
use std::process::Command;

use anyhow::{Context, Result};

use crate::plugins::{self, Which};
use crate::run;

/// An example that can be run.
#[derive(Clone, Copy)]
pub struct Example {
    /// Its crate and binary.
    package: &'static str,
}

impl Example {
    /// One question, asked as two roles.
    pub const DEMO: Self = Self { package: "ssbtx-demo" };
    /// A change of law, from the signed policy to the screen.
    pub const OPEN_A_FIELD: Self = Self { package: "ssbtx-open-a-field" };

    /// Builds host, components, base services and the example itself, and runs it with these options.
    ///
    /// Progress goes to standard error; standard output is the example's.
    pub fn run(self, options: &[OsString]) -> Result<()> {
        eprintln!("[1/3] adapters and policies");
        plugins::build(Which::ForTheHost)?;
        eprintln!("[2/3] host, simulated base services and the example");
        let packages = ["ssbtx-cli", "ssbtx-base-services", self.package];
        run::to_the_end(
            run::cargo().args(["build", "--locked"]).args(packages.iter().flat_map(|package| ["--package", package])),
        )?;
        eprintln!("[3/3] starting");
        // Not a child but this very process from now on: what is told to the task is told to the example.
        let failed = Command::new(run::workspace().join("target/debug").join(self.package)).args(options).exec();
        Err(failed).with_context(|| format!("start `{}`", self.package))
    }
}
