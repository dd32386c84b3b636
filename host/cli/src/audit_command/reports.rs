//! `ssbtx audit usage`, `misuse` and `caseworker`.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use clap::Args;
use comfy_table::Table;
use jiff::Timestamp;
use serde::Serialize;
use ssbtx_audit::{ByCaseworker, CaseworkerCount, Count, Misuse, MisuseOfConsumer, Usage, by_caseworker};
use ssbtx_core::OrganisationNumber;

use super::questions::{ConfigArgument, MonthArguments, anyway, search};
use crate::repo::{Format, print, print_json, table};

/// What a report is of.
#[derive(Args)]
pub struct ReportArguments {
    #[command(flatten)]
    months: MonthArguments,
    #[command(flatten)]
    config: ConfigArgument,
    /// Make the index anew from the log's lines first, so that nothing rests on what it was
    #[arg(long)]
    anew: bool,
    /// How the report is printed
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Whose questions are found, and of which time.
#[derive(Args)]
pub struct CaseworkerArguments {
    /// The authority that asked, by its organisation number
    #[arg(long, value_name = "NUMBER")]
    organisation: OrganisationNumber,
    /// The caseworker's name as it was given with the questions, capitals and outer spaces aside
    #[arg(long, value_name = "NAME")]
    name: String,
    /// From this moment on, such as 2026-01-01T00:00:00+01:00
    #[arg(long, value_name = "TIME")]
    from: Timestamp,
    /// Until just before this moment, at most 31 days later
    #[arg(long, value_name = "TIME")]
    before: Timestamp,
    #[command(flatten)]
    config: ConfigArgument,
    /// Make the index anew from the log's lines first, so that nothing rests on what it was
    #[arg(long)]
    anew: bool,
}

/// Prints how much was asked.
pub(super) fn usage(arguments: &ReportArguments) -> Result<()> {
    let config = arguments.config.load()?;
    let mut log = search(config.audit.place(), arguments.anew)?;
    let usage = Usage::of(&mut *log, arguments.months.months()?).context("count what was asked")?;
    printed(&usage, arguments.format, || usage_text(&usage))
}

/// Prints what may be misuse.
pub(super) fn misuse(arguments: &ReportArguments) -> Result<()> {
    let config = arguments.config.load()?;
    let mut log = search(config.audit.place(), arguments.anew)?;
    let months = arguments.months.months()?;
    let misuse = Misuse::of(&mut *log, months, &config.audit.questions.misuse).context("look for what is unusual")?;
    printed(&misuse, arguments.format, || misuse_text(&misuse))
}

/// Prints everything that a caseworker asked, a line each, as it stands in the log.
pub(super) fn caseworker(arguments: &CaseworkerArguments) -> Result<()> {
    let config = arguments.config.load()?;
    let mut log = search(config.audit.place(), arguments.anew)?;
    let time = arguments.from..arguments.before;
    let found = by_caseworker(&mut *log, &arguments.organisation, &arguments.name, &time);
    let found = found.context("find what a caseworker asked")?;
    for line in &found {
        print(&line.line).map_err(anyway)?;
    }
    eprintln!("{} records", found.len());
    Ok(())
}

fn printed(report: &impl Serialize, format: Format, text: impl FnOnce() -> String) -> Result<()> {
    match format {
        Format::Json => print_json(report),
        Format::Text => print(text()),
    }
    .map_err(anyway)
}

fn usage_text(usage: &Usage) -> String {
    let mut text = String::from("Användning (usage)\n");
    for month in &usage.months {
        text.push_str(&heading(&month.month.to_string(), month.running, month.partial));
        let mut rows = table(&[
            "konsument",
            "roll",
            "ingång",
            "frågor (questions)",
            "nådda gränser (limits reached)",
            "delsvar (parts)",
        ]);
        for row in &month.rows {
            let counts = [row.questions.to_string(), listed(&row.limits), listed(&row.parts)];
            rows.add_row([row.consumer.clone(), row.role.clone(), row.front.clone()].into_iter().chain(counts));
        }
        push(&mut text, &rows, month.rows.is_empty());
    }
    text + LEGEND
}

fn misuse_text(misuse: &Misuse) -> String {
    let mut text = String::from("Tecken på missbruk, att utreda (indications of misuse, to be looked into)\n");
    for month in &misuse.months {
        text.push_str(&heading(&month.month.to_string(), month.running, month.partial));
        let mut rows = table(&["konsument", "tecken (indication)", "vem (who)", "frågor (questions)"]);
        for consumer in &month.consumers {
            for [sign, who, count] in signs(consumer) {
                rows.add_row([consumer.consumer.clone(), sign, who, count]);
            }
        }
        push(&mut text, &rows, month.consumers.iter().all(|consumer| signs(consumer).is_empty()));
    }
    text + LEGEND
}

/// Every indication of a consumer: what, who, and how many questions.
fn signs(consumer: &MisuseOfConsumer) -> Vec<[String; 3]> {
    let mut signs = Vec::new();
    let mut of = |sign: &str, by: &ByCaseworker| {
        signs.extend(by.caseworkers.iter().map(|one| [sign.to_owned(), who(one), one.questions.to_string()]));
        if by.others != Count::Shown(0) {
            signs.push([sign.to_owned(), "övriga (others)".to_owned(), by.others.to_string()]);
        }
    };
    of("utanför pågående ärende, besvarade (outside an open case, answered)", &consumer.outside_case_answered);
    of("utanför pågående ärende, avvisade (outside an open case, refused)", &consumer.outside_case_refused);
    of("ovanlig tid (unusual hours)", &consumer.unusual_hours);
    let average = consumer.volume.average.map(|average| format!(" {average}")).unwrap_or_default();
    let volume = format!("långt över snittet{average} (far above the average)");
    signs.extend(consumer.volume.caseworkers.iter().map(|one| [volume.clone(), who(one), one.questions.to_string()]));
    signs.extend(consumer.asked_often.iter().map(|one| {
        let by = format!("person {} av {} handläggare (caseworkers)", one.person, one.caseworkers);
        ["samma person ofta (one person often)".to_owned(), by, one.questions.to_string()]
    }));
    for of in &consumer.limits {
        signs.extend(of.limits.iter().map(|(limit, count)| {
            let by = format!("{limit}, {}, {}", of.role, of.front);
            ["nådd gräns (limit reached)".to_owned(), by, count.to_string()]
        }));
    }
    signs
}

fn who(one: &CaseworkerCount) -> String {
    format!("{} ({})", one.caseworker, one.organisation)
}

/// Counts with their names, on one line.
fn listed(counts: &BTreeMap<String, Count>) -> String {
    counts.iter().map(|(name, count)| format!("{name} {count}")).collect::<Vec<_>>().join(", ")
}

fn heading(month: &str, running: bool, partial: bool) -> String {
    let note = match (running, partial) {
        (false, false) => "",
        (true, _) => ", pågår: antal avrundade nedåt till femtal (not over: rounded down to fives)",
        (false, true) => ", delvis gallrad: antal avrundade nedåt till femtal (removed in part: rounded down to fives)",
    };
    format!("\n{month}{note}\n")
}

fn push(text: &mut String, rows: &Table, is_empty: bool) {
    text.push_str(&if is_empty { "inget (nothing)".to_owned() } else { rows.to_string() });
    text.push('\n');
}

const LEGEND: &str = "\n<5: en till fyra visas aldrig (one to four are never shown). *: utelämnat, eftersom <5 annars kunde räknas ut \
                      (left out, or a <5 would follow from it).";
