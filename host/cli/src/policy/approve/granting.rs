//! What an agency signs: the grant that a policy needs of it.

use anyhow::{Context, anyhow};
use ssbtx_core::{AgencyId, Grant, Role};
use ssbtx_review::{grant_as_text, widened};
use ssbtx_signing::Change;
use ssbtx_trust::{Delegation, TargetKind, TargetName};

use super::governing::repeat;
use crate::policy::components::Components;
use crate::policy::proposal::{Papers, grant_before};
use crate::policy::{Failed, listing};

/// Shows what an agency lets through beyond what it has let through already.
///
/// # Errors
///
/// [`Failed::Refused`] where its list differs in anything else, or the grant is not the smallest that the proposed policy needs.
pub(super) async fn show(change: &Change, components: &Components, agency: AgencyId) -> Result<String, Failed> {
    let (name, role) = only_grant(change, agency)?;
    let grant = Grant::parse(&listing::carried(change, &name)?)
        .with_context(|| format!("read `{name}`"))
        .map_err(Failed::Refused)?;
    let (proposal, _) = repeat(change, components, role.clone()).await?;
    if proposal.grants().await?.get(&agency) != Some(&grant) {
        return Err(Failed::Refused(anyhow!("`{name}` is not the smallest grant that the proposed policy needs")));
    }
    let papers = Papers::of(change);
    let in_force = grant_before(change, agency, &role, |name, _| papers.kept(name))?;
    let new = match &in_force {
        Some(in_force) => widened(&grant, in_force).context("compare the grants").map_err(Failed::NotDone)?,
        None => Some(grant.clone()),
    };
    let whole = grant_as_text(&grant, &proposal.listed);
    Ok(match (new, in_force) {
        (Some(new), Some(_)) => format!(
            "Nytt mot medgivandet i kraft · new beside the grant in force\n{}\nHela medgivandet · the whole grant\n{whole}",
            grant_as_text(&new, &proposal.listed)
        ),
        (Some(_), None) | (None, _) => whole,
    })
}

/// The one grant in which an agency's list differs. Whoever signs signs the whole list, its adapter with it.
fn only_grant(change: &Change, agency: AgencyId) -> Result<(TargetName, Role), Failed> {
    let name = listing::only_difference(change, Delegation::Agency(agency))?;
    match name.kind() {
        TargetKind::Grant { role, .. } => Ok((name.clone(), role.clone())),
        _ => Err(Failed::Refused(anyhow!("the change differs in `{name}` of `{agency}`, expected a grant"))),
    }
}
