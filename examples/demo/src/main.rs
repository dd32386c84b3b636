//! The demo: one question about one person, asked as two roles, over JSON and over SOAP v10.
//!
//! `cargo xtask demo` builds everything and runs this. Progress goes to standard error, the result to standard output.

mod answer;
mod catalogue;
mod commands;
mod comparison;
mod composed;
mod document;
mod ink;
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
use composed::Page;
use ink::Ink;
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
    /// Who is asked about: the identity number of somebody of the simulated base services' cast
    #[arg(long, default_value = PERSON)]
    person: String,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Two composed answers in Swedish, and where they differ
    Table,
    /// One JSON array of the JSON answers, ekonomiskt-bistand first
    Json,
}

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let scene = Scene::set()?;
    eprintln!("  asking as two roles, over JSON and over SOAP v10");
    let asking = Asking::about(&arguments.person);
    let answers = scene.ask(&asking).await?;
    match arguments.format {
        Format::Json => println!("[{}]", answers.each().map(|answer| answer.json.trim_end()).join(",\n")),
        Format::Table => {
            let catalogues = scene.catalogues().await?;
            let ink = if std::io::stdout().is_terminal() { Ink::Colours } else { Ink::Plain };
            let page = Page { asking: &asking, catalogues: &catalogues, width: table::width(ink), ink };
            for answer in answers.each() {
                println!("\n{}", page.render(answer)?);
            }
            println!("\n{}\n", "━".repeat(page.width));
            println!("{}", table::render(&answers, &Comparison::new(&answers, &catalogues)?, ink)?);
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

/// The first of the simulated base services' cast: enrolled, paid by an a-kassa, with a residence permit. Known to all seven base services.
const PERSON: &str = "197701172392";
