//! `ssbtx policy review`.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use ssbtx_review::{Review, review_as_json, review_as_page, review_as_text};

use super::components::Components;
use super::terms::{Terms, print};
use super::{Failed, Verdict};

/// What is compared.
#[derive(Args)]
pub struct Arguments {
    /// The policy in force, then the one that is proposed; with --first only the latter
    #[arg(required = true, num_args = 1..=2, value_name = "POLICY.wasm")]
    policies: Vec<PathBuf>,
    /// The role has no policy yet: everything that this one opens is told
    #[arg(long)]
    first: bool,
    /// Also write the review as a page to print and sign
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    #[command(flatten)]
    terms: Terms,
}

/// Compares and tells.
pub(super) async fn run(arguments: &Arguments) -> Result<Verdict, Failed> {
    let (old, new) = match (arguments.first, arguments.policies.as_slice()) {
        (true, [new]) => (None, new),
        (false, [old, new]) => (Some(old), new),
        (true, _) => return Err(Failed::NotDone(anyhow::anyhow!("--first takes one policy"))),
        (false, _) => {
            return Err(Failed::NotDone(anyhow::anyhow!("two policies are compared; for a role's first, say --first")));
        }
    };
    let components = Components::new()?;
    let listed = components.adapters(&arguments.terms.adapters).await?;
    let old = match old {
        Some(old) => Some(components.policy(old).await?),
        None => None,
    };
    let new = components.policy(new).await?;
    let (consents, today) = (arguments.terms.consents(), arguments.terms.today()?);
    let review = Review::of(old.as_ref(), &new, listed, &consents, today)
        .await
        .context("review the policy")
        .map_err(Failed::Refused)?;
    if let Some(path) = &arguments.html {
        fs::write(path, review_as_page(&review))
            .with_context(|| format!("write `{}`", path.display()))
            .map_err(Failed::NotDone)?;
    }
    print(arguments.terms.format, || review_as_text(&review), || review_as_json(&review))?;
    Ok(Verdict::NothingToObject)
}
