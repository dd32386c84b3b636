//! `ssbtx config`: what is wrong with a configuration, and what is in force by it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Subcommand, ValueEnum};
use jiff::Timestamp;
use serde::Serialize;
use ssbtx_config_file::Setting;

use crate::certificates::Certificate;
use crate::config::{self, Config};

/// The commands.
#[derive(Subcommand)]
pub enum ConfigCommand {
    /// Reads a configuration and every file that it names, and reports everything that is wrong, each with file and line
    ///
    /// It does not look at the repository, as `ssbtx check` does, nor at a network. Ends with 0 where nothing is wrong, and 1 otherwise. Of
    /// certificates that expire within 30 days it warns.
    Check {
        /// The configuration
        #[arg(long, default_value = "ssbtx.toml")]
        config: PathBuf,
    },
    /// Shows every key with what is in force for it, and where that comes from
    ///
    /// Of files that it names, such as keys, it shows the paths alone. Ends with 1 where something is wrong with the configuration.
    Show {
        /// The configuration
        #[arg(long, default_value = "ssbtx.toml")]
        config: PathBuf,
        /// How it is printed
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
}

/// How keys are printed.
#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    /// One key on a line, as TOML, with its origin as a comment.
    Text,
    /// As `GET /admin/configuration` shows them.
    Json,
}

/// Runs a command.
pub fn run(command: &ConfigCommand) -> Result<()> {
    match command {
        ConfigCommand::Check { config } => {
            let Config { certificates, .. } = load(config)?;
            for warning in warnings(&certificates, Timestamp::now()) {
                println!("{warning}");
            }
            println!("{} is in order", config.display());
            Ok(())
        }
        ConfigCommand::Show { config, format } => show(&load(config)?, *format),
    }
}

fn load(path: &Path) -> Result<Config> {
    config::load(path).with_context(|| format!("read the configuration `{}`", path.display()))
}

fn warnings(certificates: &[Certificate], now: Timestamp) -> Vec<String> {
    let ending = certificates.iter().filter(|certificate| certificate.ends_soon(now).is_some());
    ending.map(|Certificate { which, expires, .. }| format!("warning: {which}: expires {expires}")).collect()
}

fn show(config: &Config, format: Format) -> Result<()> {
    match format {
        Format::Text => {
            let widest = config.settings.iter().map(width).max().unwrap_or_default().min(WIDEST);
            for one in &config.settings {
                let line = format!("{} = {}", one.key, one.value);
                println!("{line:widest$}  # {}", one.origin);
            }
        }
        Format::Json => {
            let shown = Shown { certificates: &config.certificates, keys: &config.settings };
            println!("{}", serde_json::to_string_pretty(&shown).context("write the configuration as JSON")?);
        }
    }
    Ok(())
}

/// The members that `GET /admin/configuration` shows as well.
#[derive(Serialize)]
struct Shown<'c> {
    certificates: &'c [Certificate],
    keys: &'c [Setting],
}

fn width(setting: &Setting) -> usize {
    format!("{} = {}", setting.key, setting.value).chars().count()
}

/// Origins stand in one column, unless a value is longer than this.
const WIDEST: usize = 80;
