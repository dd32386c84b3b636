//! Rows 1 to 5 by criterion, which keeps what it measured and tells what has changed since.

use anyhow::{Context, Result};
use criterion::{BatchSize, Criterion};

use crate::counted::{Visitor, visit};
use crate::in_process::InProcess;
use crate::pace::Subject;

/// Measures everything that is ours of rows 1 to 5. Compared is with the last run in the same folder.
pub fn run() -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("start a runtime")?;
    let mut micro = Micro(Criterion::default().without_plots());
    runtime.block_on(async { visit(&InProcess::begin().await?, &mut micro).await })?;
    micro.0.final_summary();
    Ok(())
}

struct Micro(Criterion);

impl Visitor for Micro {
    async fn visit(&mut self, name: &'static str, subject: &impl Subject) -> Result<()> {
        self.0.bench_function(name, |bencher| {
            // What cannot be done has been found out before: every subject is checked when it is made.
            let pass = |input| futures::executor::block_on(subject.pass(input)).ok();
            bencher.iter_batched(|| subject.prepare(), pass, BatchSize::SmallInput);
        });
        Ok(())
    }
}
