//! What an operator is told of the sandbox.

use ssbtx_observation::Distribution;

use crate::compiled_code::CompiledCodeUse;
use crate::limit::Limit;
use crate::machine::Machine;
use crate::meters::ComponentFigures;

/// The state of a sandbox at one moment. Nothing in it is of a person, a consumer or a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SandboxFigures {
    /// How many calls may be alive at once.
    pub places: usize,
    /// How many are.
    pub places_taken: usize,
    /// How many wait for a place, in the sandbox or in the share of their component.
    pub waiting: usize,
    /// How long calls have waited for their place.
    pub waits: Distribution,
    /// Every component that was ever called, by part and name.
    pub components: Vec<ComponentFigures>,
    /// How often machine code was found, where it is kept.
    pub compiled_code: Option<CompiledCodeUse>,
}

impl SandboxFigures {
    pub(crate) fn of(machine: &Machine) -> Self {
        let places = machine.settings.size(Limit::ConcurrentCalls);
        Self {
            places,
            places_taken: places.saturating_sub(machine.places.available_permits()),
            waiting: machine.line.waiting(),
            waits: machine.line.waits(),
            components: machine.meters.figures(),
            compiled_code: machine.cache.as_ref().map(CompiledCodeUse::of),
        }
    }
}
