//! The project's own tasks, run as `cargo xtask TASK`.
//!
//! A task sets up by itself whatever it needs on a fresh machine with rustup's stable Rust.

mod bench;
mod example;
mod guest_toolchain;
mod lefi_skeleton;
mod plugins;
mod run;
mod suite;
mod system_packages;

use std::ffi::OsString;

use clap::{Parser, Subcommand};

use example::Example;
use plugins::Which;

/// The tasks of SSBTX.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Builds everything, starts simulated base services and the host, asks one question as two roles and shows what each got
    Demo {
        /// Options of the demo: `--once`, `--format json`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        options: Vec<OsString>,
    },
    /// Tells how a change of law reaches the caseworker's screen: review, signatures, publication, answer, audit, withdrawal
    OpenAField,
    /// Measures what a question costs, beside references in the same run, and writes `docs/benchmarks.md`
    Bench(bench::Options),
    /// Runs format check, clippy, rustdoc and every test
    Test,
    /// Builds adapters, policies and the tests' guests as components into `target/components`
    Plugins,
    /// Prints what Försäkringskassan's catalogue lacks of the published LEFI contract, as catalogue source to fill in
    LefiSkeleton,
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().task {
        Task::Demo { options } => Example::DEMO.run(&options),
        Task::OpenAField => Example::OPEN_A_FIELD.run(&[]),
        Task::Bench(options) => bench::run(&options),
        Task::Test => suite::run(),
        Task::Plugins => plugins::build(Which::All),
        Task::LefiSkeleton => lefi_skeleton::run(),
    }
}
