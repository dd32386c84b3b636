//! What components may use.

use ssbtx_config_file::Table;
use ssbtx_runtime::{CompiledCode, Limit, SandboxSettings};

use super::Reading;

impl Reading<'_> {
    /// Reads the limits, by name, such as `call-time-ms = 100`, and opens the folder of compiled code, where `[trust]` names one.
    pub(super) fn sandbox(&self, trust: Option<&Table<'_>>) -> Option<SandboxSettings> {
        let names = Limit::ALL.map(key_of);
        let table = self.root.table("sandbox", &names.each_ref().map(String::as_str));
        let mut settings = SandboxSettings::default();
        for (limit, name) in Limit::ALL.into_iter().zip(&names) {
            let range = limit.range();
            let value = table.number(name, &(range.smallest..=range.largest), range.default);
            if value != range.default {
                settings = table.taken(name, settings.with(limit, value))?;
            }
        }
        let folder = trust?.optional_path(COMPILED_CODE, "the folder of compiled code")?;
        let Some(folder) = folder else { return Some(settings) };
        Some(settings.with_compiled_code(trust?.taken(COMPILED_CODE, CompiledCode::open(&folder))?))
    }
}

/// A limit's key in the file: kebab case, as all keys.
fn key_of(limit: Limit) -> String {
    limit.name().replace('_', "-")
}

const COMPILED_CODE: &str = "compiled-code";
