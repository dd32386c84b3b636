//! What governance signs: a policy that was reviewed, or the lifting of what was withheld.

use anyhow::anyhow;
use serde_json::Value;
use ssbtx_core::{Role, Sha256Digest};
use ssbtx_review::review_as_text;
use ssbtx_signing::Change;
use ssbtx_trust::{ComponentKind, Delegation, TargetKind, TargetName};

use super::withholding;
use crate::policy::components::Components;
use crate::policy::proposal::{Papers, Proposal, Reviewed};
use crate::policy::{Failed, listing};

/// Repeats the review of the policy that a change proposes, and gives it as text.
///
/// # Errors
///
/// [`Failed::Refused`] where governance's list differs in anything else, or the review is not the one whose digest is to be signed.
pub(super) async fn show(change: &Change, components: &Components) -> Result<String, Failed> {
    match listing::only_difference(change, Delegation::Governance)?.kind() {
        TargetKind::Component(ComponentKind::Policy(role)) => {
            let (proposal, reviewed) = repeat(change, components, role.clone()).await?;
            let digest = Sha256Digest::of(&reviewed.file);
            Ok(format!(
                "{}\nSHA-256 för policyn · of the policy: {}\nSHA-256 för granskningen · of the review: {digest}\n",
                review_as_text(&reviewed.review),
                proposal.sha256()
            ))
        }
        TargetKind::Lifted => withholding::show_lifted(change),
        TargetKind::Component(_) | TargetKind::Grant { .. } | TargetKind::Tightening => {
            Err(Failed::Refused(anyhow!("the change lists something with governance that is not governance's")))
        }
    }
}

/// Reviews the policy of a change from the bytes that travel with it, and holds the result to what is signed.
pub(in crate::policy) async fn repeat(
    change: &Change,
    components: &Components,
    role: Role,
) -> Result<(Proposal, Reviewed), Failed> {
    let name: TargetName = ComponentKind::Policy(role.clone()).into();
    let new = listing::carried(change, &name)?;
    let papers = Papers::of(change);
    let (today, consents) = papers.terms()?;
    let bytes_of = |name: &TargetName, _| papers.kept(name);
    let proposal = Proposal::admit(components, change, role, new, bytes_of, consents, today).await?;
    let reviewed = proposal.review().await?;
    let (found, on_file) = (Sha256Digest::of(&reviewed.file), papers.review_digest()?);
    if found != on_file {
        return Err(Failed::Refused(anyhow!(
            "review that travels with the change is `{on_file}`, repeated it is `{found}`"
        )));
    }
    let signed = listing::target(change, &name).map_or(Value::Null, |listed| listed.custom);
    let expected = proposal.custom(&reviewed);
    if signed != expected {
        return Err(Failed::Refused(anyhow!(
            "what is to be signed beside `{name}` is `{signed}`, repeated it is `{expected}`"
        )));
    }
    Ok((proposal, reviewed))
}
