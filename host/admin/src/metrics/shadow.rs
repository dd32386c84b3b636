//! What proposed policies would have opened and closed.

use std::fmt;

use prometheus_client::encoding::DescriptorEncoder;
use prometheus_client::metrics::MetricType;
use ssbtx_rollout::{ShadowFigures, Status};

use super::family::{Labels, Named, counters};

/// Writes them.
pub(super) fn encode(encoder: &mut DescriptorEncoder, status: &Status, shadows: &[ShadowFigures]) -> fmt::Result {
    let of_role = |count: fn(&ShadowFigures) -> u64| {
        shadows.iter().map(move |figures| ([("role", figures.role.as_str())], count(figures)))
    };
    counters(encoder, COMPARED, of_role(|figures| figures.compared))?;
    counters(encoder, FAILURES, of_role(|figures| figures.failures))?;
    counters(encoder, SKIPPED, of_role(|figures| figures.skipped))?;
    counters(encoder, ELEMENTS, shadows.iter().flat_map(elements))?;
    left_out(encoder, status)
}

/// One number for each proposal that nothing is compared with, so that a rule for an alarm can name its role.
fn left_out(encoder: &mut DescriptorEncoder, status: &Status) -> fmt::Result {
    let mut family = encoder.encode_descriptor(LEFT_OUT.name, LEFT_OUT.help, None, MetricType::Gauge)?;
    for left_out in &status.active.left_out {
        family.encode_family(&[("role", left_out.role.as_str())])?.encode_gauge(&1_i64)?;
    }
    Ok(())
}

fn elements(figures: &ShadowFigures) -> impl Iterator<Item = (Labels<'_, 4>, u64)> {
    figures.datasets.iter().flat_map(|dataset| {
        let changes = [("opened", dataset.opened), ("closed", dataset.closed)];
        changes.map(|(change, count)| {
            let labels = [
                ("role", figures.role.as_str()),
                ("agency", dataset.agency.as_str()),
                ("dataset", dataset.dataset.as_str()),
                ("change", change),
            ];
            (labels, count)
        })
    })
}

const COMPARED: Named =
    Named { name: "shadow_compared", help: "Answered questions that a proposed policy was compared on." };
const FAILURES: Named =
    Named { name: "shadow_failures", help: "Answered questions that a proposed policy failed to decide on." };
const SKIPPED: Named = Named {
    name: "shadow_skipped",
    help: "Answered questions that a proposed policy was not compared on, since others were waiting.",
};
const ELEMENTS: Named = Named {
    name: "shadow_elements",
    help: "Elements that a proposed policy would have opened or closed, summed over the compared questions.",
};
const LEFT_OUT: Named = Named {
    name: "shadow_left_out",
    help: "1 for a role whose proposed policy was not admitted, so that nothing is compared with it.",
};
