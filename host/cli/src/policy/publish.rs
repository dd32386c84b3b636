//! `ssbtx policy publish`.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use jiff::Timestamp;
use serde_json::json;
use ssbtx_core::AcceptedPending;
use ssbtx_rollout::examine;
use ssbtx_runtime::{Sandbox, SandboxSettings};
use ssbtx_signing::{Change, NotPublished, Publication, Published, Terms};
use ssbtx_trust::{ComponentKind, Delegation, TargetKind};

use super::approve::repeat;
use super::components::Components;
use super::signatures::Signatures;
use super::terms::{Format, print, today};
use super::{Failed, Verdict, listing};
use crate::key::OnlineKeyArguments;
use crate::repo::open;
use crate::verify::none_left_out;

/// What is published, and by which keys.
#[derive(Args)]
pub struct Arguments {
    /// The change, with the signatures of everybody merged into it
    #[arg(value_name = "CHANGE")]
    change: PathBuf,
    /// The repository
    #[arg(long, value_name = "DIR")]
    repository: PathBuf,
    #[command(flatten)]
    keys: OnlineKeyArguments,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Publishes, if a host would take it: signatures, review, the components' own cases and the agencies' grants.
pub(super) async fn run(arguments: &Arguments) -> Result<Verdict, Failed> {
    let change = open(&arguments.change)?;
    let signatures = Signatures::of(&change)?;
    if !signatures.are_enough() {
        print(
            arguments.format,
            || format!("Inte publicerad · not published\n\n{}", signatures.as_text()),
            || json!({ "published": false, "signatures": signatures.as_json() }),
        )?;
        return Ok(Verdict::Objections);
    }
    if let Some(role) = proposed(&change)? {
        repeat(&change, &Components::new()?, role).await?;
    }
    let published = published(arguments, &change).await?;
    print(
        arguments.format,
        || {
            let files: Vec<String> = published.files.iter().map(|file| format!("- {file}")).collect();
            format!("Publicerad · published\n{}", files.join("\n"))
        },
        || json!({ "published": true, "files": published.files, "signatures": signatures.as_json() }),
    )?;
    Ok(Verdict::NothingToObject)
}

/// The role whose policy the change proposes, if it does.
fn proposed(change: &Change) -> Result<Option<ssbtx_core::Role>, Failed> {
    if !listing::is_changed(change, Delegation::Governance) {
        return Ok(None);
    }
    Ok(match listing::only_difference(change, Delegation::Governance)?.kind() {
        TargetKind::Component(ComponentKind::Policy(role)) => Some(role.clone()),
        TargetKind::Component(_) | TargetKind::Grant { .. } | TargetKind::Tightening | TargetKind::Lifted => None,
    })
}

/// Stages, examines as a host does, and makes it visible.
async fn published(arguments: &Arguments, change: &Change) -> Result<Published, Failed> {
    let keys = arguments.keys.open()?;
    let terms = Terms::at(Timestamp::now());
    let publication = Publication::new(arguments.repository.clone(), keys.keys(), terms);
    let staged = publication.stage(change).await.map_err(not_published)?;
    let sandbox = Sandbox::new(SandboxSettings::default()).context("start the sandbox").map_err(Failed::NotDone)?;
    let examined = examine(&sandbox, staged.trusted(), &AcceptedPending::default(), None, today(None)?).await;
    none_left_out(&examined.context("examine the set as a host does").map_err(Failed::Refused)?)
        .map_err(Failed::Refused)?;
    staged.publish().map_err(not_published)
}

/// A repository that cannot be read or written is no fault of the change.
pub(super) fn not_published(error: NotPublished) -> Failed {
    match error {
        NotPublished::File(_) | NotPublished::Busy(_) | NotPublished::Repository(_) => Failed::NotDone(error.into()),
        other => Failed::Refused(other.into()),
    }
}
