//! Whether agencies answer, and whether they are asked.

use std::collections::BTreeMap;
use std::fmt;

use prometheus_client::encoding::DescriptorEncoder;
use prometheus_client::metrics::MetricType;
use ssbtx_core::AgencyId;
use ssbtx_observation::Distribution;
use ssbtx_upstream::{BreakerState, Ending, UpstreamHealth};

use super::family::{Named, counters, histograms, number};

/// Writes them, the upstreams of one agency added up.
pub(super) fn encode(encoder: &mut DescriptorEncoder, health: &[UpstreamHealth]) -> fmt::Result {
    let mut agencies: BTreeMap<AgencyId, Vec<&UpstreamHealth>> = BTreeMap::new();
    for one in health {
        agencies.entry(one.agency).or_default().push(one);
    }
    breakers(encoder, &agencies)?;
    sums(encoder, IN_FLIGHT, &agencies, |one| one.in_flight)?;
    sums(encoder, WAITING, &agencies, |one| one.waiting)?;
    let exchanges = agencies.iter().flat_map(|(agency, upstreams)| {
        Ending::ALL.into_iter().map(move |ending| {
            let counts = upstreams.iter().flat_map(|one| &one.endings).filter(|(of, _)| *of == ending);
            ([("agency", agency.as_str()), ("state", ending.label())], counts.map(|(_, count)| *count).sum())
        })
    });
    counters(encoder, EXCHANGES, exchanges)?;
    distributions(encoder, TIMES, &agencies, |one| &one.times)?;
    distributions(encoder, WAITS, &agencies, |one| &one.waits)
}

/// One number for each state, so that a rule for an alarm can name it.
fn breakers(encoder: &mut DescriptorEncoder, agencies: &BTreeMap<AgencyId, Vec<&UpstreamHealth>>) -> fmt::Result {
    let mut family = encoder.encode_descriptor(BREAKERS.name, BREAKERS.help, None, MetricType::Gauge)?;
    for (agency, upstreams) in agencies {
        for state in BreakerState::ALL {
            let count = upstreams.iter().filter(|one| one.breaker == state).count();
            let labels = [("agency", agency.as_str()), ("state", state.label())];
            family.encode_family(&labels)?.encode_gauge(&number(count))?;
        }
    }
    Ok(())
}

fn sums(
    encoder: &mut DescriptorEncoder,
    named: Named,
    agencies: &BTreeMap<AgencyId, Vec<&UpstreamHealth>>,
    of: fn(&UpstreamHealth) -> usize,
) -> fmt::Result {
    let mut family = encoder.encode_descriptor(named.name, named.help, None, MetricType::Gauge)?;
    for (agency, upstreams) in agencies {
        let sum = upstreams.iter().map(|one| of(one)).sum();
        family.encode_family(&[("agency", agency.as_str())])?.encode_gauge(&number(sum))?;
    }
    Ok(())
}

fn distributions(
    encoder: &mut DescriptorEncoder,
    named: Named,
    agencies: &BTreeMap<AgencyId, Vec<&UpstreamHealth>>,
    of: fn(&UpstreamHealth) -> &Distribution,
) -> fmt::Result {
    let sums: Vec<(&AgencyId, Distribution)> = agencies
        .iter()
        .map(|(agency, upstreams)| {
            let mut sum = Distribution::default();
            for one in upstreams {
                sum.add(of(one));
            }
            (agency, sum)
        })
        .collect();
    histograms(encoder, named, sums.iter().map(|(agency, sum)| ([("agency", agency.as_str())], sum)))
}

const TIMES: Named = Named {
    name: "agency_exchange",
    help: "How long exchanges with an agency took that were begun, whatever came of them.",
};
const WAITS: Named = Named {
    name: "agency_wait",
    help: "How long exchanges with an agency waited for a place, whether they got one or not.",
};
const BREAKERS: Named =
    Named { name: "agency_breakers", help: "Upstreams of an agency whose circuit breaker is in this state." };
const IN_FLIGHT: Named = Named { name: "agency_in_flight", help: "Exchanges with an agency under way." };
const WAITING: Named = Named { name: "agency_waiting", help: "Exchanges with an agency that wait for others to end." };
const EXCHANGES: Named =
    Named { name: "agency_exchanges", help: "Exchanges with an agency since the start, by how they ended." };
