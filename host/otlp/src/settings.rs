//! Where spans are sent.

use std::ops::RangeInclusive;
use std::time::Duration;

use ssbtx_upstream::{BaseUrl, ClientTls};

use crate::sampling::SamplingShare;

/// Where spans are sent, and how many.
#[derive(Debug, Clone)]
pub struct OtlpSettings {
    /// The collector: spans go to `v1/traces` below it.
    ///
    /// # Source
    ///
    /// OTLP 1.9, "OTLP/HTTP Request": the default path.
    pub endpoint: BaseUrl,
    /// How it is trusted, and how it knows us.
    pub tls: ClientTls,
    /// Which of the traces that begin here are recorded.
    pub share: SamplingShare,
    /// How long a span waits at most until it is sent. Default 5 s; smallest 10 ms, largest 60 s.
    pub interval: Duration,
}

impl OtlpSettings {
    /// What `interval` may be.
    pub const INTERVAL: RangeInclusive<Duration> = Duration::from_millis(10)..=Duration::from_mins(1);
    /// What `interval` is where nobody says.
    pub const DEFAULT_INTERVAL: Duration = Duration::from_secs(5);
}
