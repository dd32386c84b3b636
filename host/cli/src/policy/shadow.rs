//! `ssbtx policy shadow`.

use std::path::PathBuf;

use anyhow::{Context, anyhow};
use clap::Args;
use jiff::Timestamp;
use serde_json::{Value, json};
use ssbtx_core::Role;
use ssbtx_signing::Terms;
use ssbtx_trust::{ComponentKind, Delegation, TargetName};

use super::approve::sign;
use super::begun::Begun;
use super::components::{Components, read};
use super::signatures::Signatures;
use super::terms::{Format, print};
use super::{Failed, Verdict};
use crate::key::OptionalKeyArguments;

/// Which policy runs beside the one that decides.
#[derive(Args)]
pub struct Arguments {
    /// The policy; with --remove none
    #[arg(value_name = "NEW.wasm", required_unless_present = "remove", conflicts_with = "remove")]
    policy: Option<PathBuf>,
    /// The repository
    #[arg(long, value_name = "DIR")]
    repository: PathBuf,
    /// The role that it is for
    #[arg(long)]
    role: Role,
    /// Where the change is written: a folder that is not there yet
    #[arg(long, value_name = "CHANGE")]
    out: PathBuf,
    /// Take the role's shadow away
    #[arg(long)]
    remove: bool,
    #[command(flatten)]
    key: OptionalKeyArguments,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Writes the change, and signs it where a key is given: a shadow discloses nothing, so one person is enough.
pub(super) async fn run(arguments: &Arguments) -> Result<Verdict, Failed> {
    let Arguments { role, out, .. } = arguments;
    let name = TargetName::from(ComponentKind::Shadow(role.clone()));
    let mut begun = Begun::new(&arguments.repository, out)?;
    let sha256 = if let Some(path) = &arguments.policy {
        let bytes = read(path)?;
        let policy = Components::new()?.policy_of(bytes.clone(), "the shadow").await?;
        if policy.role() != role {
            let found = policy.role();
            return Err(Failed::Refused(anyhow!("policy is of role `{found}`, shadow asked for `{role}`")));
        }
        begun.put(&name, &bytes, &Value::Null)?;
        Some(policy.identity().sha256.to_string())
    } else {
        let terms = Terms::at(Timestamp::now());
        let removed = begun.change.remove_target(&name, &terms);
        removed.with_context(|| format!("take `{name}` out")).map_err(Failed::NotDone)?;
        None
    };
    if let Some(signer) = arguments.key.open()? {
        sign(&mut begun.change, Delegation::Shadow.into(), &*signer)?;
    }
    let (out, signatures) = (out.display(), Signatures::of(&begun.change)?);
    begun.finish();
    print(
        arguments.format,
        || {
            let what = match &sha256 {
                Some(sha256) => format!("Körs bredvid · runs beside: {role}, SHA-256 {sha256}"),
                None => format!("Körs inte längre bredvid · no longer runs beside: {role}"),
            };
            format!("{what}\n\nÄndring · change: {out}\n{}", signatures.as_text())
        },
        || json!({ "change": out.to_string(), "role": role.as_str(), "sha256": &sha256, "signatures": signatures.as_json() }),
    )?;
    Ok(Verdict::NothingToObject)
}
