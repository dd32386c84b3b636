//! `ssbtx audit person`: everything about one person, if two officers want it.

use std::fs::OpenOptions;
use std::io::{self, BufRead, IsTerminal, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use jiff::Timestamp;
use serde_json::json;
use ssbtx_audit::{AuditQuestions, LookUpRequest, Reason};
use ssbtx_core::{IdentityCheck, PersonId};

use super::opened;
use super::questions::{ConfigArgument, anyway, read, search};
use crate::key::KeyArguments;
use crate::repo::{print, print_json};

/// What is done. Each ends with 0 if it did, and 1 if not.
#[derive(Subcommand)]
pub enum PersonCommand {
    /// Makes a request to look a person up; the identity number is read from standard input
    ///
    /// The file does not hold the number, but whoever has the file can find the number by trying them all: keep it as you would keep the number.
    Request {
        /// Why; it goes into the audit log, with identity numbers taken out
        #[arg(long, value_name = "TEXT")]
        reason: Reason,
        /// The file to write the request to; it may not exist yet
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Shows a request and signs it, as one of the two officers; the identity number is read from standard input and must be the one of the request
    Sign(SignArguments),
    /// Prints the body for `POST /admin/audit/person`, where a host has the log open; the identity number is read from standard input
    Body {
        /// The request, signed by two officers
        #[arg(value_name = "FILE")]
        request: PathBuf,
    },
    /// Finds everything about the person and prints it as JSON, after it was recorded; the identity number is read from standard input
    ///
    /// For a log that no host has open: it adds the record of the look-up. Beside a host, use `person body` and the admin listener.
    Find {
        /// The request, signed by two officers
        #[arg(value_name = "FILE")]
        request: PathBuf,
        #[command(flatten)]
        config: ConfigArgument,
        /// Make the index anew from the log's lines first, so that nothing rests on what it was
        #[arg(long)]
        anew: bool,
    },
}

/// What is signed, and with which key.
#[derive(Args)]
pub struct SignArguments {
    /// The request; the signature is added to it
    #[arg(value_name = "FILE")]
    request: PathBuf,
    #[command(flatten)]
    key: KeyArguments,
}

/// Does it.
pub(super) fn run(command: &PersonCommand) -> Result<()> {
    match command {
        PersonCommand::Request { reason, out } => {
            let request =
                LookUpRequest::new(&typed()?, reason.clone(), Timestamp::now()).context("make the request")?;
            write(out, &request, OpenOptions::new().write(true).create_new(true))?;
            print(format_args!(
                "request {} of {}, to be signed by two officers within 24 hours",
                request.id(),
                request.at()
            ))
            .map_err(anyway)
        }
        PersonCommand::Sign(arguments) => sign(arguments),
        PersonCommand::Body { request } => {
            let request = self::request(request)?;
            let request: serde_json::Value = serde_json::from_str(&request.to_string()).context("write the request")?;
            print(json!({ "request": request, "person": typed()?.reveal() })).map_err(anyway)
        }
        PersonCommand::Find { request, config, anew } => find(request, config, *anew),
    }
}

fn sign(arguments: &SignArguments) -> Result<()> {
    let mut request = request(&arguments.request)?;
    eprintln!("Request {} of {}, with {} signatures", request.id(), request.at(), request.signatures());
    eprintln!("Reason: {}", request.reason());
    let person = typed()?;
    if !request.is_about(&person) {
        bail!("the request is about another person: nothing was signed");
    }
    let signer = arguments.key.open().map_err(anyway)?;
    request.sign(&person, &*signer).context("sign the request")?;
    write(&arguments.request, &request, OpenOptions::new().write(true).truncate(true))?;
    print(format_args!("signed; the request has {} signatures", request.signatures())).map_err(anyway)
}

fn find(request: &Path, config: &ConfigArgument, anew: bool) -> Result<()> {
    let request = self::request(request)?;
    let audit = config.load()?.audit;
    let person = typed()?;
    let runtime = opened::runtime()?;
    let log = opened::log(&audit, "send it what `ssbtx audit person body` prints, to `POST /admin/audit/person`")?;
    let search = search(audit.place(), anew)?;
    let questions = audit.questions;
    let asked =
        AuditQuestions::new(search, questions.keys, questions.officers, questions.misuse, log.notes(), Timestamp::now);
    // Whoever typed this waits for as long as this runs.
    let found = asked.person(&request, person, &|| true, runtime.handle()).context("look the person up")?;
    print_json(&found).map_err(anyway)
}

fn request(path: &Path) -> Result<LookUpRequest> {
    read(path)?.parse().with_context(|| format!("read the request `{}`", path.display()))
}

/// Reads an identity number: never from an argument, which everybody on the machine can see.
fn typed() -> Result<PersonId> {
    let mut input = io::stdin().lock();
    if io::stdin().is_terminal() {
        eprint!("Identity number (12 digits): ");
        io::stderr().flush().context("ask for the identity number")?;
    }
    let mut line = zeroize::Zeroizing::new(String::new());
    input.read_line(&mut line).context("read the identity number from standard input")?;
    PersonId::parse(line.trim(), IdentityCheck::TwelveDigits).context("read the identity number from standard input")
}

fn write(path: &Path, request: &LookUpRequest, how: &mut OpenOptions) -> Result<()> {
    let written = how.mode(0o600).open(path).and_then(|mut file| writeln!(file, "{request}"));
    written.with_context(|| format!("write the request `{}`", path.display()))
}
