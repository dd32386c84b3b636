//! `ssbtx policy …`: what governance looks at a policy with, before anybody signs it.

mod check;
mod components;
mod explain;
mod review;
mod terms;

use std::process::ExitCode;

use clap::Subcommand;

/// The commands.
///
/// # Shape
///
/// Each ends with 0 where there is nothing to object to, 1 where there is, and 2 where that could not be found out.
#[derive(Subcommand)]
pub enum PolicyCommand {
    /// Compares a policy with the one before it, cell by cell, and tells everything that differs
    ///
    /// Both components are run in the sandbox, on every context and on every element of every agency. Ends with 0 when the review is complete,
    /// whatever it found; 1 if a policy is not admitted or does not do as it says; and 2 if a file cannot be read.
    Review(review::Arguments),
    /// Says what a policy is and whether anything is odd about it: in every context, for every element
    ///
    /// Ends with 0 if nothing is, 1 if there is a finding, or the policy is not admitted or does not do as it says, and 2 if a file cannot be read.
    Check(check::Arguments),
    /// Says why a role may see an element on a day, or may not
    ///
    /// Ends with 0 if it is disclosed where every basis that is not established in law is accepted, 1 if it is withheld or the policy is refused,
    /// and 2 if a file cannot be read or there is no such element.
    Explain(explain::Arguments),
}

/// Runs a command. What could not be found out, and why a policy is refused, is told on standard error.
pub fn run(command: &PolicyCommand) -> ExitCode {
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("Error: start the runtime: {error}");
            return ExitCode::from(2);
        }
    };
    let done = runtime.block_on(async {
        match command {
            PolicyCommand::Review(arguments) => review::run(arguments).await,
            PolicyCommand::Check(arguments) => check::run(arguments).await,
            PolicyCommand::Explain(arguments) => explain::run(arguments).await,
        }
    });
    match done {
        Ok(Verdict::NothingToObject) => ExitCode::SUCCESS,
        Ok(Verdict::Objections) => ExitCode::from(1),
        Err(Failed::Refused(error)) => {
            eprintln!("Refused: {error:?}");
            ExitCode::from(1)
        }
        Err(Failed::NotDone(error)) => {
            eprintln!("Error: {error:?}");
            ExitCode::from(2)
        }
    }
}

/// What a command found of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    NothingToObject,
    Objections,
}

/// Why a command has no result.
#[derive(Debug)]
enum Failed {
    /// A component is not what it must be.
    Refused(anyhow::Error),
    /// A file cannot be read or written, or something that was named is not there.
    NotDone(anyhow::Error),
}
