//! `ssbtx audit`: what an auditor asks of the audit log, and what convinces those who do not have it.

mod opened;
mod person;
mod place;
mod proofs;
mod questions;
mod reports;
mod retain;
mod rotate_key;

use std::fs;
use std::path::PathBuf;
use std::str::FromStr;

use anyhow::{Context, Result};
use clap::Subcommand;
use jiff::Timestamp;
use ssbtx_audit::{CheckpointKey, Origin, Place, SignedCheckpoint, Signers, VerifierKey, verify_checkpoints};

pub use place::LogArgument;
pub use questions::search;

use place::Log;

/// What is done.
#[derive(Subcommand)]
pub enum AuditCommand {
    /// Verifies the chain of an audit log and its checkpoints, and says how many records it holds
    ///
    /// It may be done while a host writes. Without --key no signature is looked at: then it shows that log and checkpoints agree, and not who made them.
    /// A log without checkpoints has its chain verified. Ends with 0 if all of it holds, and 1 if it does not or cannot be read.
    Verify {
        #[command(flatten)]
        log: LogArgument,
        /// A file with a verifier key of the log; one for every key that it was signed with
        #[arg(long, value_name = "FILE")]
        key: Vec<PathBuf>,
        /// A file with a checkpoint that was kept elsewhere, which the log must still agree with
        #[arg(long, value_name = "FILE")]
        checkpoint: Vec<PathBuf>,
    },
    /// Prints what others verify a log's checkpoints with, from the key that they are signed with
    ///
    /// Ends with 0 if it did, and 1 if the key cannot be used.
    VerifierKey {
        /// The key's file, as in `[audit.checkpoints] key`
        #[arg(value_name = "FILE")]
        key: PathBuf,
        /// The log's name, as in `[audit.checkpoints] origin`
        #[arg(long)]
        origin: Origin,
    },
    /// Prints the statements that make the tables of an audit log in PostgreSQL, and in a comment the rights that roles need
    Schema,
    /// Prints a record with the proof that it is in the log
    ///
    /// Of a question that is the record of its end; where the host ended before it did, that of its beginning. A look-up, a removal and what a consumer
    /// says of a case have no question: they are named by their line, as `sequence` stands in it. Ends with 0 if it did, and 1 if the log has no such record
    /// under a checkpoint, or does not hold.
    Prove {
        #[command(flatten)]
        log: LogArgument,
        /// The question, as `question` stands in its record, or the number of a line, such as 4711
        #[arg(value_name = "QUESTION|LINE")]
        record: String,
    },
    /// Prints the proof that a log was only added to since one of its checkpoints
    ///
    /// Ends with 0 if it did, and 1 if there is no such checkpoint, or the log does not hold.
    ProveGrowth {
        #[command(flatten)]
        log: LogArgument,
        /// Of how many lines the older checkpoint is
        size: u64,
    },
    /// Prints the records of a time, a line each, with the proof that they are in the log
    ///
    /// Records that no checkpoint is of yet are left out, and how many those are is said on standard error. Ends with 0 if it did, and 1 if not.
    Export {
        #[command(flatten)]
        log: LogArgument,
        /// From this moment on, such as 2026-01-01T00:00:00+01:00; from the beginning where it is left out
        #[arg(long, value_name = "TIME")]
        from: Option<Timestamp>,
        /// Until just before this moment; to the end where it is left out
        #[arg(long, value_name = "TIME")]
        before: Option<Timestamp>,
    },
    /// Verifies every proof in a file with the log's verifier key alone
    ///
    /// Ends with 0 if each of them holds, and 1 at the first that does not, or if there is none.
    CheckProof {
        /// The file: a proof on every line
        #[arg(value_name = "PROOFS")]
        proofs: PathBuf,
        /// A file with a verifier key of the log; one for every key that it was signed with
        #[arg(long, value_name = "FILE", required = true)]
        key: Vec<PathBuf>,
    },
    /// Finds everything about one person: needs the person's number and two officers' keys
    ///
    /// The look-up is recorded in the log before anything is shown. docs/audit.md has the steps.
    Person {
        #[command(subcommand)]
        command: person::PersonCommand,
    },
    /// Prints everything that a caseworker asked in a time, a line each, as it stands in the log
    ///
    /// Ends with 0 if it did, and 1 if the log cannot be searched.
    Caseworker(reports::CaseworkerArguments),
    /// Counts what was asked, by consumer, role, front and month, without personal data
    ///
    /// Ends with 0 if it did, and 1 if the log cannot be searched.
    Usage(reports::ReportArguments),
    /// Shows what may be misuse, by consumer and month, without small counts
    ///
    /// Ends with 0 if it did, whatever it found, and 1 if the log cannot be searched.
    Misuse(reports::ReportArguments),
    /// Makes a new subject key and says how it takes the place of the one before
    ///
    /// Ends with 0 if it did, and 1 if the file exists or cannot be written.
    RotateKey {
        /// The file to write the key to; it may not exist yet
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Removes the segments all of whose records are older than `[audit] retention-days`, from a log that no host has open
    ///
    /// A host does the same once a day. Ends with 0 if it did, also where nothing is that old, and 1 if not.
    Retain {
        #[command(flatten)]
        config: questions::ConfigArgument,
    },
}

/// Does it.
pub fn run(command: &AuditCommand) -> Result<()> {
    match command {
        AuditCommand::Verify { log, key, checkpoint } => verify(&log.find()?, key, checkpoint),
        AuditCommand::VerifierKey { key, origin } => {
            println!("{}", CheckpointKey::load(key, origin.clone()).context("read the key")?.public());
            Ok(())
        }
        AuditCommand::Schema => {
            print!("{}", ssbtx_audit::POSTGRES_SCHEMA);
            Ok(())
        }
        AuditCommand::Prove { log, record } => proofs::prove(&log.find()?, record),
        AuditCommand::ProveGrowth { log, size } => proofs::prove_growth(&log.find()?, *size),
        AuditCommand::Export { log, from, before } => proofs::export(&log.find()?, *from, *before),
        AuditCommand::CheckProof { proofs, key } => proofs::check(proofs, key),
        AuditCommand::Person { command } => person::run(command),
        AuditCommand::Caseworker(arguments) => reports::caseworker(arguments),
        AuditCommand::Usage(arguments) => reports::usage(arguments),
        AuditCommand::Misuse(arguments) => reports::misuse(arguments),
        AuditCommand::RotateKey { out } => rotate_key::run(out),
        AuditCommand::Retain { config } => retain::run(config),
    }
}

fn verify(log: &Log, keys: &[PathBuf], kept: &[PathBuf]) -> Result<()> {
    let keys: Vec<VerifierKey> = all(keys)?;
    let kept: Vec<SignedCheckpoint> = all(kept)?;
    let signers = if keys.is_empty() { Signers::NotLookedAt } else { Signers::Known(&keys) };
    let verified =
        verify_checkpoints(log.place(), signers, &kept).with_context(|| format!("verify the audit log in {log}"))?;
    let place = log.place();
    let log = verified.log;
    match place {
        Place::Folder(_) => {
            println!("{} records in {} segments, the chain is whole; head {}", log.records, log.segments, log.head);
        }
        Place::Postgres(_) => println!("{} records in a database, the chain is whole; head {}", log.records, log.head),
    }
    if log.removed > 0 {
        println!("the first {} were removed, since they are kept no longer: a later record says so", log.removed);
    }
    match (verified.checkpoints, keys.is_empty()) {
        (0, _) => println!("it has no checkpoints"),
        (checkpoints, true) => {
            println!(
                "{checkpoints} checkpoints agree, the last of {} records; without --key nobody's signature was looked at",
                verified.covered
            );
        }
        (checkpoints, false) => {
            println!("{checkpoints} checkpoints agree and are signed, the last of {} records", verified.covered);
        }
    }
    if !kept.is_empty() {
        println!("{} kept checkpoints agree", kept.len());
    }
    Ok(())
}

/// Reads what stands in files, one in each.
fn all<T>(paths: &[PathBuf]) -> Result<Vec<T>>
where
    T: FromStr,
    T::Err: std::error::Error + Send + Sync + 'static,
{
    let read = |path: &PathBuf| -> Result<T> {
        let text = fs::read_to_string(path).with_context(|| format!("read `{}`", path.display()))?;
        text.parse().with_context(|| format!("read `{}`", path.display()))
    };
    paths.iter().map(read).collect()
}
