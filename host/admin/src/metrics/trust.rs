//! Until when what is signed may be believed, and what is withheld or ends.

use std::fmt;

use prometheus_client::encoding::DescriptorEncoder;
use prometheus_client::metrics::MetricType;

use ssbtx_rollout::{Status, TrustState};

use super::family::{Labels, Named, gauge, number, times};
use crate::insight::BasisDates;

/// Writes them.
pub(super) fn encode(encoder: &mut DescriptorEncoder, status: &Status, bases: &[BasisDates]) -> fmt::Result {
    let roles = status.trust.roles.iter();
    times(encoder, EXPIRES, roles.map(|role| ([("role", role.name.as_str())], role.expires)))?;
    states(encoder, status.trust.state)?;
    let in_effect = || {
        let entries = status.active.tightening.iter().flat_map(|tightening| &tightening.entries);
        entries.filter(|entry| !entry.lifted)
    };
    gauge(encoder, TIGHTENING, &number(in_effect().count()))?;
    gauge(encoder, UNMATCHED, &number(in_effect().filter(|entry| !entry.matches).count()))?;
    let in_advance = status.active.in_advance.as_ref().map_or(0, |in_advance| in_advance.entries.len());
    gauge(encoder, IN_ADVANCE, &number(in_advance))?;
    let bases = bases.iter();
    times(encoder, BEGINS, bases.clone().map(|dates| (labels(dates), dates.begins)))?;
    times(encoder, ENDS, bases.filter_map(|dates| Some((labels(dates), dates.ends?))))
}

/// One number for each state, so that a rule for an alarm can name it.
fn states(encoder: &mut DescriptorEncoder, state: TrustState) -> fmt::Result {
    let mut family = encoder.encode_descriptor(STATE.name, STATE.help, None, MetricType::Gauge)?;
    for one in TrustState::ALL {
        family.encode_family(&[("state", one.label())])?.encode_gauge(&i64::from(one == state))?;
    }
    Ok(())
}

fn labels(dates: &BasisDates) -> Labels<'_, 2> {
    [("role", dates.role.as_str()), ("basis", dates.basis.as_str())]
}

const EXPIRES: Named =
    Named { name: "trust_expires_timestamp", help: "When a role's signed metadata expires, in seconds since 1970." };
const STATE: Named = Named { name: "trust_state", help: "1 for the state that the signed metadata is in, else 0." };
const TIGHTENING: Named = Named { name: "tightening_entries", help: "Entries of the tighten-only list in effect." };
const UNMATCHED: Named =
    Named { name: "tightening_unmatched", help: "Entries in effect that match nothing in the loaded catalogues." };
const IN_ADVANCE: Named = Named {
    name: "tightening_in_advance",
    help: "Entries in effect that come from a set that is not active, since it is being examined or was refused.",
};
const BEGINS: Named = Named {
    name: "basis_begins_timestamp",
    help: "When a legal basis of an active policy comes into force, in seconds since 1970.",
};
const ENDS: Named = Named {
    name: "basis_ends_timestamp",
    help: "When a legal basis of an active policy is no longer in force, in seconds since 1970.",
};
