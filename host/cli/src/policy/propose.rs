//! `ssbtx policy propose`.

use std::path::PathBuf;

use anyhow::{Context, anyhow};
use clap::Args;
use jiff::civil::Date;
use serde_json::{Value, json};
use ssbtx_core::{BasisId, Grant, Role, Sha256Digest};
use ssbtx_review::{review_as_text, widened};
use ssbtx_trust::{ComponentKind, TargetName};

use super::begun::Begun;
use super::components::{Components, read};
use super::proposal::{Papers, Proposal, agencies, grant_before, grant_name, policy_name};
use super::signatures::Signatures;
use super::terms::{Format, print, today};
use super::{Failed, Verdict, listing};

/// What is proposed.
#[derive(Args)]
pub struct Arguments {
    /// The policy that is proposed
    #[arg(value_name = "NEW.wasm")]
    policy: PathBuf,
    /// The repository
    #[arg(long, value_name = "DIR")]
    repository: PathBuf,
    /// The role that the policy is for
    #[arg(long)]
    role: Role,
    /// Where the change is written: a folder that is not there yet
    #[arg(long, value_name = "CHANGE")]
    out: PathBuf,
    /// A consent that a person may give; may be repeated. A component does not tell which consents it asks for
    #[arg(long = "consent", value_name = "NAME")]
    consents: Vec<BasisId>,
    /// The day that counts as today in the review, yyyy-MM-dd; otherwise today in Sweden
    #[arg(long, value_name = "DATE")]
    today: Option<Date>,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Reviews, and writes the change that persons and agencies are asked to sign.
pub(super) async fn run(arguments: &Arguments) -> Result<Verdict, Failed> {
    let Arguments { role, out, .. } = arguments;
    let (new, name) = (read(&arguments.policy)?, policy_name(role));
    let mut begun = Begun::new(&arguments.repository, out)?;
    if listing::digest(&begun.change, &name)? == Some(Sha256Digest::of(&new)) {
        return Err(Failed::Refused(anyhow!("policy is the one in force: there is nothing to propose")));
    }
    let (consents, today) = (arguments.consents.iter().cloned().collect(), today(arguments.today)?);
    let components = Components::new()?;
    let bytes_of = |_: &TargetName, digest| begun.by_digest(digest);
    let proposal =
        Proposal::admit(&components, &begun.change, role.clone(), new.clone(), bytes_of, consents, today).await?;
    proposal.pass_its_cases(&components, &new).await?;
    let reviewed = proposal.review().await?;
    let asked = widenings(&proposal, &begun, role).await?;

    keep_in_force(&begun, role)?;
    Papers::of(&begun.change).write_review(&reviewed)?;
    begun.put(&name, &new, &proposal.custom(&reviewed))?;
    for grant in &asked {
        begun.put(&grant_name(grant.agency(), role), &grant.to_json(), &Value::Null)?;
    }
    let signatures = Signatures::of(&begun.change)?;
    begun.finish();
    print(
        arguments.format,
        || {
            let text = review_as_text(&reviewed.review);
            format!("{text}\nÄndring · change: {}\n{}\n\n{}", out.display(), told(&asked), signatures.as_text())
        },
        || {
            json!({
                "change": out.display().to_string(),
                "role": role.as_str(),
                "sha256": proposal.sha256().to_string(),
                "custom": proposal.custom(&reviewed),
                "changed": reviewed.review.changed,
                "grants": asked.iter().map(|grant| grant.agency().to_string()).collect::<Vec<_>>(),
                "signatures": signatures.as_json(),
            })
        },
    )?;
    Ok(Verdict::NothingToObject)
}

/// The grants that must be given anew, since those in force do not let through what the policy opens.
async fn widenings(proposal: &Proposal, begun: &Begun, role: &Role) -> Result<Vec<Grant>, Failed> {
    let may_sign = agencies(&begun.change);
    let mut needed = Vec::new();
    for (agency, grant) in proposal.grants().await? {
        let in_force = grant_before(&begun.change, agency, role, |_, digest| begun.by_digest(digest))?;
        let widens = match &in_force {
            Some(in_force) => {
                widened(&grant, in_force).context("compare the grants").map_err(Failed::NotDone)?.is_some()
            }
            None => true,
        };
        if !widens {
            continue;
        }
        if !may_sign.contains(&agency) {
            return Err(Failed::Refused(anyhow!(
                "policy opens elements of `{agency}`, which the repository delegates nothing to: nobody can grant them"
            )));
        }
        needed.push(grant);
    }
    Ok(needed)
}

/// Lets what is in force travel along: what it takes to repeat the review, and to show what a grant adds.
fn keep_in_force(begun: &Begun, role: &Role) -> Result<(), Failed> {
    let papers = Papers::of(&begun.change);
    let of_agencies = agencies(&begun.change)
        .into_iter()
        .flat_map(|agency| [TargetName::from(ComponentKind::Adapter(agency)), grant_name(agency, role)]);
    for name in of_agencies.chain([policy_name(role)]) {
        if let Some(bytes) = begun.bytes_of(&name)? {
            papers.keep(&name, &bytes)?;
        }
    }
    Ok(())
}

fn told(asked: &[Grant]) -> String {
    if asked.is_empty() {
        return "Inget nytt medgivande behövs · no new grant is needed".to_owned();
    }
    let names: Vec<String> = asked.iter().map(|grant| grant.agency().to_string()).collect();
    format!("Nytt medgivande behövs av · a new grant is needed of: {}", names.join(", "))
}
