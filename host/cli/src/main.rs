//! The binary `ssbtx`: reads the operator's configuration and runs the host.

mod adapter;
mod audit_command;
mod check;
mod config;
mod config_file;
mod loading;
mod logging;
mod outside;
mod policy;
mod serve;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// SSBTX, the composite base service of Sweden's welfare case work.
#[derive(Parser)]
#[command(name = "ssbtx", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs the host until it is told to stop (SIGTERM or Ctrl-C)
    ///
    /// When it serves, it prints one line of JSON on standard output: {"address":"…"}. Logs go to standard error.
    Serve {
        /// The configuration
        #[arg(long, default_value = "ssbtx.toml")]
        config: PathBuf,
    },
    /// Reads a configuration, reports everything that is wrong with it, and ends
    ///
    /// It reads every certificate and key, verifies the repository and admits its components. It does not listen and does not open the audit log,
    /// so it may be run beside a host that serves.
    Check {
        /// The configuration
        #[arg(long, default_value = "ssbtx.toml")]
        config: PathBuf,
    },
    /// Begins an agency's adapter, looks at it and tries it, before anybody signs it
    Adapter {
        #[command(subcommand)]
        command: adapter::AdapterCommand,
    },
    /// Reviews a policy, before anybody signs it
    Policy {
        #[command(subcommand)]
        command: policy::PolicyCommand,
    },
    /// Works with the audit log
    Audit {
        #[command(subcommand)]
        command: AuditCommand,
    },
}

#[derive(Subcommand)]
enum AuditCommand {
    /// Verifies the chain of an audit log and says how many records it holds
    Verify {
        /// The log's folder
        directory: PathBuf,
    },
}

fn main() -> anyhow::Result<ExitCode> {
    match Arguments::parse().command {
        Command::Serve { config } => serve::run(&config)?,
        Command::Check { config } => check::run(&config)?,
        Command::Adapter { command } => return Ok(adapter::run(&command)),
        Command::Policy { command } => return Ok(policy::run(&command)),
        Command::Audit { command: AuditCommand::Verify { directory } } => audit_command::verify(&directory)?,
    }
    Ok(ExitCode::SUCCESS)
}
