//! Every operation: what it is for, what it takes, what it gives and how it refuses.

use serde_json::{Value, json};
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::path::{HttpMethod, OperationBuilder, ParameterBuilder, ParameterIn, PathsBuilder};
use utoipa::openapi::request_body::{RequestBody, RequestBodyBuilder};
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::schema::{AdditionalProperties, ObjectBuilder, OneOfBuilder, Type};
use utoipa::openapi::{PathItem, Paths, Ref, RefOr, Required, Schema};

use super::super::api_info::API_INFO;
use super::super::event_stream::EVENT_STREAM;
use super::super::problem::Problem;
use super::cases::{self, CASES};
use super::examples::{self, Named};
use super::{PATH, VERSION, headers, refusals, words};
use crate::accept::JSON;

/// What operations are grouped by.
pub(super) const TAGS: [(&str, &str); 4] = [
    (QUESTIONS, "Frågor om en person eller ett hushåll. Questions about a person or a household."),
    CASES,
    (RULES, "Vad myndigheterna kan lämna ut och vad som bestämmer. What the agencies can disclose, and what decides."),
    (INTERFACE, "Gränssnittet självt. The interface itself."),
];

/// Every path with its operations.
pub(super) fn paths() -> serde_json::Result<Paths> {
    let paths = PathsBuilder::new()
        .path("/v1/questions", PathItem::new(HttpMethod::Post, ask()?))
        .path("/v1/cases/{id}", cases::item()?)
        .path("/v1/catalogues", PathItem::new(HttpMethod::Get, list_catalogues()?))
        .path("/v1/catalogues/{agency}", PathItem::new(HttpMethod::Get, show_catalogue()?))
        .path("/v1/policies", PathItem::new(HttpMethod::Get, list_policies()?))
        .path("/v1/api-info", PathItem::new(HttpMethod::Get, show_api_info()?))
        .path(PATH, PathItem::new(HttpMethod::Get, show_description()?));
    Ok(paths.build())
}

fn ask() -> serde_json::Result<OperationBuilder> {
    let operation = operation(QUESTIONS, "askQuestion", "Ställ en fråga. Ask a question")
        .description(Some(ASKING))
        .request_body(Some(body(either("Question", "HouseholdQuestion"), examples::questions()?)))
        .response("200", answered()?);
    refusals::add(operation, &refusals::of_a_question())
}

/// An answer comes whole, or in pieces where the client wants that more.
fn answered() -> serde_json::Result<Response> {
    let whole = ContentBuilder::new()
        .schema(Some(either("Answer", "HouseholdAnswer")))
        .examples_from_iter(examples::answers()?)
        .build();
    let events = ObjectBuilder::new().schema_type(Type::String).description(Some(EVENTS)).build();
    let in_pieces = ContentBuilder::new().schema(Some(events)).examples_from_iter(examples::events()).build();
    let response = ResponseBuilder::new()
        .description("The answer, one part per base service; of a household, one answer per person.")
        .content(JSON, whole)
        .content(EVENT_STREAM, in_pieces);
    Ok(headers::on_every_response(response).build())
}

fn list_catalogues() -> serde_json::Result<OperationBuilder> {
    let operation =
        operation(RULES, "listCatalogues", "Visa uppgiftskataloger i korthet. Show the catalogues in brief")
            .description(Some(
                "Gives the catalogue of every loaded adapter, in brief. A base service without an adapter has none.",
            ));
    reads(operation, "The catalogues.", Ref::from_schema_name("CatalogueList"), examples::catalogues()?)
}

fn show_catalogue() -> serde_json::Result<OperationBuilder> {
    let agency = ParameterBuilder::new()
        .name("agency")
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .description(Some("The base service."))
        .schema(Some(words::base_service()))
        .example(Some(Value::from("MIV")));
    let operation = operation(RULES, "showCatalogue", "Visa en uppgiftskatalog. Show a catalogue")
        .description(Some("Gives every element that an agency can disclose, with its labels and help texts for forms and explanations."))
        .parameter(agency);
    let operation = reads(operation, "The catalogue.", Ref::from_schema_name("Catalogue"), examples::catalogue()?)?;
    refusals::add(operation, &[Problem::NotFound])
}

fn list_policies() -> serde_json::Result<OperationBuilder> {
    let operation = operation(RULES, "listPolicies", "Visa rollernas regelverk. Show the policies").description(Some(
        "Gives every loaded policy: its role, version and digest, and its legal bases with their standing.",
    ));
    reads(operation, "The policies.", Ref::from_schema_name("PolicyList"), examples::policies()?)
}

fn show_api_info() -> serde_json::Result<OperationBuilder> {
    let operation =
        operation(INTERFACE, "showApiInfo", "Visa gränssnittets version. Show the version of the interface")
            .description(Some("Gives name, version and status of the interface, and where its description is."));
    let example = examples::of("Version 1", serde_json::to_value(API_INFO)?);
    reads(operation, "What the interface is.", Ref::from_schema_name("ApiInfo"), vec![("version-1", example)])
}

fn show_description() -> serde_json::Result<OperationBuilder> {
    let operation = operation(INTERFACE, "showDescription", "Visa denna beskrivning. Show this description")
        .description(Some("Gives this description (OpenAPI 3.1)."));
    let any = AdditionalProperties::FreeForm(true);
    let schema =
        ObjectBuilder::new().schema_type(Type::Object).required("openapi").additional_properties(Some(any)).build();
    let value = json!({ "openapi": "3.1.0", "info": { "title": "SSBTX JSON v1", "version": VERSION }, "paths": {} });
    reads(
        operation,
        "The description.",
        Schema::Object(schema),
        vec![("beginning", examples::of("Its beginning", value))],
    )
}

/// An operation that takes part in a trace.
pub(super) fn operation(tag: &str, id: &str, summary: &str) -> OperationBuilder {
    OperationBuilder::new().tag(tag).operation_id(Some(id)).summary(Some(summary)).parameter(headers::traceparent())
}

/// Something that is read without asking anybody.
fn reads(
    operation: OperationBuilder,
    description: &str,
    schema: impl Into<RefOr<Schema>>,
    examples: Vec<Named>,
) -> serde_json::Result<OperationBuilder> {
    refusals::add(operation.response("200", found(description, schema, examples)), &refusals::of_reading())
}

/// What is found, in JSON.
pub(super) fn found(description: &str, schema: impl Into<RefOr<Schema>>, examples: Vec<Named>) -> Response {
    let content = ContentBuilder::new().schema(Some(schema)).examples_from_iter(examples).build();
    headers::on_every_response(ResponseBuilder::new().description(description).content(JSON, content)).build()
}

/// A body, in JSON.
pub(super) fn body(schema: impl Into<RefOr<Schema>>, examples: Vec<Named>) -> RequestBody {
    let content = ContentBuilder::new().schema(Some(schema)).examples_from_iter(examples).build();
    RequestBodyBuilder::new().required(Some(Required::True)).content(JSON, content).build()
}

fn either(one: &str, other: &str) -> Schema {
    Schema::OneOf(OneOfBuilder::new().item(Ref::from_schema_name(one)).item(Ref::from_schema_name(other)).build())
}

const ASKING: &str = "\
Asks the base services about one person and gives one part for each, in one of six states; about a household, the same for each person. Each \
question is recorded before its answer leaves; one whose record cannot be written gets no answer. Whatever becomes of one person's question, those \
of the others are asked: what is wrong with one stands in its place, and the status is 200.\n\n\
With `accept: text/event-stream` each part is sent as it comes, but none that a part still awaited could close. A client that goes away \
breaks off the work.";

const EVENTS: &str = "\
Server-sent events, each with a name, an id and data in one line of JSON. `part`: a part (`PartEvent`), with the id of its question and its base service. \
`summary`: all that an answer says besides its parts (`SummaryEvent`); nothing follows about this person. `problem`: there is no whole answer, whatever \
has come of it (`ProblemEvent`). `household`: the last one of a household's (`HouseholdEvent`). An answer without its `summary` or `problem` is not whole.";

const QUESTIONS: &str = "questions";
const RULES: &str = "rules";
const INTERFACE: &str = "interface";
