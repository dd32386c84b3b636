//! What became of the configuration, and when certificates expire.

use std::fmt;

use prometheus_client::encoding::DescriptorEncoder;

use super::family::{Named, counters, gauge, time, times};
use crate::control::Configuration;

/// Writes them.
pub(super) fn encode(encoder: &mut DescriptorEncoder, configuration: &Configuration, is_draining: bool) -> fmt::Result {
    let Configuration { loaded, taken, refused, certificates, .. } = configuration;
    time(encoder, LOADED, Some(*loaded))?;
    counters(encoder, RELOADS, [([("result", "taken")], *taken), ([("result", "refused")], *refused)])?;
    times(encoder, EXPIRES, certificates.iter().map(|one| ([("which", one.which.as_str())], one.expires)))?;
    gauge(encoder, DRAINING, &i64::from(is_draining))
}

const LOADED: Named = Named {
    name: "configuration_loaded_timestamp",
    help: "When the configuration that is in force was read, in seconds since 1970.",
};
const RELOADS: Named = Named { name: "configuration_reloads", help: "Reloads of the configuration since the start." };
const EXPIRES: Named = Named {
    name: "certificate_expires_timestamp",
    help: "When the first certificate of a file that the configuration names expires, in seconds since 1970.",
};
const DRAINING: Named = Named { name: "draining", help: "1 where the host has been told to stop, else 0." };
