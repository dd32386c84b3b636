//! The demo: one question about one person, asked as two roles, over JSON and over SOAP v10.
//!
//! `cargo xtask demo` builds everything and runs this. Progress goes to standard error, the result to standard output.

mod base_services;
mod commands;
mod comparison;
mod scene;
mod soap;
mod table;

use std::io::IsTerminal;
use std::os::unix::process::parent_id;
use std::time::Duration;

use anyhow::Result;
use clap::{Parser, ValueEnum};
use ssbtx_stage::questions::Asking;
use tokio::signal::unix::{SignalKind, signal};

use comparison::Comparison;
use scene::Scene;

/// One question, asked as two roles
#[derive(Parser)]
#[command(name = "cargo xtask demo", bin_name = "cargo xtask demo")]
struct Arguments {
    /// Ends after the printout instead of staying up
    #[arg(long)]
    once: bool,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Tables for people
    Table,
    /// One JSON array of the JSON answers, ekonomiskt-bistand first
    Json,
}

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let scene = Scene::set()?;
    eprintln!("  asking as two roles, over JSON and over SOAP v10");
    let asking = Asking::about(PERSON);
    let answers = scene.ask(&asking).await?;
    match arguments.format {
        Format::Json => println!("[{}]", answers.each().map(|answer| answer.json.trim_end()).join(",\n")),
        Format::Table => {
            let comparison = Comparison::new(&answers, &scene.catalogues().await?)?;
            let colours = if std::io::stdout().is_terminal() { table::Colours::On } else { table::Colours::Off };
            println!("{}", table::render(&asking, &answers, &comparison, colours)?);
            println!("{}", commands::render(&scene, &asking)?);
        }
    }
    if !arguments.once {
        eprintln!("The host and the base services stay up until Ctrl-C.");
        told_to_stop().await?;
    }
    scene.strike()
}

/// Completes on Ctrl-C, on SIGTERM, and when whoever started the demo is gone: nothing is left running.
async fn told_to_stop() -> Result<()> {
    let mut terminated = signal(SignalKind::terminate())?;
    let parent = parent_id();
    let mut ticks = tokio::time::interval(Duration::from_secs(1));
    loop {
        tokio::select! {
            interrupted = tokio::signal::ctrl_c() => return Ok(interrupted?),
            _ = terminated.recv() => return Ok(()),
            _ = ticks.tick() => {
                if parent_id() != parent {
                    return Ok(());
                }
            }
        }
    }
}

/// The first of the simulated base services' cast: enrolled, paid by an a-kassa, with a residence permit. Known to all three agencies.
const PERSON: &str = "197701172392";
