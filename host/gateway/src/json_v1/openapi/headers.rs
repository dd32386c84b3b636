//! The headers that every response has.

use serde_json::Value;
use utoipa::openapi::header::{Header, HeaderBuilder};
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::schema::{Object, ObjectBuilder, Type};

/// Adds what every response says.
pub(super) fn on_every_response(response: ResponseBuilder) -> ResponseBuilder {
    let trace = text().pattern(Some("^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$")).examples([TRACEPARENT]).build();
    let no_store = text().enum_values(Some(["no-store"])).build();
    response
        .header(
            "traceparent",
            header(
                trace,
                "The trace that the request belongs to (W3C Trace Context): the request's own, or a new one.",
            ),
        )
        .header("cache-control", header(no_store, "No response is stored."))
}

/// When to ask again.
pub(super) fn retry_after() -> Header {
    let seconds = ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(1)).examples([12]).build();
    header(seconds, "After how many seconds there may be room again.")
}

/// The trace that a request may belong to. A malformed one is not refused, so that tracing never stops a question.
pub(super) fn traceparent() -> Parameter {
    ParameterBuilder::new()
        .name("traceparent")
        .parameter_in(ParameterIn::Header)
        .description(Some("The trace that the request belongs to (W3C Trace Context). What is absent or malformed is replaced by a new one."))
        .schema(Some(text().build()))
        .example(Some(Value::from(TRACEPARENT)))
        .build()
}

fn header(schema: Object, description: &str) -> Header {
    HeaderBuilder::new().schema(schema).description(Some(description)).build()
}

fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

const TRACEPARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
