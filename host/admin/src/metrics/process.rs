//! The process, its build, and the spans that leave it.

use std::fmt;

use prometheus_client::encoding::DescriptorEncoder;
use prometheus_client::metrics::MetricType;
use prometheus_client::registry::Unit;
use ssbtx_observation::SpanFigures;

use super::family::{Named, counters, gauge, number, time};
use crate::figures::Figures;

/// Writes them.
pub(super) fn encode(
    encoder: &mut DescriptorEncoder,
    Figures { started, process, spans, .. }: &Figures,
) -> fmt::Result {
    time(encoder, STARTED, Some(*started))?;
    let mut resident = encoder.encode_descriptor(MEMORY.name, MEMORY.help, Some(&Unit::Bytes), MetricType::Gauge)?;
    if let Some(bytes) = process.resident_bytes {
        resident.encode_gauge(&i64::try_from(bytes).unwrap_or(i64::MAX))?;
    }
    let mut files = encoder.encode_descriptor(FILES.name, FILES.help, None, MetricType::Gauge)?;
    if let Some(open) = process.open_files {
        files.encode_gauge(&i64::try_from(open).unwrap_or(i64::MAX))?;
    }
    let mut build = encoder.encode_descriptor(BUILD.name, BUILD.help, None, MetricType::Info)?;
    build.encode_info(&[("version", env!("CARGO_PKG_VERSION"))])?;
    let SpanFigures { exported, dropped, lost, waiting } = *spans;
    let results = [("exported", exported), ("dropped", dropped), ("lost", lost)];
    counters(encoder, SPANS, results.map(|(result, count)| ([("result", result)], count)))?;
    gauge(encoder, WAITING, &number(waiting))
}

const STARTED: Named = Named { name: "process_start_timestamp", help: "When the host began, in seconds since 1970." };
const MEMORY: Named = Named { name: "process_resident_memory", help: "Memory that the host holds." };
const FILES: Named = Named { name: "process_open_files", help: "Files and sockets that the host has open." };
const BUILD: Named = Named { name: "build", help: "What the host was built from." };
const SPANS: Named = Named {
    name: "spans",
    help: "Spans of traces since the start: taken by the collector, dropped since too many waited, or lost on the way.",
};
const WAITING: Named = Named { name: "spans_waiting", help: "Spans of traces that wait to be sent." };
