//! Every row: what is measured, in the order of their numbers.

mod adapter_calls;
mod auditing;
mod decisions;
mod growth;
mod hanging;
mod masks;
mod saturation;
mod soak;
mod starting;
mod swapping;
mod waiting;

use std::collections::BTreeSet;
use std::future::{Future, ready};

use anyhow::{Context, Result};
use ssbtx_bench::{ComponentLine, Definition, Picture, Row};

use crate::component_lines;
use crate::in_process::InProcess;
use crate::theatre::Theatre;

/// Which rows are measured.
pub struct Selection {
    rows: BTreeSet<u8>,
    soak: bool,
}

impl Selection {
    /// These rows, or all where none is named; the soak only where it is asked for.
    pub fn new(rows: &[u8], soak: bool) -> Self {
        Self { rows: rows.iter().copied().collect(), soak }
    }

    /// Whether no row is left out, but perhaps the soak.
    pub fn is_everything(&self) -> bool {
        self.rows.is_empty()
    }

    fn wants(&self, number: u8) -> bool {
        match number {
            SOAK => self.soak || self.rows.contains(&SOAK),
            number => self.is_everything() || self.rows.contains(&number),
        }
    }

    fn wants_any(&self, mut numbers: impl Iterator<Item = u8>) -> bool {
        numbers.any(|number| self.wants(number))
    }

    /// Measures what is wanted of these rows. What fails is told in their place, and the other rows are measured all the same.
    async fn rows(&self, definitions: &[Definition], measuring: impl Future<Output = Result<Vec<Row>>>) -> Vec<Row> {
        if !self.wants_any(definitions.iter().map(|definition| definition.number)) {
            return Vec::new();
        }
        for definition in definitions {
            eprintln!("  {} {}", definition.number, definition.name);
        }
        measuring.await.unwrap_or_else(|error| {
            let why = format!("{error:#}");
            eprintln!("    {why}");
            definitions.iter().map(|definition| Row::unmeasured(definition, &why)).collect()
        })
    }
}

/// What was measured.
pub struct Measured {
    /// The rows.
    pub rows: Vec<Row>,
    /// The components, where no row is left out.
    pub components: Vec<ComponentLine>,
    /// The pictures.
    pub pictures: Vec<Picture>,
}

/// Measures what is selected.
///
/// # Errors
///
/// Where there is nothing to measure with: components, base services or the host are not built.
pub fn measure(selection: &Selection) -> Result<Measured> {
    let mut measured = Measured { rows: Vec::new(), components: Vec::new(), pictures: Vec::new() };
    // In process everything is on this one thread: nothing wakes another.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("start a runtime")?;
    let in_process = runtime.block_on(async {
        let in_process = InProcess::begin().await?;
        let Measured { rows, .. } = &mut measured;
        rows.extend(selection.rows(&adapter_calls::ROWS, adapter_calls::measure(&in_process)).await);
        rows.extend(selection.rows(&decisions::ROWS, decisions::measure(&in_process)).await);
        rows.extend(selection.rows(&masks::ROWS, masks::measure(&in_process)).await);
        if selection.is_everything() {
            measured.components = component_lines::measure(&in_process).await?;
        }
        anyhow::Ok(in_process)
    })?;
    drop(runtime);
    if selection.wants_any(6..=SOAK) {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("start a runtime")?;
        runtime.block_on(whole_hosts(selection, in_process, &mut measured))?;
    }
    Ok(measured)
}

async fn whole_hosts(selection: &Selection, in_process: InProcess, measured: &mut Measured) -> Result<()> {
    let mut theatre = Theatre::open(in_process).await?;
    let Measured { rows, pictures, .. } = measured;
    rows.extend(selection.rows(&saturation::ROWS, saturation::measure(&theatre, pictures)).await);
    rows.extend(selection.rows(&waiting::ROWS, waiting::measure(&theatre)).await);
    rows.extend(selection.rows(&hanging::ROWS, hanging::measure(&theatre)).await);
    rows.extend(selection.rows(&swapping::ROWS, swapping::measure(&mut theatre)).await);
    rows.extend(selection.rows(&auditing::ROWS, auditing::measure(&theatre)).await);
    rows.extend(selection.rows(&starting::ROWS, ready(starting::measure(&theatre))).await);
    rows.extend(selection.rows(&growth::ROWS, growth::measure(&theatre, pictures)).await);
    rows.extend(selection.rows(&soak::ROWS, soak::measure(&theatre)).await);
    Ok(())
}

const SOAK: u8 = 14;
