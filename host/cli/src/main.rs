//! The binary `ssbtx`: reads the operator's configuration and runs the host.

mod adapter;
mod audit_care;
mod audit_command;
mod cases;
mod certificates;
mod check;
mod commanding;
mod config;
mod config_command;
mod config_file;
mod demonstration;
mod hygiene;
mod key;
mod loading;
mod logging;
mod memory;
mod operating;
mod outside;
mod policy;
mod process;
mod reloading;
mod repo;
mod serve;
mod service_manager;
mod telemetry;
mod verify;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// A question makes some ten thousand small pieces of memory on whichever thread, and frees them on another: what the system's allocator takes for that
/// was a fifth of the host's time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// SSBTX, the composite base service of Sweden's welfare case work.
///
/// Every command ends with 0 where all is well; what else it may end with, its own --help says. Results go to standard output, what stands in the
/// way of one to standard error.
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
    /// On SIGHUP it reads its configuration anew. On SIGTERM it drains first: docs/configuration.md says how.
    ///
    /// When it serves, it prints one line of JSON on standard output: {"address":"…"}, with "admin" where it has such a listener. Logs go to
    /// standard error. It takes over what is new in the repository while it serves. Ends with 0 when it was told to stop, and 1 if it cannot serve.
    Serve {
        /// The configuration
        #[arg(long, default_value = "ssbtx.toml")]
        config: PathBuf,
        /// Runs with keys that the demo made, which protect nothing
        #[arg(long)]
        demo: bool,
    },
    /// Reads a configuration, reports everything that is wrong with it, and ends
    ///
    /// It reads every certificate and key, verifies the repository, admits its components and tests them. It does not listen, does not open the
    /// audit log and leaves the last good copy alone, so it may be run beside a host that serves. Ends with 0 if a host would start, and 1 if not.
    Check {
        /// The configuration
        #[arg(long, default_value = "ssbtx.toml")]
        config: PathBuf,
        /// Accepts keys that the demo made, which protect nothing
        #[arg(long)]
        demo: bool,
    },
    /// For operators: what is wrong with a configuration, and what is in force by it
    Config {
        #[command(subcommand)]
        command: config_command::ConfigCommand,
    },
    /// For agencies: begins an adapter, checks and tries it, signs it and publishes it
    Adapter {
        #[command(subcommand)]
        command: adapter::AdapterCommand,
    },
    /// For governance: begins, reviews, proposes, signs and publishes a policy, withholds at once, and looks back on what was decided
    Policy {
        #[command(subcommand)]
        command: policy::PolicyCommand,
    },
    /// For everybody who signs: makes and shows the keys of persons and machines
    Key {
        #[command(subcommand)]
        command: key::KeyCommand,
    },
    /// For officers and operators: makes the trust repository, changes who signs what, publishes what is signed, and tells what is due
    Repo {
        #[command(subcommand)]
        command: repo::RepoCommand,
    },
    /// Verifies a repository: everything that a host would refuse
    ///
    /// Signatures, thresholds of persons, expiry and structure; then components are admitted, run their own cases, and every policy is held
    /// against the agencies' grants in every context. Ends with 0 if a host takes it, 1 if it does not, and 2 if a file cannot be read.
    Verify(verify::Arguments),
    /// Prints the statements that make the tables of open cases in PostgreSQL, and in a comment the rights that a host's role needs
    CasesSchema,
    /// For auditors: verifies the audit log, proves what is in it, and exports from it
    Audit {
        #[command(subcommand)]
        command: audit_command::AuditCommand,
    },
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Serve { config, demo } => serve::run(&config, demonstration::Allowed(demo)),
        Command::Check { config, demo } => check::run(&config, demonstration::Allowed(demo)),
        Command::Config { command } => config_command::run(&command),
        Command::Adapter { command } => return adapter::run(&command),
        Command::Policy { command } => return policy::run(&command),
        Command::Key { command } => return key::run(&command),
        Command::Repo { command } => return repo::run(&command),
        Command::Verify(arguments) => return verify::run(&arguments),
        Command::CasesSchema => {
            print!("{}", ssbtx_open_cases::POSTGRES_SCHEMA);
            Ok(())
        }
        Command::Audit { command } => audit_command::run(&command),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Error: {error:#}");
            ExitCode::from(1)
        }
    }
}
