//! Spans in OTLP's words.

use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{AnyValue, InstrumentationScope, KeyValue};
use opentelemetry_proto::tonic::resource::v1::Resource;
use opentelemetry_proto::tonic::trace::v1::span::SpanKind;
use opentelemetry_proto::tonic::trace::v1::status::StatusCode;
use opentelemetry_proto::tonic::trace::v1::{ResourceSpans, ScopeSpans, Span, Status};
use ssbtx_observation::{Attribute, AttributeValue, End, FinishedSpan, SpanName};

/// A request that holds these spans.
///
/// # Source
///
/// OTLP 1.9, `ExportTraceServiceRequest`; the keys of the resource are OpenTelemetry's.
pub(crate) fn request(spans: impl IntoIterator<Item = FinishedSpan>) -> ExportTraceServiceRequest {
    let service = [("service.name", "ssbtx"), ("service.version", env!("CARGO_PKG_VERSION"))];
    let attributes = service.map(|(key, value)| pair(key, Value::StringValue(value.to_owned()))).into();
    let scope = InstrumentationScope { name: "ssbtx".to_owned(), ..InstrumentationScope::default() };
    let of_scope = ScopeSpans {
        scope: Some(scope),
        spans: spans.into_iter().map(|finished| span(&finished)).collect(),
        schema_url: String::new(),
    };
    let resource = Resource { attributes, ..Resource::default() };
    let of_resource =
        ResourceSpans { resource: Some(resource), scope_spans: vec![of_scope], schema_url: String::new() };
    ExportTraceServiceRequest { resource_spans: vec![of_resource] }
}

fn span(span: &FinishedSpan) -> Span {
    let (state, status) = match span.end {
        End::Well(state) => (state, StatusCode::Unset),
        End::Badly(state) => (state, StatusCode::Error),
    };
    let attributes = span.attributes.iter().chain([&Attribute::State(state)]).map(attribute).collect();
    Span {
        trace_id: span.trace.bytes().into(),
        span_id: span.id.bytes().into(),
        parent_span_id: span.parent.map(|parent| parent.bytes().into()).unwrap_or_default(),
        name: span.name.label().to_owned(),
        kind: kind(span.name).into(),
        start_time_unix_nano: span.began_ns,
        end_time_unix_nano: span.ended_ns,
        attributes,
        // Its message is free text, and the state says it all.
        status: Some(Status { code: status.into(), message: String::new() }),
        ..Span::default()
    }
}

fn kind(name: SpanName) -> SpanKind {
    match name {
        SpanName::Request => SpanKind::Server,
        SpanName::Question | SpanName::AgencyCall => SpanKind::Internal,
        SpanName::Exchange => SpanKind::Client,
    }
}

fn attribute(attribute: &Attribute) -> KeyValue {
    let value = match attribute.value() {
        AttributeValue::Text(text) => Value::StringValue(text.into_owned()),
        AttributeValue::Number(number) => Value::IntValue(number),
    };
    pair(attribute.key(), value)
}

fn pair(key: &str, value: Value) -> KeyValue {
    KeyValue { key: key.to_owned(), value: Some(AnyValue { value: Some(value) }), ..KeyValue::default() }
}
