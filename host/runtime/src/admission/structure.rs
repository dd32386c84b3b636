//! How a component is built: its size, what it nests, and which proposals of WebAssembly it uses.

use wasmparser::{BinaryReaderError, Encoding, Parser, Payload, Validator};

use crate::limit::Limit;
use crate::proposals::{ACCEPTED, needed};
use crate::settings::SandboxSettings;

/// What is wrong with how a component is built.
#[derive(Debug, thiserror::Error)]
pub enum StructureFault {
    /// Over [`Limit::Component`].
    #[error("component is {found} bytes, expected at most {largest}")]
    Size {
        /// Its size.
        found: usize,
        /// What the host allows.
        largest: usize,
    },
    /// A core module, or no WebAssembly at all.
    #[error("bytes are no WebAssembly component")]
    NotAComponent,
    /// More of something than the host allows: [`Limit::CoreModules`], [`Limit::CoreInstances`], [`Limit::Nesting`].
    #[error("component has {found} {what}, expected at most {largest}")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many it has, up to where counting ended.
        found: usize,
        /// What the host allows.
        largest: usize,
    },
    /// A proposal of WebAssembly that is not accepted.
    #[error("component needs the proposal `{0}`, which is not accepted")]
    Proposal(&'static str),
    /// Not valid, by any proposal.
    #[error("component is not valid WebAssembly")]
    Invalid(#[source] BinaryReaderError),
}

/// Checks everything that can be said of a component without knowing its world, the cheapest first.
pub(super) fn check(bytes: &[u8], settings: &SandboxSettings) -> Result<(), StructureFault> {
    let largest = settings.size(Limit::Component);
    if bytes.len() > largest {
        return Err(StructureFault::Size { found: bytes.len(), largest });
    }
    if !Parser::is_component(bytes) {
        return Err(StructureFault::NotAComponent);
    }
    Counts::default().check(bytes, settings)?;
    match Validator::new_with_features(ACCEPTED).validate_all(bytes) {
        Ok(_) => Ok(()),
        Err(error) => Err(needed(bytes).map_or(StructureFault::Invalid(error), StructureFault::Proposal)),
    }
}

/// What a component holds, at any depth.
#[derive(Default)]
struct Counts {
    levels: usize,
    core_modules: usize,
    core_instances: usize,
}

impl Counts {
    fn check(mut self, bytes: &[u8], settings: &SandboxSettings) -> Result<(), StructureFault> {
        for payload in Parser::new(0).parse_all(bytes) {
            match payload.map_err(StructureFault::Invalid)? {
                Payload::Version { encoding, .. } => {
                    self.levels += 1;
                    self.core_modules += usize::from(encoding == Encoding::Module);
                }
                Payload::End(_) => self.levels = self.levels.saturating_sub(1),
                Payload::InstanceSection(section) => {
                    let more = usize::try_from(section.count()).unwrap_or(usize::MAX);
                    self.core_instances = self.core_instances.saturating_add(more);
                }
                _ => {}
            }
            for (what, found, limit) in [
                ("levels of nesting", self.levels, Limit::Nesting),
                ("core modules", self.core_modules, Limit::CoreModules),
                ("core instances", self.core_instances, Limit::CoreInstances),
            ] {
                let largest = settings.size(limit);
                if found > largest {
                    return Err(StructureFault::TooMany { what, found, largest });
                }
            }
        }
        Ok(())
    }
}
