//! `ssbtx adapter pack`.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use serde::Serialize;
use ssbtx_cases::{adapter_cases, with_cases};
use ssbtx_core::Sha256Digest;

use super::Verdict;
use super::format::{Format, print, print_json};

/// What `pack` is told.
#[derive(Args)]
pub struct Arguments {
    /// The component, as its toolchain wrote it
    component: PathBuf,
    /// The folder of the cases: each a folder with `expected.json`, `replies/1.http`, … and, where it differs, `question.json`
    #[arg(long, value_name = "FOLDER")]
    cases: PathBuf,
    /// Where the component with the cases in it is written; it may be the same file
    #[arg(long, short, value_name = "FILE")]
    output: PathBuf,
    /// How the result is printed
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Writes the component with these cases in the place of any that it carries.
pub fn run(arguments: &Arguments) -> Result<Verdict> {
    let component = fs::read(&arguments.component)
        .with_context(|| format!("read the component `{}`", arguments.component.display()))?;
    let cases = adapter_cases(&arguments.cases).context("read the cases")?;
    let packed = with_cases(&component, &cases)
        .with_context(|| format!("put the cases into `{}`", arguments.component.display()))?;
    fs::write(&arguments.output, &packed).with_context(|| format!("write `{}`", arguments.output.display()))?;
    let report = Packed {
        cases: cases.adapter().iter().map(|case| case.promise().as_str()).collect(),
        bytes: packed.len(),
        sha256: Sha256Digest::of(&packed).to_string(),
    };
    match arguments.format {
        Format::Json => print_json(&report)?,
        Format::Text => report.print(arguments)?,
    }
    Ok(Verdict::InOrder)
}

/// What was written.
#[derive(Serialize)]
struct Packed<'c> {
    cases: Vec<&'c str>,
    bytes: usize,
    sha256: String,
}

impl Packed<'_> {
    fn print(&self, arguments: &Arguments) -> Result<()> {
        let output = arguments.output.display();
        print(format_args!("{output}: cases {}, bytes {}, sha256 {}", self.cases.len(), self.bytes, self.sha256))?;
        for case in &self.cases {
            print(format_args!("  {case}"))?;
        }
        print(format_args!("next: ssbtx adapter check {output}"))
    }
}
