//! `ssbtx policy approve`.

mod governing;
mod granting;
mod withholding;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, anyhow};
use clap::Args;
use serde_json::json;
use ssbtx_signing::{Change, OfflineRole, Signer};
use ssbtx_trust::Delegation;

use super::components::Components;
use super::confirm::confirm;
use super::signatures::Signatures;
use super::terms::{Format, print};
use super::{Failed, Verdict, listing};
use crate::key::KeyArguments;
use crate::repo::{self, open};

pub(super) use governing::repeat;
pub(super) use withholding::tightening_as_text;

/// What is approved, and by whom.
#[derive(Args)]
pub struct Arguments {
    /// The change, as `policy propose`, `tighten`, `lift` or `shadow` wrote it
    #[arg(value_name = "CHANGE")]
    change: PathBuf,
    #[command(flatten)]
    key: KeyArguments,
    /// What you sign as: `governance`, `tightening`, `shadow`, or an agency such as `af`, which signs for what it lets through
    #[arg(long = "as", value_name = "ROLE", default_value = "governance")]
    role: Delegation,
    /// The first root that you trust, by another way than the change: without it the change is believed as to what was in force before
    #[arg(long, value_name = "root.json")]
    root: Option<PathBuf>,
    /// Sign without asking: what is signed is shown all the same
    #[arg(long)]
    yes: bool,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Repeats what the change claims, shows it, asks, and signs.
pub(super) async fn run(arguments: &Arguments) -> Result<Verdict, Failed> {
    let mut change = open(&arguments.change)?;
    let role = OfflineRole::Delegated(arguments.role);
    if !listing::is_changed(&change, arguments.role) {
        let asked: Vec<String> = change.roles().map(|role| format!("`{role}`")).collect();
        return Err(Failed::NotDone(anyhow!(
            "the change asks nothing of `{role}`, it asks {} (--as)",
            asked.join(", ")
        )));
    }
    descends(&change, arguments.root.as_ref())?;
    let shown = match arguments.role {
        Delegation::Governance => governing::show(&change, &Components::new()?).await?,
        Delegation::Agency(agency) => granting::show(&change, &Components::new()?, agency).await?,
        Delegation::Tightening => withholding::show_tightening(&change)?,
        Delegation::Shadow => withholding::show_shadow(&change, &Components::new()?).await?,
    };
    match arguments.format {
        Format::Text => repo::print(&shown)?,
        Format::Json => eprintln!("{shown}"),
    }
    if arguments.root.is_none() {
        eprintln!(
            "Obs: ändringen har inte jämförts med en rot som du litar på (--root). \
             Note: the change was not compared with a root that you trust (--root)."
        );
    }
    // Asked before the key is used: a token may light up or count its signatures.
    if !confirm("Skriver du under detta? (ja/nej) · Do you sign this? (yes/no)", arguments.yes)? {
        let signatures = Signatures::of(&change)?;
        print(
            arguments.format,
            || "Inget är underskrivet · nothing is signed".to_owned(),
            || json!({ "signedAs": null, "signatures": signatures.as_json() }),
        )?;
        return Ok(Verdict::Objections);
    }
    let signer = arguments.key.open()?;
    sign(&mut change, role, &*signer)?;
    let signatures = Signatures::of(&change)?;
    print(
        arguments.format,
        || format!("Underskrivet som {role} · signed as {role}\n\n{}", signatures.as_text()),
        || json!({ "signedAs": role.to_string(), "signatures": signatures.as_json() }),
    )?;
    Ok(Verdict::NothingToObject)
}

/// Signs one role of a change.
pub(super) fn sign(change: &mut Change, role: OfflineRole, signer: &dyn Signer) -> Result<(), Failed> {
    change.sign(role, signer).map(|_| ()).with_context(|| format!("sign as `{role}`")).map_err(Failed::Refused)
}

/// Verifies a change against one of the roots that it descends from.
fn descends(change: &Change, root: Option<&PathBuf>) -> Result<(), Failed> {
    let (Some(path), Some(base)) = (root, change.base()) else { return Ok(()) };
    let trusted = fs::read(path).with_context(|| format!("read `{}`", path.display())).map_err(Failed::NotDone)?;
    base.verify(Some(&trusted)).context("verify what the change was made against").map_err(Failed::Refused)
}
