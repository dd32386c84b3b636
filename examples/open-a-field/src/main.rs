//! A change of law, from the signed policy to the caseworker's screen, and its withdrawal: every command is the one that people would type.
//!
//! `cargo xtask open-a-field` builds everything and runs this. The story goes to standard output; a running host is never restarted in it.

#![allow(clippy::indexing_slicing, reason = "a JSON value gives null for what it lacks, and never panics")]

mod host;
mod people;
mod repository;
mod sight;
mod story;
mod tool;

use anyhow::Result;
use clap::Parser;

/// A law opens a field for a role: review, signatures, publication, answer, audit, withdrawal
#[derive(Parser)]
#[command(name = "cargo xtask open-a-field", bin_name = "cargo xtask open-a-field")]
struct Arguments {}

#[tokio::main]
async fn main() -> Result<()> {
    let Arguments {} = Arguments::parse();
    story::tell().await
}
