//! How the audit log is written.

use std::fmt;

use prometheus_client::encoding::DescriptorEncoder;
use prometheus_client::metrics::MetricType;
use ssbtx_audit::{Condition, Levels};

use super::family::{Named, counter, gauge, number};

/// Writes them.
pub(super) fn encode(encoder: &mut DescriptorEncoder, levels: &Levels) -> fmt::Result {
    let Levels { queued, batches, records, checkpoints, condition, .. } = levels;
    gauge(encoder, QUEUED, &number(*queued))?;
    counter(encoder, BATCHES, *batches)?;
    counter(encoder, RECORDS, *records)?;
    counter(encoder, CHECKPOINTS, *checkpoints)?;
    let now = match condition {
        Condition::Writing => "writing",
        Condition::Stalled { .. } => "stalled",
        Condition::Failed { .. } => "failed",
    };
    let mut family = encoder.encode_descriptor(CONDITION.name, CONDITION.help, None, MetricType::Gauge)?;
    for state in ["writing", "stalled", "failed"] {
        family.encode_family(&[("state", state)])?.encode_gauge(&i64::from(state == now))?;
    }
    Ok(())
}

const QUEUED: Named = Named { name: "audit_queued", help: "Records that wait for the audit log's writer." };
const BATCHES: Named =
    Named { name: "audit_batches", help: "Batches of records that were made safe since the start, at once each." };
const RECORDS: Named = Named { name: "audit_records", help: "Records that were made safe since the start." };
const CHECKPOINTS: Named =
    Named { name: "audit_checkpoints", help: "Signed checkpoints of the audit log that were written since the start." };
const CONDITION: Named =
    Named { name: "audit_condition", help: "1 for the state that the audit log's writing is in, else 0." };
