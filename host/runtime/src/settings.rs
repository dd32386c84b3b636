//! What the operator sets of the sandbox.

use std::collections::BTreeMap;

use crate::compiled_code::CompiledCode;
use crate::limit::{Limit, Range};

/// The limits of a sandbox, and where it keeps machine code. Every limit has a value at all times: unlimited does not exist.
///
/// # Examples
///
/// ```
/// use ssbtx_runtime::{Limit, SandboxSettings};
///
/// let settings = SandboxSettings::default().with(Limit::CallTime, 100)?;
/// assert_eq!(settings.value(Limit::CallTime), 100);
/// assert!(SandboxSettings::default().with(Limit::CallTime, 0).is_err());
/// # Ok::<(), ssbtx_runtime::OutOfRange>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SandboxSettings {
    // Those that are not the default.
    set: BTreeMap<Limit, u64>,
    compiled_code: Option<CompiledCode>,
}

impl SandboxSettings {
    /// Sets a limit, in the unit that [`Limit`] gives for it.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`] when the value is below the smallest or above the largest.
    pub fn with(mut self, limit: Limit, value: u64) -> Result<Self, OutOfRange> {
        let Range { smallest, largest, .. } = limit.range();
        if !(smallest..=largest).contains(&value) {
            return Err(OutOfRange { limit: limit.name(), found: value, smallest, largest });
        }
        self.set.insert(limit, value);
        Ok(self)
    }

    /// Keeps the machine code of components there, and takes it from there. Without this, every component is compiled in every process.
    #[must_use]
    pub fn with_compiled_code(self, compiled_code: CompiledCode) -> Self {
        Self { compiled_code: Some(compiled_code), ..self }
    }

    /// Where machine code is kept, where it is.
    pub(crate) fn compiled_code(&self) -> Option<&CompiledCode> {
        self.compiled_code.as_ref()
    }

    /// A limit's value.
    pub fn value(&self, limit: Limit) -> u64 {
        self.set.get(&limit).copied().unwrap_or_else(|| limit.range().default)
    }

    /// A limit's value as a number of things in memory.
    pub(crate) fn size(&self, limit: Limit) -> usize {
        // Where it does not fit, nothing of that size fits either.
        usize::try_from(self.value(limit)).unwrap_or(usize::MAX)
    }

    /// A limit's value as a count.
    pub(crate) fn count(&self, limit: Limit) -> u32 {
        u32::try_from(self.value(limit)).unwrap_or(u32::MAX)
    }

    /// The memory that a call gets whose component asks for this much, or for nothing.
    pub(crate) fn granted_memory(&self, asked: Option<u64>) -> usize {
        let largest = self.value(Limit::LargestMemory);
        let granted = asked.unwrap_or_else(|| self.value(Limit::Memory)).min(largest);
        usize::try_from(granted).unwrap_or(usize::MAX)
    }
}

/// A value that a limit cannot have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("limit `{limit}` is {found}, expected {smallest} to {largest}")]
pub struct OutOfRange {
    limit: &'static str,
    found: u64,
    smallest: u64,
    largest: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_lies_in_its_range() {
        for limit in Limit::ALL {
            let default = limit.range().default;
            assert!(SandboxSettings::default().with(limit, default).is_ok(), "{}", limit.name());
        }
    }

    #[test]
    fn err_limit_outside_its_range() {
        for limit in Limit::ALL {
            let range = limit.range();
            for value in [range.smallest - 1, range.largest + 1] {
                assert!(SandboxSettings::default().with(limit, value).is_err(), "{} {value}", limit.name());
            }
        }
        let error = SandboxSettings::default().with(Limit::Nesting, 17).unwrap_err();
        assert_eq!(error.to_string(), "limit `nesting_levels` is 17, expected 2 to 16");
    }

    #[test]
    fn a_component_is_granted_no_more_memory_than_the_host_allows() {
        let settings = SandboxSettings::default();
        assert_eq!(settings.granted_memory(None), 32 << 20);
        assert_eq!(settings.granted_memory(Some(1 << 20)), 1 << 20);
        assert_eq!(settings.granted_memory(Some(u64::MAX)), 64 << 20);
        let small = settings.with(Limit::LargestMemory, 1 << 20).unwrap();
        assert_eq!(small.granted_memory(None), 1 << 20);
    }
}
