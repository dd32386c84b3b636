//! `ssbtx policy tighten`.

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::{Context, anyhow};
use clap::{ArgGroup, Args};
use jiff::civil::Date;
use serde_json::{Value, json};
use ssbtx_core::{
    AgencyId, Bilingual, DatasetId, Role, Sha256Digest, Tightened, TightenedEntry, Tightening, TighteningId,
};
use ssbtx_review::Listed;
use ssbtx_signing::Change;
use ssbtx_trust::{Delegation, TargetKind, TargetName};

use super::approve::{sign, tightening_as_text};
use super::begun::Begun;
use super::components::Components;
use super::proposal::{adapters, policy_name};
use super::signatures::Signatures;
use super::terms::{Format, print, today};
use super::{Failed, Verdict, listing};
use crate::key::OptionalKeyArguments;

/// What is withheld, and why.
#[derive(Args)]
#[command(group = ArgGroup::new("what").required(true))]
pub struct Arguments {
    /// The repository
    #[arg(long, value_name = "DIR")]
    repository: PathBuf,
    /// Where the change is written: a folder that is not there yet
    #[arg(long, value_name = "CHANGE")]
    out: PathBuf,
    /// The tightening's name, which answers show and by which it is lifted, such as 2026-11-22-af
    #[arg(long)]
    id: TighteningId,
    /// Why, in Swedish: for those who sign and operate; answers show the name alone
    #[arg(long, value_name = "TEXT")]
    reason_sv: String,
    /// Why, in English
    #[arg(long, value_name = "TEXT")]
    reason_en: String,
    /// Everything of a base service, such as AF
    #[arg(long, group = "what", value_name = "BASE-SERVICE")]
    agency: Option<AgencyId>,
    /// One dataset, such as AF/inskrivning
    #[arg(long, group = "what", value_name = "BASE-SERVICE/DATASET")]
    dataset: Option<String>,
    /// One element with all below it, such as AF/Svar/Fornamn
    #[arg(long, group = "what", value_name = "BASE-SERVICE/PATH")]
    element: Option<String>,
    /// An adapter by its SHA-256: it is called no more
    #[arg(long, group = "what", value_name = "SHA256")]
    adapter: Option<Sha256Digest>,
    /// From this role only; may be repeated. From every role where it is left out
    #[arg(long = "role", value_name = "ROLE")]
    roles: Vec<Role>,
    /// The day on which it was decided, yyyy-MM-dd; otherwise today in Sweden. It holds from its publication whatever the day
    #[arg(long, value_name = "DATE")]
    since: Option<Date>,
    #[command(flatten)]
    key: OptionalKeyArguments,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Writes the change, and signs it where a key is given: one person is enough.
pub(super) async fn run(arguments: &Arguments) -> Result<Verdict, Failed> {
    let what = what(arguments)?;
    let mut begun = Begun::new(&arguments.repository, &arguments.out)?;
    let bytes_of = |_: &TargetName, digest| begun.by_digest(digest);
    let listed = adapters(&Components::new()?, &begun.change, bytes_of).await?;
    exists(&what, &listed)?;
    have_policies(&arguments.roles, &begun.change)?;
    let entry = TightenedEntry {
        id: arguments.id.clone(),
        since: today(arguments.since)?,
        reason: Bilingual { sv: arguments.reason_sv.clone(), en: arguments.reason_en.clone() },
        what,
        roles: (!arguments.roles.is_empty()).then(|| arguments.roles.iter().cloned().collect::<BTreeSet<_>>()),
    };
    let (id, before) = (&arguments.id, begun.tightening()?);
    // What was lifted under this name once would be lifted from its first moment.
    if begun.lifted()?.holds(id) {
        return Err(Failed::Refused(anyhow!("tightening `{id}` was lifted before; give this one another name")));
    }
    if before.entries().iter().any(|entry| entry.id == *id) {
        return Err(Failed::Refused(anyhow!("tightening `{id}` is in effect already; give this one another name")));
    }
    let entries = before.entries().iter().cloned().chain([entry]).collect();
    let list = Tightening::new(entries).context("add the tightening to the list").map_err(Failed::Refused)?;
    begun.put(&TargetKind::Tightening.into(), &list.to_json(), &Value::Null)?;
    if let Some(signer) = arguments.key.open()? {
        sign(&mut begun.change, Delegation::Tightening.into(), &*signer)?;
    }
    let (out, signatures) = (arguments.out.display(), Signatures::of(&begun.change)?);
    begun.finish();
    print(
        arguments.format,
        || format!("{}\n\nÄndring · change: {out}\n{}", tightening_as_text(&list), signatures.as_text()),
        || json!({ "change": out.to_string(), "withholds": arguments.id.as_str(), "signatures": signatures.as_json() }),
    )?;
    Ok(Verdict::NothingToObject)
}

fn what(arguments: &Arguments) -> Result<Tightened, Failed> {
    let split = |text: &str| -> Result<(AgencyId, String), Failed> {
        let (agency, rest) = text.split_once('/').ok_or_else(|| no_place(text))?;
        Ok((agency.parse().map_err(|_| no_place(text))?, rest.to_owned()))
    };
    let Arguments { agency, dataset, element, adapter, .. } = arguments;
    match (agency, dataset, element, adapter) {
        (Some(agency), _, _, _) => Ok(Tightened::Agency(*agency)),
        (_, Some(text), _, _) => {
            let (agency, dataset) = split(text)?;
            let dataset: DatasetId = dataset.parse().map_err(|_| no_place(text))?;
            Ok(Tightened::Dataset(agency, dataset))
        }
        (_, _, Some(text), _) => split(text).map(|(agency, path)| Tightened::Element(agency, path)),
        (_, _, _, Some(adapter)) => Ok(Tightened::Adapter(*adapter)),
        (None, None, None, None) => Err(Failed::NotDone(anyhow!("nothing is named that is to be withheld"))),
    }
}

fn no_place(text: &str) -> Failed {
    Failed::NotDone(anyhow!("`{}` is not a base service, `/` and what is withheld of it", text.escape_default()))
}

/// A tightening that touches nothing is a slip of the pen, and would leave open what it was meant to close.
fn exists(what: &Tightened, listed: &[Listed]) -> Result<(), Failed> {
    if listed.iter().any(|listed| what.touches(&listed.catalogue, listed.identity.sha256)) {
        return Ok(());
    }
    let named = match what {
        Tightened::Agency(agency) => agency.to_string(),
        Tightened::Dataset(agency, dataset) => format!("{agency}/{dataset}"),
        Tightened::Element(agency, path) => format!("{agency}/{}", path.escape_default()),
        Tightened::Adapter(digest) => digest.to_string(),
    };
    Err(Failed::Refused(anyhow!("no adapter of the repository has `{named}`")))
}

/// A role that no policy decides for is a slip of the pen as well: it would be withheld from nobody.
fn have_policies(roles: &[Role], change: &Change) -> Result<(), Failed> {
    for role in roles {
        if listing::digest_before(change, &policy_name(role))?.is_none() {
            return Err(Failed::Refused(anyhow!("no policy of the repository decides for role `{role}`")));
        }
    }
    Ok(())
}
