//! One metric with all its label sets.

use std::fmt;

use jiff::Timestamp;
use prometheus_client::encoding::{DescriptorEncoder, EncodeGaugeValue};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::exemplar::Exemplar;
use prometheus_client::registry::Unit;
use ssbtx_observation::Distribution;

/// The name of a metric, without its suffix, and what it says.
#[derive(Clone, Copy)]
pub(super) struct Named {
    pub(super) name: &'static str,
    pub(super) help: &'static str,
}

/// A label set: fixed names, and values from the sets that the crate's documentation names.
pub(super) type Labels<'l, const N: usize> = [(&'static str, &'l str); N];

/// Writes a number that may go up and down, without labels.
pub(super) fn gauge(encoder: &mut DescriptorEncoder, named: Named, value: &impl EncodeGaugeValue) -> fmt::Result {
    encoder.encode_descriptor(named.name, named.help, None, MetricType::Gauge)?.encode_gauge(value)
}

/// Writes one point in time, or none, without labels, in seconds since 1970. The unit becomes the last part of the name.
pub(super) fn time(encoder: &mut DescriptorEncoder, named: Named, at: Option<Timestamp>) -> fmt::Result {
    let mut metric = encoder.encode_descriptor(named.name, named.help, Some(&Unit::Seconds), MetricType::Gauge)?;
    at.map_or(Ok(()), |at| metric.encode_gauge(&at.as_second()))
}

/// Writes points in time, in seconds since 1970. The unit becomes the last part of the name.
pub(super) fn times<'l, const N: usize>(
    encoder: &mut DescriptorEncoder,
    named: Named,
    values: impl IntoIterator<Item = (Labels<'l, N>, Timestamp)>,
) -> fmt::Result {
    let mut family = encoder.encode_descriptor(named.name, named.help, Some(&Unit::Seconds), MetricType::Gauge)?;
    for (labels, at) in values {
        family.encode_family(&labels)?.encode_gauge(&at.as_second())?;
    }
    Ok(())
}

/// Writes numbers that only go up. `_total` becomes the last part of the name.
pub(super) fn counters<'l, const N: usize>(
    encoder: &mut DescriptorEncoder,
    named: Named,
    values: impl IntoIterator<Item = (Labels<'l, N>, u64)>,
) -> fmt::Result {
    let mut family = encoder.encode_descriptor(named.name, named.help, None, MetricType::Counter)?;
    for (labels, count) in values {
        family.encode_family(&labels)?.encode_counter(&count, None::<&Exemplar<[(&str, &str); 0], u64>>)?;
    }
    Ok(())
}

/// Writes one number that only goes up, without labels. `_total` becomes the last part of the name.
pub(super) fn counter(encoder: &mut DescriptorEncoder, named: Named, count: u64) -> fmt::Result {
    let mut metric = encoder.encode_descriptor(named.name, named.help, None, MetricType::Counter)?;
    metric.encode_counter(&count, None::<&Exemplar<NoLabels, u64>>)
}

/// Writes times, without labels. The unit becomes the last part of the name.
pub(super) fn histogram(encoder: &mut DescriptorEncoder, named: Named, times: &Distribution) -> fmt::Result {
    let unit = Some(&Unit::Seconds);
    let mut metric = encoder.encode_descriptor(named.name, named.help, unit, MetricType::Histogram)?;
    metric.encode_histogram::<NoLabels>(times.sum().as_secs_f64(), times.count(), &buckets(times), None)
}

/// Writes times. The unit becomes the last part of the name.
pub(super) fn histograms<'l, const N: usize>(
    encoder: &mut DescriptorEncoder,
    named: Named,
    values: impl IntoIterator<Item = (Labels<'l, N>, &'l Distribution)>,
) -> fmt::Result {
    let unit = Some(&Unit::Seconds);
    let mut family = encoder.encode_descriptor(named.name, named.help, unit, MetricType::Histogram)?;
    for (labels, times) in values {
        let mut metric = family.encode_family(&labels)?;
        metric.encode_histogram::<NoLabels>(times.sum().as_secs_f64(), times.count(), &buckets(times), None)?;
    }
    Ok(())
}

/// Bounds and counts as the encoder takes them: what has no bound goes to infinity.
fn buckets(times: &Distribution) -> Vec<(f64, u64)> {
    times.buckets().map(|(bound, count)| (bound.map_or(f64::INFINITY, |bound| bound.as_secs_f64()), count)).collect()
}

type NoLabels = [(&'static str, &'static str); 0];

/// A count as a number that may go down again.
pub(super) fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
