//! One thing of rows 1 to 5, done so many times between two lines on standard input: what an instruction counter looks at.

use std::io::{BufRead as _, Write as _};

use anyhow::{Context, Result, ensure};
use ssbtx_core::AgencyId;

use crate::documents::lefi_of_everything;
use crate::in_process::{Decide, DecideCached, Front, Guest, InProcess, Masked, half_of};
use crate::pace::{self, Subject};

/// What is counted.
#[derive(clap::Args)]
pub struct Arguments {
    /// Its name
    name: String,
    /// How often it is done
    #[arg(long, default_value = "1")]
    passes: usize,
}

/// Looks at each thing in turn.
pub trait Visitor {
    /// Looks at one.
    async fn visit(&mut self, name: &'static str, subject: &impl Subject) -> Result<()>;
}

/// Lets a visitor look at everything of rows 1 to 5 that is ours.
pub async fn visit(in_process: &InProcess, visitor: &mut impl Visitor) -> Result<()> {
    let product = &in_process.product;
    let af = Guest::new(product, AgencyId::AF, in_process.reply(AgencyId::AF)?.clone())?;
    visitor.visit("adapter-af", &af).await?;
    let large = lefi_of_everything(in_process.reply(AgencyId::FK)?, 200_000)?;
    let lefi = Guest::new(product, AgencyId::FK, large)?;
    visitor.visit("adapter-lefi", &lefi).await?;
    visitor.visit("decide", &Decide::new(product)?).await?;
    visitor.visit("decide-cached", &DecideCached::new(product)?).await?;
    for (name, guest, front) in [("project-xml", &af, Front::Xml), ("project-json", &lefi, Front::Json)] {
        let document = guest.document().await?;
        let (mask, _) = half_of(&document)?;
        visitor.visit(name, &Masked::new(&document, mask, front)).await?;
    }
    Ok(())
}

/// Waits for a line, does it, and waits for another: so that whoever counts can begin and end where it does.
pub fn run(arguments: &Arguments) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("start a runtime")?;
    let mut counting = Counting { arguments, found: false };
    runtime.block_on(async { visit(&InProcess::begin().await?, &mut counting).await })?;
    ensure!(counting.found, "nothing is called `{}`", arguments.name);
    Ok(())
}

struct Counting<'a> {
    arguments: &'a Arguments,
    found: bool,
}

impl Visitor for Counting<'_> {
    async fn visit(&mut self, name: &'static str, subject: &impl Subject) -> Result<()> {
        if name != self.arguments.name {
            return Ok(());
        }
        self.found = true;
        // Once before: what happens on the first pass alone is not what is counted.
        subject.pass(subject.prepare()).await?;
        let inputs = (0..self.arguments.passes).map(|_| subject.prepare()).collect();
        say("ready")?;
        wait()?;
        pace::run(subject, inputs).await?;
        say("done")?;
        wait()
    }
}

fn say(word: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{word}").and_then(|()| out.flush()).context("tell whoever counts")
}

fn wait() -> Result<()> {
    std::io::stdin().lock().read_line(&mut String::new()).context("wait for whoever counts").map(drop)
}
