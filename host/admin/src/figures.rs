//! What the host has counted.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;
use ssbtx_broker::BrokerFigures;
use ssbtx_gateway::{GatewayFigures, GatewayMeters};
use ssbtx_observation::{Recorder, SpanFigures};
use ssbtx_runtime::{Sandbox, SandboxFigures};

/// What the host has counted, at one moment. Nothing in it is of a person, a consumer or a single question.
#[derive(Debug, Clone)]
pub struct Figures {
    /// Questions, their parts and their records.
    pub broker: BrokerFigures,
    /// The fronts.
    pub gateway: GatewayFigures,
    /// The sandbox and the components in it.
    pub sandbox: SandboxFigures,
    /// The spans of traces.
    pub spans: SpanFigures,
    /// When the host began.
    pub started: Timestamp,
    /// The process.
    pub process: ProcessFigures,
}

/// What the system says of the host's process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProcessFigures {
    /// How much memory it holds, in bytes; absent where the system does not say.
    pub resident_bytes: Option<u64>,
    /// How many files and sockets it has open; absent where the system does not say.
    pub open_files: Option<u64>,
}

/// Where the figures come from that neither the broker nor the upstreams have.
#[derive(Clone)]
pub struct Sources {
    /// Where components run.
    pub sandbox: Sandbox,
    /// Where the gateway counts.
    pub gateway: Arc<GatewayMeters>,
    /// Whom spans are told to.
    pub recorder: Arc<dyn Recorder>,
    /// When the host began.
    pub started: Timestamp,
    /// What the system says of the process now.
    pub process: fn() -> ProcessFigures,
}

impl Sources {
    /// All of them, with what the broker has.
    pub(crate) fn figures(&self, broker: BrokerFigures) -> Figures {
        Figures {
            broker,
            gateway: self.gateway.figures(),
            sandbox: self.sandbox.figures(),
            spans: self.recorder.figures(),
            started: self.started,
            process: (self.process)(),
        }
    }
}

impl fmt::Debug for Sources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sources").field("gateway", &self.gateway.figures()).finish_non_exhaustive()
    }
}
