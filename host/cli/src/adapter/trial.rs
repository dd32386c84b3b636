//! `ssbtx adapter try`.

mod files;

use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use clap::Args;
use serde::Serialize;
use ssbtx_runtime::{SandboxSettings, Workbench};
use ssbtx_self_test::{OutcomeJson, Sent, Trial, TrialFailed};

use super::format::{Format, print, print_json};
use super::{Exchange, Verdict, candidate, runtime, told};

pub use files::{read_question, read_replies};

/// What `try` is told.
#[derive(Args)]
pub struct Arguments {
    /// The component
    adapter: PathBuf,
    #[command(flatten)]
    exchange: Exchange,
    /// A folder to write the requests to, as `1.http`, `2.http`, …; it is made where it is not there
    #[arg(long, value_name = "FOLDER")]
    requests: Option<PathBuf>,
    /// How the result is printed
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Puts the question and prints what came of it.
pub fn run(arguments: &Arguments) -> Result<Verdict> {
    let question = read_question(&arguments.exchange.question)?;
    let replies = read_replies(arguments.exchange.replies.as_deref())?;
    let candidate = candidate(&arguments.adapter)?;
    let workbench = Workbench::new(SandboxSettings::default()).context("start the sandbox")?;
    let runtime = runtime()?;
    let adapter = match runtime.block_on(workbench.adapter(&candidate)) {
        Ok(adapter) => adapter,
        Err(refusal) => return report(arguments, &[], &Err(format!("not admitted: {}", told(&refusal)))),
    };
    let trial = Trial { adapter: &adapter, question: &question, replies: &replies, now: Instant::now };
    let mut sent = Vec::new();
    let result = runtime.block_on(trial.run(&mut sent));
    if let Some(folder) = &arguments.requests {
        files::write_requests(folder, &sent)?;
    }
    match result {
        Ok(result) => {
            if result.unused_replies > 0 {
                eprintln!("{} recorded replies were not asked for", result.unused_replies);
            }
            report(arguments, &sent, &Ok(OutcomeJson::new(adapter.catalogue().agency(), &result.outcome)))
        }
        Err(failed @ TrialFailed::Call { .. }) => report(arguments, &sent, &Err(told(&failed))),
        Err(failed @ TrialFailed::NotRecorded { .. }) => {
            print_requests(arguments.format, &sent)?;
            bail!("{failed}: write it to the folder of `--replies` as `<its number>.http`")
        }
    }
}

/// Prints the requests and what came of them, and says whether the adapter is in order.
fn report(arguments: &Arguments, sent: &[Sent], outcome: &Result<OutcomeJson<'_>, String>) -> Result<Verdict> {
    let verdict = Verdict::of(outcome.is_ok());
    match arguments.format {
        Format::Json => {
            let requests = sent.iter().map(RequestBody::of).collect();
            let (outcome, failed) = (outcome.as_ref().ok(), outcome.as_ref().err());
            print_json(&TrialBody { requests, outcome, failed })?;
        }
        Format::Text => {
            print_requests(Format::Text, sent)?;
            match outcome {
                Ok(outcome) => print_json(outcome)?,
                Err(reason) => print(reason)?,
            }
        }
    }
    Ok(verdict)
}

fn print_requests(format: Format, sent: &[Sent]) -> Result<()> {
    if format == Format::Json {
        return print_json(&TrialBody {
            requests: sent.iter().map(RequestBody::of).collect(),
            outcome: None,
            failed: None,
        });
    }
    for (number, request) in (1..).zip(sent) {
        print(format_args!("--- request {number}, to upstream `{}`", request.upstream))?;
        print(format_args!("{}\n", String::from_utf8_lossy(&files::http(request)).trim_end()))?;
    }
    Ok(())
}

#[derive(Serialize)]
struct TrialBody<'a> {
    requests: Vec<RequestBody<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<&'a OutcomeJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failed: Option<&'a String>,
}

#[derive(Serialize)]
struct RequestBody<'a> {
    upstream: &'a str,
    method: &'static str,
    path: &'a str,
    headers: Vec<HeaderBody<'a>>,
    body: String,
}

#[derive(Serialize)]
struct HeaderBody<'a> {
    name: &'static str,
    value: &'a str,
}

impl<'a> RequestBody<'a> {
    fn of(request: &'a Sent) -> Self {
        Self {
            upstream: &request.upstream,
            method: request.method,
            path: &request.path,
            headers: request.headers.iter().map(|(name, value)| HeaderBody { name, value }).collect(),
            body: String::from_utf8_lossy(&request.body).into_owned(),
        }
    }
}
