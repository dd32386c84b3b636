//! `ssbtx policy explain`.

use std::path::PathBuf;

use anyhow::{Context, anyhow};
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use ssbtx_core::{AgencyId, BasisId, Context as Asked, PurposeCode, Relation};
use ssbtx_review::{Effect, Explanation, NoExplanation, explanation_as_json, explanation_as_text};

use super::components::Components;
use super::terms::{Format, print, today};
use super::{Failed, Verdict};

/// What is asked about.
#[derive(Args)]
pub struct Arguments {
    /// The policy
    #[arg(value_name = "POLICY.wasm")]
    policy: PathBuf,
    /// The folder with the adapters: DIR/*.wasm and DIR/*/adapter.wasm
    #[arg(long, value_name = "DIR")]
    adapters: PathBuf,
    /// The element: base service and path, such as AF/Svar/Fornamn
    #[arg(long, value_name = "AGENCY/PATH")]
    element: String,
    /// The day of the question, yyyy-MM-dd; otherwise today in Sweden
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// Whom the question is about
    #[arg(long, value_enum, default_value_t = About::Subject)]
    relation: About,
    /// The person's identity is protected
    #[arg(long)]
    protected_identity: bool,
    /// A consent that the person has given; may be repeated
    #[arg(long = "consent", value_name = "NAME")]
    consents: Vec<BasisId>,
    /// How the result is printed; as JSON it is a list, since two elements may share a path
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// Whom a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum About {
    /// The person that the case is about
    Subject,
    /// An adult of the household
    HouseholdAdult,
    /// A child of the household
    HouseholdChild,
}

/// Explains.
pub(super) async fn run(arguments: &Arguments) -> Result<Verdict, Failed> {
    let (agency, path) = element(&arguments.element)?;
    let components = Components::new()?;
    let listed = components.adapters(&arguments.adapters).await?;
    let policy = components.policy(&arguments.policy).await?;
    let context = Asked {
        role: policy.role().clone(),
        purpose: PurposeCode::CASE_WORK.parse().context("name the purpose").map_err(Failed::NotDone)?,
        relation: match arguments.relation {
            About::Subject => Relation::Subject,
            About::HouseholdAdult => Relation::HouseholdAdult,
            About::HouseholdChild => Relation::HouseholdChild,
        },
        consents: arguments.consents.clone(),
        protected_identity: arguments.protected_identity,
        asked_on: today(arguments.on)?,
    };
    let explained = Explanation::of(&policy, &listed, &context, agency, path).await.map_err(failed)?;
    // In JSON an object and a list may share a path, and then both are explained.
    print(
        arguments.format,
        || explained.iter().map(explanation_as_text).collect::<Vec<_>>().join("\n"),
        || explained.iter().map(explanation_as_json).collect(),
    )?;
    let withheld = explained.iter().all(|explanation| explanation.cell.effect == Effect::NotDisclosed);
    Ok(if withheld { Verdict::Objections } else { Verdict::NothingToObject })
}

/// Base service and path.
fn element(text: &str) -> Result<(AgencyId, &str), Failed> {
    let (agency, path) = text.split_once('/').unwrap_or((text, ""));
    let agency = agency.parse().map_err(|error| Failed::NotDone(anyhow!("element `{text}`: {error}")))?;
    Ok((agency, path))
}

fn failed(error: NoExplanation) -> Failed {
    match error {
        NoExplanation::Refused(_) => Failed::Refused(error.into()),
        NoExplanation::OtherRole { .. } | NoExplanation::NoSuchAgency(_) | NoExplanation::NoSuchElement { .. } => {
            Failed::NotDone(error.into())
        }
    }
}
