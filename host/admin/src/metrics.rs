//! The metrics, written in OpenMetrics' text format.
//!
//! They are written anew for every scrape from what is active at that moment. So a label set is there for as long as what it names is, and no
//! number of swaps makes them more.

mod agency;
mod configuration;
mod edition;
mod family;
mod front;
mod open_case;
mod process;
mod question;
mod recording;
mod sandbox;
mod shadow;
mod trust;

use std::fmt;

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, text};
use prometheus_client::registry::Registry;
use ssbtx_open_cases::ConsumerFigures;
use ssbtx_upstream::UpstreamHealth;

use crate::control::{Configuration, Control};
use crate::figures::Figures;
use crate::insight::{BasisDates, Editions, Insight};

/// The media type of what [`text`] writes.
///
/// # Source
///
/// OpenMetrics 1.0.0, "Protocol Negotiation".
pub(crate) const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Writes every metric.
pub(crate) fn text(insight: &dyn Insight, control: &dyn Control) -> Result<String, fmt::Error> {
    let mut registry = Registry::with_prefix("ssbtx");
    registry.register_collector(Box::new(Moment::of(insight, control)));
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
    figures: Figures,
    open_cases: Vec<ConsumerFigures>,
    configuration: Configuration,
    is_draining: bool,
}

impl Moment {
    fn of(insight: &dyn Insight, control: &dyn Control) -> Self {
        Self {
            editions: insight.editions(),
            bases: insight.bases(),
            agencies: insight.agencies(),
            figures: insight.figures(),
            open_cases: insight.open_cases(),
            configuration: control.configuration(),
            is_draining: control.is_draining(),
        }
    }
}

impl Collector for Moment {
    fn encode(&self, mut encoder: DescriptorEncoder) -> fmt::Result {
        let Editions { status, shadows } = &self.editions;
        edition::encode(&mut encoder, status)?;
        trust::encode(&mut encoder, status, &self.bases)?;
        shadow::encode(&mut encoder, status, shadows)?;
        agency::encode(&mut encoder, &self.agencies)?;
        question::encode(&mut encoder, &self.figures.broker)?;
        recording::encode(&mut encoder, &self.figures.broker.audit)?;
        sandbox::encode(&mut encoder, &self.figures.sandbox)?;
        front::encode(&mut encoder, &self.figures.gateway)?;
        process::encode(&mut encoder, &self.figures)?;
        open_case::encode(&mut encoder, &self.open_cases)?;
        configuration::encode(&mut encoder, &self.configuration, self.is_draining)
    }
}
