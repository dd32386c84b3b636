//! `ssbtx policy lift`.

use std::path::PathBuf;

use anyhow::{Context, anyhow};
use clap::Args;
use serde_json::{Value, json};
use ssbtx_core::{Lifted, TighteningId};
use ssbtx_trust::{TargetKind, TargetName};

use super::begun::Begun;
use super::proposal::Papers;
use super::signatures::Signatures;
use super::terms::{Format, print};
use super::{Failed, Verdict};

/// What is lifted.
#[derive(Args)]
pub struct Arguments {
    /// The repository
    #[arg(long, value_name = "DIR")]
    repository: PathBuf,
    /// Where the change is written: a folder that is not there yet
    #[arg(long, value_name = "CHANGE")]
    out: PathBuf,
    /// The tightening's name; may be repeated
    #[arg(long = "id", value_name = "ID", required = true)]
    ids: Vec<TighteningId>,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Writes the change: lifting can open, so it is signed by as many persons as a policy.
pub(super) fn run(arguments: &Arguments) -> Result<Verdict, Failed> {
    let mut begun = Begun::new(&arguments.repository, &arguments.out)?;
    let tightening = begun.tightening()?;
    let mut lifted = begun.lifted()?.ids().clone();
    for id in &arguments.ids {
        if !tightening.entries().iter().any(|entry| entry.id == *id) {
            return Err(Failed::Refused(anyhow!("repository withholds nothing under the name `{id}`")));
        }
        if !lifted.insert(id.clone()) {
            return Err(Failed::Refused(anyhow!("tightening `{id}` is lifted already")));
        }
    }
    let list = Lifted::new(lifted).context("add to what is lifted").map_err(Failed::Refused)?;
    // For those who sign: they see what they open.
    for name in [TargetKind::Tightening, TargetKind::Lifted].map(TargetName::from) {
        if let Some(bytes) = begun.bytes_of(&name)? {
            Papers::of(&begun.change).keep(&name, &bytes)?;
        }
    }
    begun.put(&TargetKind::Lifted.into(), &list.to_json(), &Value::Null)?;
    let ids: Vec<String> = arguments.ids.iter().map(|id| format!("- {id}")).collect();
    let (out, signatures) = (arguments.out.display(), Signatures::of(&begun.change)?);
    begun.finish();
    print(
        arguments.format,
        || format!("Hävs · lifted\n{}\n\nÄndring · change: {out}\n{}", ids.join("\n"), signatures.as_text()),
        || json!({ "change": out.to_string(), "lifts": arguments.ids.iter().map(TighteningId::as_str).collect::<Vec<_>>(), "signatures": signatures.as_json() }),
    )?;
    Ok(Verdict::NothingToObject)
}
