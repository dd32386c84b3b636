//! The metrics, written in OpenMetrics' text format.
//!
//! They are written anew for every scrape from what is active at that moment. So a label set is there for as long as what it names is, and no
//! number of swaps makes them more.

mod agency;
mod edition;
mod family;
mod shadow;
mod trust;

use std::fmt;

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, text};
use prometheus_client::registry::Registry;
use ssbtx_upstream::UpstreamHealth;

use crate::insight::{BasisDates, Editions};

/// The media type of what [`text`] writes.
///
/// # Source
///
/// OpenMetrics 1.0.0, "Protocol Negotiation".
pub(crate) const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Writes every metric.
pub(crate) fn text(
    editions: Editions,
    bases: Vec<BasisDates>,
    agencies: Vec<UpstreamHealth>,
) -> Result<String, fmt::Error> {
    let mut registry = Registry::with_prefix("ssbtx");
    registry.register_collector(Box::new(Moment { editions, bases, agencies }));
    let mut text = String::new();
    text::encode(&mut text, &registry)?;
    Ok(text)
}

/// Every number, at one moment.
#[derive(Debug)]
struct Moment {
    editions: Editions,
    bases: Vec<BasisDates>,
    agencies: Vec<UpstreamHealth>,
}

impl Collector for Moment {
    fn encode(&self, mut encoder: DescriptorEncoder) -> fmt::Result {
        let Editions { status, shadows } = &self.editions;
        edition::encode(&mut encoder, status)?;
        trust::encode(&mut encoder, status, &self.bases)?;
        shadow::encode(&mut encoder, status, shadows)?;
        agency::encode(&mut encoder, &self.agencies)
    }
}
