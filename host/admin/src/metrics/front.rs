//! What the fronts refuse, how many are connected, and until when revocation lists hold.

use std::fmt;

use prometheus_client::encoding::DescriptorEncoder;
use ssbtx_gateway::GatewayFigures;

use super::family::{Named, counters, gauge, number, time};

/// Writes them.
pub(super) fn encode(encoder: &mut DescriptorEncoder, figures: &GatewayFigures) -> fmt::Result {
    let GatewayFigures { connections, refused, limits, lists_expire } = figures;
    gauge(encoder, CONNECTIONS, &number(*connections))?;
    let refused = refused.iter().map(|(front, code, count)| ([("front", *front), ("code", *code)], *count));
    counters(encoder, REFUSED, refused)?;
    counters(encoder, LIMITS, limits.iter().map(|(limit, count)| ([("limit", *limit)], *count)))?;
    time(encoder, LISTS_EXPIRE, *lists_expire)
}

const CONNECTIONS: Named = Named { name: "connections", help: "Connections of consumers that are open." };
const REFUSED: Named = Named {
    name: "questions_refused",
    help: "Questions since the start that a front gave no answer to, by its published code.",
};
const LIMITS: Named =
    Named { name: "limits_reached", help: "Questions since the start that were refused for a limit." };
const LISTS_EXPIRE: Named = Named {
    name: "revocation_list_expires_timestamp",
    help: "When the first of the revocation lists in use expires, in seconds since 1970.",
};
