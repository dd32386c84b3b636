//! How long new metadata is valid, as commands are told.

use clap::Args;
use jiff::Timestamp;
use ssbtx_signing::{Lifetime, Lifetimes, Terms};

/// Days from now; each has its default.
#[derive(Args)]
pub struct LifetimeArguments {
    /// Days that root is valid
    #[arg(help_heading = "Validity", long = "root-days", id = "root-days", value_name = "DAYS", default_value_t = Lifetimes::default().root)]
    root: Lifetime,
    /// Days that targets are valid
    #[arg(help_heading = "Validity", long = "targets-days", id = "targets-days", value_name = "DAYS", default_value_t = Lifetimes::default().targets)]
    targets: Lifetime,
    /// Days that governance's and agencies' metadata is valid
    #[arg(help_heading = "Validity", long = "delegation-days", id = "delegation-days", value_name = "DAYS", default_value_t = Lifetimes::default().delegations)]
    delegations: Lifetime,
}

/// Days from now that what machines sign is valid.
#[derive(Args)]
pub struct OnlineLifetimeArguments {
    /// Days that the snapshot is valid
    #[arg(help_heading = "Validity", long = "snapshot-days", id = "snapshot-days", value_name = "DAYS", default_value_t = Lifetimes::default().snapshot)]
    snapshot: Lifetime,
    /// Days that the timestamp is valid
    #[arg(help_heading = "Validity", long = "timestamp-days", id = "timestamp-days", value_name = "DAYS", default_value_t = Lifetimes::default().timestamp)]
    timestamp: Lifetime,
}

impl LifetimeArguments {
    /// From now on.
    pub fn terms(&self) -> Terms {
        let lifetimes =
            Lifetimes { root: self.root, targets: self.targets, delegations: self.delegations, ..Lifetimes::default() };
        Terms { now: Timestamp::now(), lifetimes }
    }
}

impl OnlineLifetimeArguments {
    /// From now on.
    pub fn terms(&self) -> Terms {
        let lifetimes = Lifetimes { snapshot: self.snapshot, timestamp: self.timestamp, ..Lifetimes::default() };
        Terms { now: Timestamp::now(), lifetimes }
    }
}
