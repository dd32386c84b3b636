//! `ssbtx policy replay`.

mod host_log;
mod lines;

use std::path::PathBuf;

use anyhow::{Context, anyhow};
use clap::Args;
use serde_json::{Value, json};
use ssbtx_core::Role;
use ssbtx_review::{
    Departures, Recorded, Replay, Word, departures_as_json, departures_as_text, replayed_as_json, replayed_as_text,
};
use ssbtx_runtime::{FieldFilter, SandboxSettings, Workbench};

use super::components::Components;
use super::targets::Targets;
use super::terms::{Format, print};
use super::{Failed, Verdict};
use crate::repo;
use lines::{Line, Lines};

/// What is replayed.
#[derive(Args)]
pub struct Arguments {
    /// The audit log's folder, the configuration of its host (ssbtx.toml), or a file of its lines
    ///
    /// The chain of a log is verified. Nothing of whom a question was about, or who asked, is shown.
    #[arg(value_name = "RECORDS")]
    records: PathBuf,
    /// The repository: what a record names by digest is looked for in DIR/targets, where earlier versions stay
    #[arg(long, value_name = "DIR")]
    repository: PathBuf,
    /// Also tell what another policy of the same role would have opened and closed in these questions
    #[arg(long, value_name = "POLICY.wasm")]
    under: Option<PathBuf>,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Makes every decision again and tells whether it is the one that was recorded.
pub(super) async fn run(arguments: &Arguments) -> Result<Verdict, Failed> {
    let lines = Lines::open(&arguments.records).map_err(Failed::NotDone)?;
    let targets = Targets::open(&arguments.repository).map_err(Failed::NotDone)?;
    let workbench = Workbench::new(SandboxSettings::default()).context("start the sandbox").map_err(Failed::NotDone)?;
    let mut replaying = Replaying {
        replay: Replay::new(workbench, targets),
        under: match &arguments.under {
            Some(path) => Some(Under::new(Components::new()?.policy(path).await?)),
            None => None,
        },
        format: arguments.format,
        sum: Sum::default(),
        listed: Vec::new(),
    };
    for line in lines {
        replaying.take(line.map_err(Failed::NotDone)?).await?;
    }
    replaying.end()
}

struct Replaying {
    replay: Replay<Targets>,
    under: Option<Under>,
    format: Format,
    sum: Sum,
    listed: Vec<Value>,
}

/// Another policy, and what it would have made of the questions of its role.
struct Under {
    policy: FieldFilter,
    departures: Departures,
    of_other_roles: usize,
    not_told: usize,
}

#[derive(Default)]
struct Sum {
    agree: usize,
    disagree: usize,
    cannot_tell: usize,
}

impl Replaying {
    async fn take(&mut self, line: Line) -> Result<(), Failed> {
        let task = || format!("read record {}", line.sequence);
        let recorded = Recorded::parse(&line.record).with_context(task).map_err(Failed::NotDone)?;
        let Some(recorded) = recorded else { return Ok(()) };
        let replayed = self.replay.compare(&recorded).await;
        match replayed.word() {
            Word::Agrees => self.sum.agree += 1,
            Word::Disagrees => self.sum.disagree += 1,
            Word::CannotTell => self.sum.cannot_tell += 1,
        }
        match self.format {
            Format::Text => repo::print(replayed_as_text(line.sequence, &recorded.question, &replayed).trim_end())?,
            Format::Json => self.listed.push(replayed_as_json(line.sequence, &recorded.question, &replayed)),
        }
        if let Some(under) = &mut self.under {
            under.take(&mut self.replay, &recorded).await;
        }
        Ok(())
    }

    fn end(self) -> Result<Verdict, Failed> {
        let Sum { agree, disagree, cannot_tell } = self.sum;
        let all = agree + disagree + cannot_tell;
        if all == 0 {
            return Err(Failed::NotDone(anyhow!("there is no record of a question")));
        }
        print(
            self.format,
            || {
                let under = self.under.as_ref().map(|under| format!("\n\n{}", under.as_text())).unwrap_or_default();
                format!(
                    "\n{all} frågor: {agree} stämmer, {disagree} stämmer inte, {cannot_tell} kan inte räknas om\n\
                     {all} questions: {agree} agree, {disagree} disagree, {cannot_tell} cannot be recomputed{under}"
                )
            },
            || {
                json!({
                    "records": self.listed,
                    "agree": agree,
                    "disagree": disagree,
                    "cannotBeRecomputed": cannot_tell,
                    "under": self.under.as_ref().map(Under::as_json),
                })
            },
        )?;
        if disagree > 0 {
            return Ok(Verdict::Objections);
        }
        let not_told = self.under.as_ref().map_or(0, |under| under.not_told);
        if cannot_tell + not_told > 0 {
            let count = cannot_tell.max(not_told);
            return Err(Failed::NotDone(anyhow!("{count} of {all} questions could not be decided again")));
        }
        Ok(Verdict::NothingToObject)
    }
}

impl Under {
    fn new(policy: FieldFilter) -> Self {
        Self { policy, departures: Departures::default(), of_other_roles: 0, not_told: 0 }
    }

    async fn take(&mut self, replay: &mut Replay<Targets>, recorded: &Recorded) {
        if recorded.context.role != *self.role() {
            self.of_other_roles += 1;
        } else if replay.compare_under(recorded, &self.policy, &mut self.departures).await.is_err() {
            self.not_told += 1;
        }
    }

    fn role(&self) -> &Role {
        self.policy.role()
    }

    fn as_text(&self) -> String {
        let others = match self.of_other_roles {
            0 => String::new(),
            count => format!("{count} frågor från andra roller · {count} questions of other roles\n"),
        };
        format!("{}{others}", departures_as_text(&self.departures))
    }

    fn as_json(&self) -> Value {
        let mut told = departures_as_json(&self.departures);
        if let Some(members) = told.as_object_mut() {
            members.insert("sha256".to_owned(), json!(self.policy.identity().sha256.to_string()));
            members.insert("role".to_owned(), json!(self.role().as_str()));
            members.insert("questionsOfOtherRoles".to_owned(), json!(self.of_other_roles));
        }
        told
    }
}
