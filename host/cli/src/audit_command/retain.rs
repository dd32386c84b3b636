//! `ssbtx audit retain`.

use anyhow::{Context, Result, bail};
use jiff::Timestamp;
use ssbtx_audit::{Place, Retained, retain};

use super::opened;
use super::questions::{ConfigArgument, anyway, search};
use crate::repo::print;

/// Removes what is older than it is kept, from a log that no host has open.
pub(super) fn run(config: &ConfigArgument) -> Result<()> {
    let audit = config.load()?.audit;
    let Some(retention) = audit.questions.retention else {
        bail!("`[audit] retention-days` is not set: nothing is ever removed");
    };
    let runtime = opened::runtime()?;
    let log = opened::log(&audit, "it removes what is too old once a day")?;
    let now = Timestamp::now();
    let removed = retain(audit.place(), retention.limit(now), &log.notes(), now, runtime.handle());
    let removed = removed.context("remove what is older than it is kept")?;
    // It forgets them too.
    search(audit.place(), false)?.catch_up().context("bring the index up to the log")?;
    if let Some(ahead) = removed.ahead {
        eprintln!("record {ahead} is of a time that has not come: it and what follows it is not removed");
    }
    match (removed, audit.place()) {
        (Retained { through: 0, .. }, _) => print("nothing is older than it is kept"),
        (Retained { segments, through, .. }, Place::Folder(_)) => {
            print(format_args!("{segments} segments removed, through record {through}"))
        }
        (Retained { through, .. }, Place::Postgres(_)) => print(format_args!("rows removed, through record {through}")),
    }
    .map_err(anyway)
}
