//! How the host logs.

use ssbtx_config_file::Table;
use tracing_subscriber::EnvFilter;

use crate::config::{LogFormat, LogSettings};

pub(super) fn log(table: &Table<'_>) -> Option<LogSettings> {
    let format = table.choice("format", [("json", LogFormat::Json), ("text", LogFormat::Text)]);
    let filter = table.text_or("filter", "info", "levels by target, such as `info`", |text| EnvFilter::try_new(text));
    Some(LogSettings { format: format?, filter: filter? })
}
