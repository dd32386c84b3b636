//! `ssbtx repo timestamp`.

use std::path::PathBuf;

use clap::Args;
use jiff::SignedDuration;
use ssbtx_signing::Lifetime;

use super::Failed;
use super::publish::{SharedArguments, failed, runtime};
use crate::key::OnlineKeyArguments;

/// Where, and by which keys.
#[derive(Args)]
pub struct Arguments {
    /// The repository
    #[arg(value_name = "DIR")]
    repository: PathBuf,
    #[command(flatten)]
    keys: OnlineKeyArguments,
    /// The snapshot is signed anew when it expires within so many days
    #[arg(long, value_name = "DAYS", default_value = "3")]
    renew_snapshot_within: Lifetime,
    #[command(flatten)]
    shared: SharedArguments,
}

/// Signs anew, publishes, and prints which files are new.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failed> {
    let keys = arguments.keys.open()?;
    let mut publication = arguments.shared.publication(&arguments.repository, keys.keys());
    publication.renew_snapshot_within =
        SignedDuration::from_hours(24 * i64::from(arguments.renew_snapshot_within.days()));
    let staged = runtime()?.block_on(publication.stage_renewal()).map_err(failed)?;
    let published = staged.publish().map_err(failed)?;
    arguments.shared.tell(&published, None)
}
