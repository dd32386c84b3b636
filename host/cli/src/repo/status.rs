//! `ssbtx repo status`.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use jiff::Timestamp;
use ssbtx_signing::{Holder, Repository, Status};

use super::{Failed, Format, open, print, print_json, show_open, table};

/// What is shown.
#[derive(Args)]
pub struct Arguments {
    /// The repository, or the folder of a change
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// How it is printed
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Shows a repository; or of a change, what it changes and who has to sign.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failed> {
    if arguments.folder.join("change.json").is_file() {
        let change = open(&arguments.folder)?;
        return show_open(&change, arguments.format);
    }
    let repository = Repository::open(&arguments.folder).context("read the repository").map_err(Failed::NotDone)?;
    let status = Status::of(&repository, Timestamp::now()).context("read the repository").map_err(Failed::NotDone)?;
    match arguments.format {
        Format::Json => print_json(&status),
        Format::Text => show(&status),
    }
}

fn show(status: &Status) -> Result<(), Failed> {
    print(format_args!("version {}\n", status.version))?;
    let mut roles = table(&["role", "version", "expires", "days left", "must sign", "may sign"]);
    for role in &status.roles {
        let holders: Vec<String> = role.may_sign.iter().map(holder).collect();
        roles.add_row([
            role.role.clone(),
            role.version.to_string(),
            role.expires.to_string(),
            role.days_left.to_string(),
            role.threshold.to_string(),
            holders.join(", "),
        ]);
    }
    print(format_args!("{roles}\n"))?;
    let mut targets = table(&["target", "signed by", "bytes", "sha256"]);
    for target in &status.targets {
        targets.add_row([target.name.clone(), target.role.clone(), target.length.to_string(), target.sha256.clone()]);
    }
    print(format_args!("{targets}\n"))?;
    if status.next.is_empty() {
        return print("nothing is due");
    }
    for duty in &status.next {
        let (role, days, before) = (&duty.role, duty.days_left, duty.before);
        let task = match role.as_str() {
            "snapshot" | "timestamp" => "repo timestamp".to_owned(),
            role => format!("repo renew {role}"),
        };
        let who = duty.may_sign.join(", ");
        print(format_args!("due: `{task}` before {before} ({days} days), signed by {} of: {who}", duty.threshold))?;
    }
    Ok(())
}

fn holder(holder: &Holder) -> String {
    let id = holder.key.get(..8).unwrap_or(&holder.key);
    holder.person.as_ref().map_or_else(|| format!("key {id}"), |person| format!("{person} ({id})"))
}
