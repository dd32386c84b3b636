//! `ssbtx adapter check`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use clap::Args;
use ssbtx_core::Catalogue;
use ssbtx_runtime::{SandboxSettings, Workbench};
use ssbtx_workbench::{Change, Inspection, Level, inspect};
use tokio::runtime::Runtime;

use super::format::{Format, print, print_json, table};
use super::{Verdict, candidate, runtime, told};

/// What `check` is told.
#[derive(Args)]
pub struct Arguments {
    /// The component
    adapter: PathBuf,
    /// The component that it is to replace, to say what its catalogue changes
    #[arg(long, value_name = "OLD")]
    against: Option<PathBuf>,
    /// How the result is printed
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Looks at an adapter and prints what it is.
pub fn run(arguments: &Arguments) -> Result<Verdict> {
    let settings = SandboxSettings::default();
    let workbench = Workbench::new(settings.clone()).context("start the sandbox")?;
    let runtime = runtime()?;
    let old = arguments.against.as_deref().map(|path| old_catalogue(path, &workbench, &runtime)).transpose()?;
    let candidate = candidate(&arguments.adapter)?;
    match runtime.block_on(workbench.adapter(&candidate)) {
        Ok(adapter) => {
            let inspection = runtime.block_on(inspect(&candidate, &adapter, &settings, old.as_deref()));
            match arguments.format {
                Format::Json => print_json(&inspection)?,
                Format::Text => print_inspection(&inspection)?,
            }
            Ok(Verdict::of(inspection.is_in_order()))
        }
        Err(refusal) => {
            arguments.format.print_failure(&format!("not admitted: {}", told(&refusal)))?;
            Ok(Verdict::NotInOrder)
        }
    }
}

fn old_catalogue(path: &Path, workbench: &Workbench, runtime: &Runtime) -> Result<Arc<Catalogue>> {
    let admitted = runtime.block_on(workbench.adapter(&candidate(path)?));
    match admitted {
        Ok(adapter) => Ok(adapter.catalogue().clone()),
        Err(refusal) => bail!("`{}`, to compare with, is not admitted: {}", path.display(), told(&refusal)),
    }
}

fn print_inspection(inspection: &Inspection) -> Result<()> {
    print(format_args!("admitted: {} {}, sha256 {}", inspection.agency, inspection.version, inspection.sha256))?;
    print(format_args!("upstreams: {}", inspection.upstreams.join(" ")))?;
    print(format_args!("cases: {}", inspection.cases))?;
    let mut uses = table(&["takes", "it has", "at most"]);
    for entry in &inspection.uses {
        uses.add_row([entry.what.to_owned(), entry.found.to_string(), entry.most.to_string()]);
    }
    print(format_args!("\n{uses}"))?;
    print_findings(inspection)?;
    inspection.changes.as_deref().map_or(Ok(()), print_changes)
}

fn print_findings(inspection: &Inspection) -> Result<()> {
    let count = |level| inspection.findings.iter().filter(|finding| finding.level == level).count();
    let [faults, warnings, notes] = [Level::Fault, Level::Warning, Level::Note].map(count);
    print(format_args!("\nfaults {faults}, warnings {warnings}, notes {notes}"))?;
    let mut findings = table(&["level", "rule", "where", "what"]);
    for finding in &inspection.findings {
        findings.add_row([finding.level.label(), finding.rule, &finding.place, &finding.text]);
    }
    if inspection.findings.is_empty() { Ok(()) } else { print(findings) }
}

fn print_changes(changes: &[Change]) -> Result<()> {
    print(format_args!("\nchanges of the catalogue: {}", changes.len()))?;
    let mut lines = table(&["change", "where", "old", "new"]);
    for change in changes {
        lines.add_row([change.kind.label(), &change.place, &change.old, &change.new]);
    }
    if changes.is_empty() { Ok(()) } else { print(lines) }
}
