//! Whom the spans of traces are told to.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use ssbtx_observation::Recorder;
use ssbtx_otlp::{Exporter, OtlpSettings};

/// The exporter of spans, where one is configured.
pub enum Telemetry {
    /// Spans are told to nobody.
    Off,
    /// Spans are sent to a collector.
    Exported(Exporter),
}

impl Telemetry {
    /// Starts it. It must be called within a runtime.
    ///
    /// # Errors
    ///
    /// Where the collector's address cannot be extended by a path.
    pub fn start(settings: Option<&OtlpSettings>) -> Result<Self> {
        let Some(settings) = settings else { return Ok(Self::Off) };
        Exporter::start(settings).map(Self::Exported).context("make the address of the collector's traces")
    }

    /// Whom spans are told to.
    pub fn recorder(&self) -> Arc<dyn Recorder> {
        match self {
            Self::Off => Arc::new(()),
            Self::Exported(exporter) => exporter.recorder(),
        }
    }

    /// Sends what waits, for as long as a host that stops has for it.
    pub async fn finish(self) {
        match self {
            Self::Off => {}
            Self::Exported(exporter) => exporter.finish(AT_THE_END).await,
        }
    }
}

/// One exchange with a collector that does not answer.
const AT_THE_END: Duration = Duration::from_secs(5);
