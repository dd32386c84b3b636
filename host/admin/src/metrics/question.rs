//! How questions and their parts end, and how long they take.

use std::fmt;

use prometheus_client::encoding::DescriptorEncoder;
use ssbtx_broker::{BrokerFigures, RememberedFigures};

use super::family::{Named, counter, counters, gauge, histogram, histograms, number};

/// Writes them.
pub(super) fn encode(encoder: &mut DescriptorEncoder, figures: &BrokerFigures) -> fmt::Result {
    let BrokerFigures { questions, parts, composing, recording, under_way, decisions, audit: _ } = figures;
    let asked = questions.iter().flat_map(|asked| {
        let (front, role) = (asked.front.label(), asked.role.as_str());
        let labels = move |outcome| [("front", front), ("role", role), ("outcome", outcome)];
        asked.endings.iter().map(move |(ending, count)| (labels(ending.label()), *count))
    });
    counters(encoder, QUESTIONS, asked)?;
    let times =
        questions.iter().map(|asked| ([("front", asked.front.label()), ("role", asked.role.as_str())], &asked.times));
    histograms(encoder, QUESTION, times)?;
    gauge(encoder, UNDER_WAY, &number(*under_way))?;
    let states = parts.iter().flat_map(|part| {
        part.states.iter().map(|(state, count)| ([("agency", part.agency.as_str()), ("state", state.label())], *count))
    });
    counters(encoder, PARTS, states)?;
    let failures = parts.iter().flat_map(|part| {
        part.failures.iter().map(|(code, count)| ([("agency", part.agency.as_str()), ("code", *code)], *count))
    });
    counters(encoder, FAILURES, failures)?;
    histogram(encoder, COMPOSITION, composing)?;
    histogram(encoder, APPEND, recording)?;
    let RememberedFigures { hits, misses, kept } = decisions;
    counter(encoder, HITS, *hits)?;
    counter(encoder, MISSES, *misses)?;
    gauge(encoder, KEPT, &number(*kept))
}

const QUESTIONS: Named = Named { name: "questions", help: "Questions since the start, by how they ended." };
const QUESTION: Named = Named { name: "question", help: "How long questions took, from the broker's door to the end." };
const UNDER_WAY: Named =
    Named { name: "questions_under_way", help: "Questions that have come and are not recorded yet." };
const PARTS: Named = Named { name: "parts", help: "Base services' parts of answers since the start, by state." };
const FAILURES: Named = Named {
    name: "part_failures",
    help: "Failed parts since the start: the host's own code, or whether adapter or base service named one.",
};
const COMPOSITION: Named =
    Named { name: "composition", help: "How long it took to compose what may leave of what a base service gave." };
const APPEND: Named =
    Named { name: "audit_append", help: "How long an answered question waited until its record was safe." };
const HITS: Named =
    Named { name: "decision_cache_hits", help: "Decisions of the active edition that were remembered." };
const MISSES: Named =
    Named { name: "decision_cache_misses", help: "Decisions of the active edition that a policy was asked for." };
const KEPT: Named = Named { name: "decision_cache_entries", help: "Decisions that the active edition remembers." };
