//! What a collector gets, over real TLS.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on says so by panicking; clippy's own exemption does not reach helper functions"
)]

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::trace::v1::Span as Sent;
use prost::Message as _;
use ssbtx_core::{AgencyId, Front, QuestionId};
use ssbtx_observation::{Attribute, End, Recorder, SpanName, Trace};
use ssbtx_otlp::{Exporter, OtlpSettings, SamplingShare};
use ssbtx_stage::collector::{Collector, Export};
use ssbtx_stage::pki::Pki;
use ssbtx_upstream::ClientTls;
use tempfile::TempDir;

const LONG: Duration = Duration::from_mins(1);

struct Stage {
    collector: Collector,
    settings: OtlpSettings,
    _folder: TempDir,
}

impl Stage {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let pki = Pki::create(folder.path()).unwrap();
        let collector = Collector::start(&pki.base_services).await.unwrap();
        let settings = OtlpSettings {
            endpoint: collector.endpoint().parse().unwrap(),
            tls: ClientTls::without_certificate(&pki.agency_roots).unwrap(),
            share: SamplingShare::ALL,
            // What is sent is sent at the end, so that no test waits.
            interval: LONG,
        };
        Self { collector, settings, _folder: folder }
    }
}

fn trace(recorder: Arc<dyn Recorder>) -> ssbtx_observation::Span {
    Trace::begin(None, [[1; 16], [2; 16]], "2026-03-01T12:00:00Z".parse::<Timestamp>().unwrap(), recorder)
}

fn spans(exports: &[Export]) -> Vec<Sent> {
    let requests = exports.iter().map(|export| ExportTraceServiceRequest::decode(export.body.clone()).unwrap());
    let of_resource = requests.flat_map(|request| request.resource_spans);
    of_resource.flat_map(|resource| resource.scope_spans).flat_map(|scope| scope.spans).collect()
}

fn attributes(span: &Sent) -> Vec<(String, String)> {
    let value = |value: &Value| match value {
        Value::StringValue(text) => text.clone(),
        Value::IntValue(number) => number.to_string(),
        other => panic!("{other:?}"),
    };
    let pairs = span.attributes.iter();
    pairs.map(|pair| (pair.key.clone(), value(pair.value.as_ref().unwrap().value.as_ref().unwrap()))).collect()
}

#[tokio::test]
async fn a_collector_gets_spans_with_their_parents_and_what_they_say() {
    let stage = Stage::new().await;
    let exporter = Exporter::start(&stage.settings).unwrap();
    let request = trace(exporter.recorder());
    let mut question = request.trace().span(SpanName::Question);
    question.say(|| Attribute::Front(Front::SoapV10));
    question.say(|| Attribute::Question(QuestionId([7; 16])));
    let mut exchange = question.trace().span(SpanName::Exchange);
    exchange.say(|| Attribute::Agency(AgencyId::CSN));
    exchange.say(|| Attribute::Status(500));
    exchange.end(End::Badly("unreachable"));
    question.end(End::Well("answered"));
    drop(request);
    let recorder = exporter.recorder();
    exporter.finish(LONG).await;

    let exports = stage.collector.exports();
    assert_eq!(exports.iter().map(|export| export.target.as_str()).collect::<Vec<_>>(), ["POST /v1/traces"]);
    assert_eq!(exports[0].headers["content-type"], "application/x-protobuf");
    let spans = spans(&exports);
    let names: Vec<&str> = spans.iter().map(|span| span.name.as_str()).collect();
    assert_eq!(names, ["exchange", "question", "request"]);
    assert_eq!((&spans[0].parent_span_id, &spans[1].parent_span_id), (&spans[1].span_id, &spans[2].span_id));
    assert!(spans[2].parent_span_id.is_empty() && spans.iter().all(|span| span.trace_id == spans[0].trace_id));
    // Internal, server and client; an error where it ended badly.
    assert_eq!(spans.iter().map(|span| span.kind).collect::<Vec<_>>(), [3, 1, 2]);
    let status = |span: &Sent| (span.status.as_ref().unwrap().code, span.status.as_ref().unwrap().message.clone());
    assert_eq!((status(&spans[0]), status(&spans[1])), ((2, String::new()), (0, String::new())));
    let said = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    };
    let of_exchange = [("ssbtx.agency", "CSN"), ("http.response.status_code", "500"), ("ssbtx.state", "unreachable")];
    assert_eq!(attributes(&spans[0]), said(&of_exchange));
    let id = "07070707-0707-0707-0707-070707070707";
    let of_question = [("ssbtx.front", "soap-v10"), ("ssbtx.question", id), ("ssbtx.state", "answered")];
    assert_eq!(attributes(&spans[1]), said(&of_question));
    assert_eq!((recorder.figures().exported, recorder.figures().lost), (3, 0));
}

#[tokio::test]
async fn spans_that_a_collector_does_not_take_are_lost_and_counted() {
    let stage = Stage::new().await;
    stage.collector.answer_with(503);
    let exporter = Exporter::start(&stage.settings).unwrap();
    drop(trace(exporter.recorder()));
    let recorder = exporter.recorder();
    exporter.finish(LONG).await;
    assert_eq!((recorder.figures().exported, recorder.figures().lost), (0, 1));
}

#[tokio::test]
async fn a_server_that_the_roots_do_not_vouch_for_gets_nothing() {
    let (stage, other) = (Stage::new().await, Stage::new().await);
    let settings = OtlpSettings { tls: other.settings.tls.clone(), ..stage.settings.clone() };
    let exporter = Exporter::start(&settings).unwrap();
    drop(trace(exporter.recorder()));
    let recorder = exporter.recorder();
    exporter.finish(LONG).await;
    assert!(stage.collector.exports().is_empty());
    assert_eq!(recorder.figures().lost, 1);
}

/// Nothing runs between the spans, so none can be sent.
#[tokio::test]
async fn what_finds_no_room_is_dropped_at_once_and_counted() {
    let stage = Stage::new().await;
    let exporter = Exporter::start(&stage.settings).unwrap();
    let recorder = exporter.recorder();
    let request = trace(exporter.recorder());
    for _ in 0..5000 {
        drop(request.trace().span(SpanName::Exchange));
    }
    let figures = recorder.figures();
    assert_eq!((figures.waiting, figures.dropped), (4096, 904));
}

#[tokio::test]
async fn nothing_is_recorded_of_a_trace_outside_the_share() {
    let stage = Stage::new().await;
    let none = SamplingShare::of_percent(0).unwrap();
    let exporter = Exporter::start(&OtlpSettings { share: none, ..stage.settings.clone() }).unwrap();
    let request = trace(exporter.recorder());
    assert!(request.trace().traceparent().ends_with("-00"));
    drop(request);
    exporter.finish(LONG).await;
    assert!(stage.collector.exports().is_empty());
}
