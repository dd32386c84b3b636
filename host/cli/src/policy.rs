//! `ssbtx policy …`: what governance and agencies look at a policy with, sign it with, and look back on it with.

mod approve;
mod begun;
mod check;
mod components;
mod confirm;
mod explain;
mod grant;
mod lift;
mod listing;
mod new;
mod proposal;
mod propose;
mod publish;
mod replay;
mod review;
mod shadow;
mod signatures;
mod status;
mod targets;
mod terms;
mod tighten;

use std::process::ExitCode;

use clap::Subcommand;

use crate::repo;

/// The commands.
///
/// # Shape
///
/// Each ends with 0 where there is nothing to object to, 1 where there is, and 2 where that could not be found out.
#[derive(Subcommand)]
pub enum PolicyCommand {
    /// Writes a new policy: a crate that builds, passes its tests and is closed but for one example on a basis that is not established in law
    New(new::Arguments),
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
    /// Writes the smallest grant that an agency must give for a policy to do as it says, and shows what it lets through
    ///
    /// Ends with 0 if it is written, or none is needed, 1 if the policy is not admitted, and 2 if a file cannot be read or written.
    Grant(grant::Arguments),
    /// Makes the decisions of an audit log again, by the components, grants and tightenings that each record names, and says whether they agree
    ///
    /// Ends with 0 if all agree, 1 if one disagrees, and 2 if one cannot be made again or a file cannot be read.
    Replay(replay::Arguments),
    /// Proposes a policy: reviews it against the one in force, and writes a change for persons and agencies to sign
    ///
    /// The change holds the review, what it takes to repeat it without the repository, and the grants that agencies must widen. Ends with 0 if it is
    /// written, 1 if the policy is refused, and 2 if a file cannot be read or written.
    Propose(propose::Arguments),
    /// Repeats what a change claims, shows it, asks, and signs it: the review for governance, the grant for an agency
    ///
    /// No network and no repository is needed; signatures of several machines merge by copying the change's folders together. Ends with 0 if it is
    /// signed, 1 if it is refused or the answer is no, and 2 if it cannot be done.
    Approve(approve::Arguments),
    /// Tells what a change changes, who must sign it and who has
    ///
    /// Ends with 0 if nobody is missing, 1 if somebody is, or a signature does not count, and 2 if a file cannot be read.
    Status(status::Arguments),
    /// Publishes a change, if nobody's signature is missing and a host would take the result
    ///
    /// Ends with 0 if it is published, 1 if somebody is missing or the result is refused, and 2 if it cannot be done.
    Publish(publish::Arguments),
    /// Withholds a base service, a dataset, an element or an adapter at once: one person of governance is enough
    ///
    /// Ends with 0 if the change is written, 1 if nothing like it exists, and 2 if it cannot be done.
    Tighten(tighten::Arguments),
    /// Lifts what was withheld: it takes as many persons as a policy
    ///
    /// Ends with 0 if the change is written, 1 if nothing like it is withheld, and 2 if it cannot be done.
    Lift(lift::Arguments),
    /// Lets a policy run beside the one that decides, to see what it would open and close: it discloses nothing
    ///
    /// Ends with 0 if the change is written, 1 if the policy is refused, and 2 if it cannot be done.
    Shadow(shadow::Arguments),
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
            PolicyCommand::Grant(arguments) => grant::run(arguments).await,
            PolicyCommand::New(arguments) => new::run(arguments).await,
            PolicyCommand::Replay(arguments) => replay::run(arguments).await,
            PolicyCommand::Propose(arguments) => propose::run(arguments).await,
            PolicyCommand::Approve(arguments) => approve::run(arguments).await,
            PolicyCommand::Status(arguments) => status::run(arguments),
            PolicyCommand::Publish(arguments) => publish::run(arguments).await,
            PolicyCommand::Tighten(arguments) => tighten::run(arguments).await,
            PolicyCommand::Lift(arguments) => lift::run(arguments),
            PolicyCommand::Shadow(arguments) => shadow::run(arguments).await,
        }
    });
    match done {
        Ok(Verdict::NothingToObject) => ExitCode::SUCCESS,
        Ok(Verdict::Objections) => ExitCode::from(1),
        Err(Failed::Refused(error)) => {
            eprintln!("Refused: {error:#}");
            ExitCode::from(1)
        }
        Err(Failed::NotDone(error)) => {
            eprintln!("Error: {error:#}");
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
    /// A component or a change is not what it must be.
    Refused(anyhow::Error),
    /// A file cannot be read or written, or something that was named is not there.
    NotDone(anyhow::Error),
}

impl From<repo::Failed> for Failed {
    fn from(failed: repo::Failed) -> Self {
        match failed {
            repo::Failed::Refused(error) => Self::Refused(error),
            repo::Failed::NotDone(error) => Self::NotDone(error),
        }
    }
}
