//! `ssbtx adapter bench`.

use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::Args;
use serde::Serialize;
use ssbtx_runtime::{Limit, SandboxSettings, Workbench};
use ssbtx_self_test::{Trial, TrialFailed};
use ssbtx_workbench::{Measurement, NotMeasured, Spread, measure, smallest_memory};

use super::format::{Format, print, print_json, table};
use super::trial::{read_question, read_replies};
use super::{Exchange, Verdict, candidate, runtime, told};

/// What `bench` is told.
#[derive(Args)]
pub struct Arguments {
    /// The component
    adapter: PathBuf,
    #[command(flatten)]
    exchange: Exchange,
    /// How often the question is put
    #[arg(long, default_value = "200")]
    runs: NonZeroU32,
    /// Find the least memory with which it comes to the same outcome; the component is compiled some ten times for that
    #[arg(long)]
    memory: bool,
    /// How the result is printed
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Measures an adapter and prints what it costs.
pub fn run(arguments: &Arguments) -> Result<Verdict> {
    let question = read_question(&arguments.exchange.question)?;
    let replies = read_replies(arguments.exchange.replies.as_deref())?;
    let candidate = candidate(&arguments.adapter)?;
    let settings = SandboxSettings::default();
    let workbench = Workbench::new(settings.clone()).context("start the sandbox")?;
    let runtime = runtime()?;
    let begun = Instant::now();
    let adapter = match runtime.block_on(workbench.adapter(&candidate)) {
        Ok(adapter) => adapter,
        Err(refusal) => {
            arguments.format.print_failure(&format!("not admitted: {}", told(&refusal)))?;
            return Ok(Verdict::NotInOrder);
        }
    };
    let admission = begun.elapsed();
    let trial = Trial { adapter: &adapter, question: &question, replies: &replies, now: Instant::now };
    let measured = runtime.block_on(measure(trial, arguments.runs));
    let measurement = match measured {
        Ok(measurement) => measurement,
        Err(NotMeasured::Trial(failed @ TrialFailed::Call { .. })) => {
            arguments.format.print_failure(&told(&failed))?;
            return Ok(Verdict::NotInOrder);
        }
        Err(failed) => bail!("{}", told(&failed)),
    };
    let memory_bytes = if arguments.memory {
        Some(runtime.block_on(smallest_memory(&candidate, &settings, trial)).context("find the least memory")?)
    } else {
        None
    };
    let costs = Costs {
        component_bytes: candidate.bytes().len(),
        admission_ms: admission.as_millis(),
        measurement,
        memory_bytes,
    };
    match arguments.format {
        Format::Json => print_json(&costs)?,
        Format::Text => costs.print(&settings)?,
    }
    Ok(Verdict::of(costs.are_within(&settings)))
}

/// What an adapter costs, with the machine's time for checking, compiling and describing it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Costs {
    component_bytes: usize,
    admission_ms: u128,
    #[serde(flatten)]
    measurement: Measurement,
    #[serde(skip_serializing_if = "Option::is_none")]
    memory_bytes: Option<u64>,
}

impl Costs {
    /// Whether the calls take no longer than a host lets them, 95 times of 100. Size and memory are held to their limits by admission.
    fn are_within(&self, settings: &SandboxSettings) -> bool {
        let most = Duration::from_millis(settings.value(Limit::CallTime));
        let within = |spread: &Spread| Duration::from_micros(spread.p95_us) <= most;
        within(&self.measurement.plan) && self.measurement.absorb.as_ref().is_none_or(within)
    }

    fn print(&self, settings: &SandboxSettings) -> Result<()> {
        let most = format!("{} ms", settings.value(Limit::CallTime));
        print(format_args!("{} runs, each call in an instance of its own\n", self.measurement.runs))?;
        let mut calls = table(&["call", "median", "95 of 100", "longest", "at most"]);
        let rows = [("plan", Some(self.measurement.plan)), ("absorb", self.measurement.absorb)];
        for (name, spread) in rows.into_iter().filter_map(|(name, spread)| Some((name, spread?))) {
            let times = [spread.median_us, spread.p95_us, spread.worst_us].map(|time| format!("{time} µs"));
            calls.add_row([name.to_owned()].into_iter().chain(times).chain([most.clone()]));
        }
        print(calls)?;
        print(format_args!("\nchecked, compiled and described in {} ms", self.admission_ms))?;
        let most = |limit| settings.value(limit);
        print(format_args!("component: {} bytes, at most {}", self.component_bytes, most(Limit::Component)))?;
        self.memory_bytes.map_or(Ok(()), |memory| {
            print(format_args!("memory: {memory} bytes, at most {}", most(Limit::LargestMemory)))
        })
    }
}
