//! How components are called, and how full the sandbox is.

use std::fmt;

use prometheus_client::encoding::DescriptorEncoder;
use ssbtx_runtime::SandboxFigures;

use super::family::{Named, counter, counters, gauge, histogram, histograms, number};

/// Writes them.
pub(super) fn encode(encoder: &mut DescriptorEncoder, figures: &SandboxFigures) -> fmt::Result {
    let SandboxFigures { places, places_taken, waiting, waits, components, compiled_code } = figures;
    gauge(encoder, PLACES, &number(*places))?;
    gauge(encoder, TAKEN, &number(*places_taken))?;
    gauge(encoder, WAITING, &number(*waiting))?;
    histogram(encoder, WAIT, waits)?;
    let calls = components.iter().flat_map(|component| {
        let (kind, name) = (component.part.label(), component.name.as_str());
        let labels = move |function| [("kind", kind), ("name", name), ("function", function)];
        component.calls.iter().map(move |(function, times)| (labels(function.label()), times))
    });
    histograms(encoder, CALL, calls)?;
    let stops = components.iter().flat_map(|component| {
        let (kind, name) = (component.part.label(), component.name.as_str());
        let labels = move |why| [("kind", kind), ("name", name), ("why", why)];
        component.stops.iter().map(move |(stop, count)| (labels(stop.label()), *count))
    });
    counters(encoder, STOPS, stops)?;
    let (found, compiled) = compiled_code.map_or((0, 0), |used| (used.found, used.compiled));
    counter(encoder, FOUND, found)?;
    counter(encoder, COMPILED, compiled)
}

const PLACES: Named = Named { name: "sandbox_places", help: "Calls of components that may be alive at once." };
const TAKEN: Named = Named { name: "sandbox_places_taken", help: "Calls of components that are alive." };
const WAITING: Named = Named { name: "sandbox_waiting", help: "Calls of components that wait for a place." };
const WAIT: Named = Named { name: "sandbox_wait", help: "How long calls of components waited for a place." };
const CALL: Named = Named {
    name: "component_call",
    help: "How long calls of a component took: its instance is made, called and taken down.",
};
const STOPS: Named =
    Named { name: "component_stops", help: "Calls of a component that were stopped since the start, by what." };
const FOUND: Named = Named { name: "compiled_code_hits", help: "Pieces of machine code that were found compiled." };
const COMPILED: Named = Named { name: "compiled_code_misses", help: "Pieces of machine code that had to be compiled." };
