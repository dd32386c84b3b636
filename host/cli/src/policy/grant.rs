//! `ssbtx policy grant`.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, anyhow};
use clap::Args;
use ssbtx_core::{AgencyId, Grant};
use ssbtx_review::{grant_as_text, grants_for, widened};

use super::components::Components;
use super::terms::{Terms, print};
use super::{Failed, Verdict};

/// What is granted.
#[derive(Args)]
pub struct Arguments {
    /// The policy
    #[arg(value_name = "POLICY.wasm")]
    policy: PathBuf,
    /// The agency whose elements it is about, such as AF; PM too, which has no base service of its own
    #[arg(long)]
    agency: AgencyId,
    /// Where the grant is written, to be signed by the agency
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// The grant in force: only what it does not let through is shown. What is written is whole all the same
    #[arg(long, value_name = "OLD.grant.json")]
    against: Option<PathBuf>,
    #[command(flatten)]
    terms: Terms,
}

/// Finds the smallest grant, writes it and shows it.
pub(super) async fn run(arguments: &Arguments) -> Result<Verdict, Failed> {
    let components = Components::new()?;
    let listed = components.adapters(&arguments.terms.adapters).await?;
    let policy = components.policy(&arguments.policy).await?;
    let earlier = arguments.against.as_ref().map(|path| earlier(path, arguments.agency)).transpose()?;
    let grants = grants_for(&policy, &listed, &arguments.terms.consents(), arguments.terms.today()?).await;
    let grants = grants.context("find what the policy needs").map_err(Failed::Refused)?;
    let Some(grant) = grants.into_iter().find(|grant| grant.agency() == arguments.agency) else {
        let agency = arguments.agency;
        print(
            arguments.terms.format,
            || format!("Policyn öppnar ingenting av {agency}: inget medgivande behövs · it opens nothing of {agency}"),
            || serde_json::Value::Null,
        )?;
        return Ok(Verdict::NothingToObject);
    };
    if let Some(path) = &arguments.out {
        fs::write(path, grant.to_json())
            .with_context(|| format!("write `{}`", path.display()))
            .map_err(Failed::NotDone)?;
    }
    let shown = match &earlier {
        Some(earlier) => widened(&grant, earlier).context("compare the grants").map_err(Failed::NotDone)?,
        None => Some(grant),
    };
    print(
        arguments.terms.format,
        || match (&shown, &earlier) {
            (Some(new), Some(_)) => {
                format!("Nytt mot medgivandet i kraft · new beside the grant in force\n{}", grant_as_text(new, &listed))
            }
            (Some(new), None) => grant_as_text(new, &listed),
            (None, _) => {
                "Inget nytt: medgivandet i kraft räcker · nothing new: the grant in force is enough".to_owned()
            }
        },
        || shown.as_ref().map_or(serde_json::Value::Null, as_json),
    )?;
    Ok(Verdict::NothingToObject)
}

fn earlier(path: &PathBuf, agency: AgencyId) -> Result<Grant, Failed> {
    let task = || format!("read the grant `{}`", path.display());
    let bytes = fs::read(path).with_context(task).map_err(Failed::NotDone)?;
    let grant = Grant::parse(&bytes).with_context(task).map_err(Failed::NotDone)?;
    if grant.agency() != agency {
        let found = grant.agency();
        return Err(Failed::NotDone(anyhow!("grant `{}` is of `{found}`, asked about `{agency}`", path.display())));
    }
    Ok(grant)
}

fn as_json(grant: &Grant) -> serde_json::Value {
    serde_json::from_slice(&grant.to_json()).unwrap_or_default()
}
