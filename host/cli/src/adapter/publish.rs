//! `ssbtx adapter publish`.

use clap::Args;

use crate::repo::{self, Failed, PublishArguments};

/// What is published, where, and by which keys.
#[derive(Args)]
pub struct Arguments {
    #[command(flatten)]
    publishing: PublishArguments,
}

/// Publishes as every change is published: if a host would take the set.
pub fn run(arguments: &Arguments) -> Result<(), Failed> {
    repo::publish(&arguments.publishing)
}
