//! What a host might have counted.

use std::time::Duration;

use jiff::Timestamp;
use ssbtx_admin::{Figures, ProcessFigures};
use ssbtx_audit::{Condition, Levels};
use ssbtx_broker::{AskedFigures, BrokerFigures, PartFigures, QuestionEnding, RememberedFigures};
use ssbtx_core::{AgencyId, Front, State};
use ssbtx_gateway::GatewayFigures;
use ssbtx_observation::{Distribution, Histogram, SpanFigures};
use ssbtx_runtime::{CompiledCodeUse, ComponentFigures, Function, Part, SandboxFigures, Stop};

/// One time of so many milliseconds.
pub fn lasting(milliseconds: u64) -> Distribution {
    let histogram = Histogram::default();
    histogram.observe(Duration::from_millis(milliseconds));
    histogram.distribution()
}

pub fn figures() -> Figures {
    let asked = AskedFigures {
        role: "arbetsmarknad".parse().unwrap(),
        front: Front::JsonV1,
        endings: QuestionEnding::ALL.into_iter().zip(1..).collect(),
        times: lasting(700),
    };
    let part = PartFigures {
        agency: AgencyId::AF,
        states: vec![(State::Answered, 3), (State::Failed, 1)],
        failures: vec![("SSBT-102", 1), ("base-service", 0)],
    };
    let component = ComponentFigures {
        part: Part::Adapter,
        name: "AF".to_owned(),
        calls: vec![(Function::Plan, lasting(2)), (Function::Absorb, lasting(3))],
        stops: Stop::ALL.into_iter().zip(0..).collect(),
    };
    Figures {
        broker: BrokerFigures {
            questions: vec![asked],
            parts: vec![part],
            composing: lasting(1),
            recording: lasting(5),
            under_way: 4,
            audit: Levels {
                queued: 2,
                batches: 5,
                records: 9,
                largest_batch: 3,
                checkpoints: 1,
                condition: Condition::Stalled { label: "slow".to_owned() },
            },
            decisions: RememberedFigures { hits: 7, misses: 2, kept: 2 },
        },
        gateway: GatewayFigures {
            connections: 6,
            refused: vec![("soap-v10", "SSBT-217", 2)],
            limits: vec![("caseworker-rate", 2)],
            lists_expire: Some("2026-11-23T00:00:00Z".parse().unwrap()),
        },
        sandbox: SandboxFigures {
            places: 128,
            places_taken: 3,
            waiting: 1,
            waits: lasting(1),
            components: vec![component],
            compiled_code: Some(CompiledCodeUse { found: 10, compiled: 1 }),
        },
        spans: SpanFigures { exported: 100, dropped: 1, lost: 2, waiting: 3 },
        started: Timestamp::UNIX_EPOCH,
        process: ProcessFigures { resident_bytes: Some(50_000_000), open_files: Some(40) },
    }
}
