//! What a component takes from outside, which is nothing, and what it offers, which is exactly its world.

use wasmparser::{ComponentExternalKind, Parser, Payload};
use wasmtime::Engine;
use wasmtime::component::Component;
use wasmtime::component::types::{ComponentInstance, ComponentItem};

/// A world: one interface with its functions, and beside it the catalogue's types, of which nothing can be called.
pub(crate) struct World {
    pub(crate) interface: &'static str,
    pub(crate) functions: &'static [&'static str],
}

/// What of a component does not follow its world. Names in it are the component's own, cut to 128 characters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WorldFault {
    /// It imports something, if only types.
    #[error("component imports `{0}`, expected no import")]
    Import(String),
    /// It does not export an interface of its world.
    #[error("component does not export `{0}`")]
    MissingExport(&'static str),
    /// It exports something that its world does not have.
    #[error("component exports `{0}`, which its world does not have")]
    SurplusExport(String),
    /// Its interface lacks a function.
    #[error("component's `{interface}` has no function `{function}`")]
    MissingFunction {
        /// The interface.
        interface: &'static str,
        /// The function.
        function: &'static str,
    },
    /// One of its interfaces holds something that the world's does not.
    #[error("component's `{interface}` has `{item}`, which the world does not have")]
    SurplusItem {
        /// The interface.
        interface: &'static str,
        /// What it holds.
        item: String,
    },
    /// A function takes or gives other types than the contract says.
    #[error("component's `{interface}` has a function of another type than the contract")]
    Signature {
        /// The interface.
        interface: &'static str,
    },
}

impl World {
    /// Checks a valid component's imports and exports by name, before any of it is compiled.
    pub(super) fn check_outside(&self, bytes: &[u8]) -> Result<(), WorldFault> {
        let mut level = 0_usize;
        let mut missing = vec![self.interface, CATALOGUE];
        // The bytes were validated, so that what cannot be read is not there.
        for payload in Parser::new(0).parse_all(bytes).filter_map(Result::ok) {
            match payload {
                Payload::Version { .. } => level += 1,
                Payload::End(_) => level = level.saturating_sub(1),
                Payload::ComponentImportSection(section) if level == 1 => {
                    if let Some(import) = section.into_iter().find_map(Result::ok) {
                        return Err(WorldFault::Import(shown(import.name.name)));
                    }
                }
                Payload::ComponentExportSection(section) if level == 1 => {
                    for export in section.into_iter().filter_map(Result::ok) {
                        let name = export.name.name;
                        if export.kind != ComponentExternalKind::Instance
                            || ![self.interface, CATALOGUE].contains(&name)
                        {
                            return Err(WorldFault::SurplusExport(shown(name)));
                        }
                        missing.retain(|expected| *expected != name);
                    }
                }
                _ => {}
            }
        }
        missing.first().map_or(Ok(()), |name| Err(WorldFault::MissingExport(name)))
    }

    /// Checks what a component's interfaces hold. Their functions' types are checked when it is first instantiated.
    pub(super) fn check_inside(&self, engine: &Engine, component: &Component) -> Result<(), WorldFault> {
        let component = component.component_type();
        if let Some((name, _)) = component.imports(engine).next() {
            return Err(WorldFault::Import(shown(name)));
        }
        for (interface, functions) in [(self.interface, self.functions), (CATALOGUE, &[])] {
            match component.get_export(engine, interface).map(|export| export.ty) {
                Some(ComponentItem::ComponentInstance(instance)) => {
                    check_interface(engine, interface, functions, &instance)?;
                }
                _ => return Err(WorldFault::MissingExport(interface)),
            }
        }
        Ok(())
    }

    /// That a function has another type.
    pub(crate) fn wrong_signature(&self) -> WorldFault {
        WorldFault::Signature { interface: self.interface }
    }
}

fn check_interface(
    engine: &Engine,
    interface: &'static str,
    functions: &[&'static str],
    instance: &ComponentInstance,
) -> Result<(), WorldFault> {
    for (name, item) in instance.exports(engine) {
        let expected = match item.ty {
            ComponentItem::ComponentFunc(_) => functions.contains(&name),
            ComponentItem::Type(_) => true,
            _ => false,
        };
        if !expected {
            return Err(WorldFault::SurplusItem { interface, item: shown(name) });
        }
    }
    let missing = functions.iter().copied().find(|function| instance.get_export(engine, function).is_none());
    missing.map_or(Ok(()), |function| Err(WorldFault::MissingFunction { interface, function }))
}

/// A component's own name for something, short enough to be read.
fn shown(name: &str) -> String {
    name.chars().take(128).collect()
}

/// The interface of the catalogue's types.
const CATALOGUE: &str = "ssbtx:catalogue/types@1.0.0";
