//! `ssbtx adapter …`: what an agency begins, looks at and tries its adapter with.

mod bench;
mod check;
mod format;
mod new;
mod pack;
mod publish;
mod sign;
mod trial;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use ssbtx_runtime::Candidate;
use tokio::runtime::Runtime;

use crate::repo;

/// The commands.
///
/// # Shape
///
/// Each ends with 0 where the adapter is in order, 1 where it is not, and 2 where that could not be found out.
#[derive(Subcommand)]
pub enum AdapterCommand {
    /// Writes a new adapter: a crate that builds, passes its tests and answers
    New(new::Arguments),
    /// Says what an adapter is: whether a host admits it, what it takes of the host's limits, what its catalogue lacks, and what it changes
    ///
    /// Ends with 0 if it is in order, 1 if it is not admitted or has a fault, and 2 if a file cannot be read.
    Check(check::Arguments),
    /// Puts cases into an adapter's component, which a host runs before it lets the adapter answer
    ///
    /// Ends with 0 if the component was written, and 2 if a file cannot be read or written. What was written is for `check` to look at.
    Pack(pack::Arguments),
    /// Puts a question to an adapter in the sandbox and answers its requests from recorded replies, without a network
    ///
    /// Ends with 0 if the adapter came to an outcome, whichever, 1 if it is not admitted, was stopped or broke its contract, and 2 if a file
    /// cannot be read or a reply is missing. It is about Skatteverket's published test persons only.
    Try(trial::Arguments),
    /// Says what an adapter costs: time of its calls, size, and memory if asked
    ///
    /// Ends with 0 if the calls stay within the host's limits, 1 if the adapter is not admitted or they do not, and 2 if a file cannot be read.
    Bench(bench::Arguments),
    /// Drafts a change of the repository that lists an adapter under its agency, and signs it with the agency's key
    ///
    /// Ends with 0 if it is signed, 1 if the adapter is not admitted or the key is not the agency's, and 2 if a file cannot be read or written.
    Sign(sign::Arguments),
    /// Publishes a change with an adapter, if a host would take it
    ///
    /// Its cases are run, and no policy may open more through the new catalogue than the agencies grant. Ends with 0 if it is published, 1 if it is
    /// refused, and 2 if a file cannot be read or written or somebody else is publishing.
    Publish(publish::Arguments),
}

/// What is tried: by `try` and by `bench`.
#[derive(Args)]
pub struct Exchange {
    /// The question, as JSON v1 has it: see docs/adapter-author.md
    #[arg(long)]
    question: PathBuf,
    /// The folder with the base service's replies: `1.http`, `2.http`, …, in the order of the requests, as `curl --include` writes them
    #[arg(long)]
    replies: Option<PathBuf>,
}

/// Runs a command. What could not be found out is told on standard error.
pub fn run(command: &AdapterCommand) -> ExitCode {
    let done = match command {
        AdapterCommand::New(arguments) => new::run(arguments),
        AdapterCommand::Check(arguments) => check::run(arguments),
        AdapterCommand::Pack(arguments) => pack::run(arguments),
        AdapterCommand::Try(arguments) => trial::run(arguments),
        AdapterCommand::Bench(arguments) => bench::run(arguments),
        AdapterCommand::Sign(arguments) => return repo::end(sign::run(arguments)),
        AdapterCommand::Publish(arguments) => return repo::end(publish::run(arguments)),
    };
    match done {
        Ok(Verdict::InOrder) => ExitCode::SUCCESS,
        Ok(Verdict::NotInOrder) => ExitCode::from(1),
        Err(error) => {
            eprintln!("Error: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// What a command found of an adapter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    InOrder,
    NotInOrder,
}

impl Verdict {
    fn of(is_in_order: bool) -> Self {
        if is_in_order { Self::InOrder } else { Self::NotInOrder }
    }
}

/// Reads a component that nobody has signed.
fn candidate(path: &Path) -> Result<Candidate> {
    let bytes = fs::read(path).with_context(|| format!("read the component `{}`", path.display()))?;
    Ok(Candidate::new(bytes))
}

/// What the sandbox runs on.
fn runtime() -> Result<Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build().context("start the runtime")
}

/// An error and all that it comes from, in one line.
fn told(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
