//! What a host might tell of itself.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use ssbtx_admin::{BasisDates, Editions, Figures, Insight, Readiness};
use ssbtx_core::{AgencyId, Sha256Digest};
use ssbtx_open_cases::{ConsumerFigures, GateResult};
use ssbtx_rollout::{
    AdvanceStatus, ComponentRole, ComponentStatus, DatasetFigures, EditionStatus, LeftOutStatus, Origin, RoleStatus,
    ShadowFigures, SourceStatus, Stage, Status, TightenedStatus, TighteningStatus, Total, TrustState, TrustStatus,
    Watch,
};
use ssbtx_upstream::{BreakerState, Ending, Health, LastFailure, UpstreamHealth};

use crate::figures::{self, lasting};

/// A host whose state a test changes.
#[derive(Clone)]
pub struct Sample(Arc<Mutex<Host>>);

/// What changes.
#[derive(Clone, Copy)]
pub struct Host {
    pub trust: TrustState,
    /// Which edition is active, counted from 1: each has components, counts and times of its own.
    pub edition: u64,
}

impl Sample {
    pub fn new() -> Self {
        Self(Arc::new(Mutex::new(Host { trust: TrustState::Valid, edition: 1 })))
    }

    pub fn change(&self, change: impl FnOnce(&mut Host)) {
        change(&mut self.0.lock().unwrap());
    }

    fn host(&self) -> Host {
        *self.0.lock().unwrap()
    }
}

impl Insight for Sample {
    fn readiness(&self) -> Readiness {
        match self.host().trust {
            TrustState::Valid | TrustState::Expired => Readiness::Ready,
            TrustState::Closed => Readiness::TrustExpired,
        }
    }

    fn editions(&self) -> Editions {
        let Host { trust, edition } = self.host();
        Editions { status: status(trust, edition), shadows: vec![shadow(edition)] }
    }

    fn bases(&self) -> Vec<BasisDates> {
        let dates = |basis: &str, ends: Option<&str>| BasisDates {
            role: "arbetsmarknad".parse().unwrap(),
            basis: basis.parse().unwrap(),
            begins: at("2025-06-30T22:00:00Z"),
            ends: ends.map(at),
        };
        vec![dates("sol-15-11", None), dates("forsoksverksamhet", Some("2026-12-31T23:00:00Z"))]
    }

    fn agencies(&self) -> Vec<UpstreamHealth> {
        let failed = LastFailure { ending: Ending::TimedOut, ago: Duration::from_millis(2900) };
        let af = |name: &str| UpstreamHealth {
            agency: AgencyId::AF,
            name: name.parse().unwrap(),
            health: Health::CutOff,
            breaker: BreakerState::HalfOpen,
            failures_in_a_row: 10,
            in_flight: 3,
            max_in_flight: 128,
            waiting: 1,
            last_failure: Some(failed),
            endings: Ending::ALL.into_iter().zip(1..).collect(),
            times: lasting(30),
            waits: lasting(1),
        };
        let csn = UpstreamHealth {
            agency: AgencyId::CSN,
            health: Health::Answering,
            breaker: BreakerState::Closed,
            failures_in_a_row: 0,
            last_failure: None,
            ..af("base-service")
        };
        vec![af("base-service"), af("other"), csn]
    }

    fn open_cases(&self) -> Vec<ConsumerFigures> {
        let results = GateResult::ALL.into_iter().zip(1..).collect();
        vec![ConsumerFigures { consumer: "Exempelkommun".to_owned(), open: Some(12), results }]
    }

    fn figures(&self) -> Figures {
        figures::figures()
    }
}

pub fn digest(text: &str) -> Sha256Digest {
    Sha256Digest::of(text.as_bytes())
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn status(trust: TrustState, edition: u64) -> Status {
    let role = |name: &str| RoleStatus { name: name.to_owned(), version: edition, expires: at("2026-12-01T00:00:00Z") };
    Status {
        trust: TrustStatus {
            state: trust,
            expires: at("2026-12-01T00:00:00Z"),
            closes: at("2026-12-04T00:00:00Z"),
            root_version: 1,
            roles: vec![role("root"), role("governance"), role("af")],
        },
        active: EditionStatus {
            trust_version: edition,
            since: at("2026-11-22T08:00:00Z"),
            origin: Origin::Source,
            fingerprint: digest("timestamp"),
            components: vec![
                component(ComponentRole::Adapter, "AF", edition),
                // An odd version is escaped, and breaks nothing.
                ComponentStatus {
                    version: "1.0 \"beta\"\\\n".to_owned(),
                    ..component(ComponentRole::Policy, "arbetsmarknad", edition)
                },
            ],
            grants: Vec::new(),
            tightening: Some(TighteningStatus {
                sha256: digest("tightening"),
                entries: vec![
                    tightened("lifted", true, true),
                    tightened("a", false, true),
                    tightened("b", false, false),
                ],
            }),
            lifted: None,
            in_advance: Some(AdvanceStatus { trust_version: edition + 1, entries: vec!["b".to_owned()] }),
            left_out: vec![LeftOutStatus {
                role: "ekonomiskt-bistand".parse().unwrap(),
                sha256: digest("left out"),
                reasons: vec!["component cannot be compiled".to_owned()],
            }],
            accepted_pending: Vec::new(),
        },
        editions_alive: 1,
        announcements: Arc::default(),
        source: SourceStatus {
            place: "repository".to_owned(),
            watch: Watch::Running,
            last_look: at("2026-11-22T09:00:00Z"),
            last_reached: Some(at("2026-11-22T09:00:00Z")),
        },
        attempts: Vec::new(),
        totals: vec![
            Total { stage: Stage::Verified, result: "refused", count: 3 },
            Total { stage: Stage::Active, result: "active", count: edition },
        ],
    }
}

fn component(role: ComponentRole, name: &str, edition: u64) -> ComponentStatus {
    ComponentStatus {
        role,
        name: name.to_owned(),
        version: format!("1.{edition}"),
        sha256: digest(&format!("{name} {edition}")),
        cases: Some(2),
        review: None,
    }
}

fn tightened(id: &str, lifted: bool, matches: bool) -> TightenedStatus {
    TightenedStatus {
        id: id.to_owned(),
        since: "2026-11-22".parse().unwrap(),
        reason: BTreeMap::new(),
        what: "AF".to_owned(),
        kind: "agency",
        roles: None,
        lifted,
        matches,
    }
}

fn shadow(edition: u64) -> ShadowFigures {
    let dataset = |dataset: &str, opened: u64| DatasetFigures {
        agency: AgencyId::AF,
        dataset: dataset.parse().unwrap(),
        opened,
        closed: 0,
    };
    ShadowFigures {
        role: "arbetsmarknad".parse().unwrap(),
        policy: digest("active"),
        shadow: digest("proposed"),
        version: "2.0.0".to_owned(),
        compared: edition * 10,
        failures: 1,
        skipped: 2,
        datasets: vec![dataset("inskrivning", edition * 30), dataset("beslut", 0)],
    }
}
