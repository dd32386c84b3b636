//! One metric with all its label sets.

use std::fmt;

use jiff::Timestamp;
use prometheus_client::encoding::{DescriptorEncoder, EncodeGaugeValue};
use prometheus_client::metrics::MetricType;
use prometheus_client::metrics::exemplar::Exemplar;
use prometheus_client::registry::Unit;

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

/// A count as a number that may go down again.
pub(super) fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
