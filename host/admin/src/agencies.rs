//! What `GET /admin/agencies` shows: whether agencies answer, and whether they are asked.

use std::collections::BTreeMap;

use serde::Serialize;
use ssbtx_core::AgencyId;
use ssbtx_upstream::UpstreamHealth;

/// Every agency with its upstreams.
///
/// # Shape
///
/// `{"agencies": [{"agency": "AF", "upstreams": [{"name": …, "health": …, "breaker": …, "failuresInARow": …, "inFlight": …,
/// "maxInFlight": …, "waiting": …, "lastFailure": {"code": …, "secondsAgo": …} | null, "exchanges": {"responded": …, …}}]}]}`, by agency and
/// name. The words are those of [`ssbtx_upstream`]'s `label` functions.
#[derive(Debug, Serialize)]
pub(crate) struct Agencies {
    agencies: Vec<Agency>,
}

#[derive(Debug, Serialize)]
struct Agency {
    agency: String,
    upstreams: Vec<Upstream>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Upstream {
    name: String,
    health: &'static str,
    breaker: &'static str,
    failures_in_a_row: usize,
    in_flight: usize,
    max_in_flight: usize,
    waiting: usize,
    last_failure: Option<Failure>,
    exchanges: BTreeMap<&'static str, u64>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Failure {
    code: &'static str,
    seconds_ago: u64,
}

impl Agencies {
    pub(crate) fn of(health: Vec<UpstreamHealth>) -> Self {
        let mut agencies: BTreeMap<AgencyId, Vec<Upstream>> = BTreeMap::new();
        for one in health {
            agencies.entry(one.agency).or_default().push(Upstream::of(one));
        }
        Self {
            agencies: agencies
                .into_iter()
                .map(|(agency, upstreams)| Agency { agency: agency.to_string(), upstreams })
                .collect(),
        }
    }
}

impl Upstream {
    fn of(health: UpstreamHealth) -> Self {
        Self {
            name: health.name.to_string(),
            health: health.health.label(),
            breaker: health.breaker.label(),
            failures_in_a_row: health.failures_in_a_row,
            in_flight: health.in_flight,
            max_in_flight: health.max_in_flight,
            waiting: health.waiting,
            last_failure: health
                .last_failure
                .map(|failure| Failure { code: failure.ending.label(), seconds_ago: failure.ago.as_secs() }),
            exchanges: health.endings.into_iter().map(|(ending, count)| (ending.label(), count)).collect(),
        }
    }
}
