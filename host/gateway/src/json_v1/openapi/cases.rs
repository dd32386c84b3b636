//! What is said of open cases. The body is read by hand, in `json_v1/cases.rs`; the test against the running host holds that both
//! refuse the same.

use serde_json::Value;
use ssbtx_open_cases::CaseLimits;
use utoipa::openapi::path::{HttpMethod, OperationBuilder, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::schema::{KnownFormat, Object, ObjectBuilder, Type};
use utoipa::openapi::{PathItem, Ref, Required, SchemaFormat};

use super::operations::{body, found, operation};
use super::question::{closed, organisation_number, persons, text};
use super::{examples, headers, refusals};

/// What operations on cases are grouped under, and its description.
pub(super) const CASES: (&str, &str) = (
    "cases",
    "Pågående ärenden. Open cases: what a consumer that is held to them registers before it asks about the persons in them.",
);

/// The operations on one case.
pub(super) fn item() -> serde_json::Result<PathItem> {
    let mut item = PathItem::new(HttpMethod::Put, register()?);
    item.get = Some(show()?.build());
    item.delete = Some(close()?.build());
    Ok(item)
}

/// What a body registers.
pub(super) fn registration() -> Object {
    let until = ObjectBuilder::new()
        .schema_type(Type::String)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
        .description(Some(
            "From when the case is open no longer, unless it is registered again: a time in whole seconds, as far ahead as the operator lets \
             a case be open; without it, as far.",
        ))
        .examples(["2026-12-31T23:00:00Z"])
        .build();
    closed()
        .description(Some("Who is in a case. Unknown keys and keys given twice are refused."))
        .property("organisationNumber", organisation_number())
        .property("persons", persons(CaseLimits::MOST_PERSONS))
        .property("until", until)
        .required("organisationNumber")
        .required("persons")
        .build()
}

fn register() -> serde_json::Result<OperationBuilder> {
    let kept = |description| found(description, Ref::from_schema_name("OpenCase"), examples::cases());
    let operation = operation(CASES.0, "registerCase", "Registrera ett pågående ärende. Register an open case")
        .description(Some(
            "Registers who is in a case, in place of who was. The persons are kept as keyed digests until the case is closed or its time is out.",
        ))
        .parameter(id())
        .request_body(Some(body(Ref::from_schema_name("CaseRegistration"), examples::registrations()?)))
        .response("201", kept("The case, which was not open before."))
        .response("200", kept("The case, which was open before."));
    refusals::add(operation, &refusals::of_registering())
}

fn show() -> serde_json::Result<OperationBuilder> {
    let found = found("The case.", Ref::from_schema_name("OpenCase"), examples::cases());
    let operation = operation(CASES.0, "showCase", "Visa ett pågående ärende. Show an open case")
        .description(Some(
            "Says until when a case is open, and how many persons are in it; who they are is told to nobody.",
        ))
        .parameter(id())
        .parameter(organisation())
        .response("200", found);
    refusals::add(operation, &refusals::of_showing_a_case())
}

fn close() -> serde_json::Result<OperationBuilder> {
    let closed = headers::on_every_response(ResponseBuilder::new().description("The case is closed."));
    let operation = operation(CASES.0, "closeCase", "Avsluta ett ärende. Close a case")
        .description(Some("Closes a case at once: questions about the persons in it are outside of it from then on."))
        .parameter(id())
        .parameter(organisation())
        .response("204", closed.build());
    refusals::add(operation, &refusals::of_closing())
}

fn id() -> Parameter {
    let id = text(
        256,
        "The consumer's own id of the case, the `caseId` of its questions. It is not, and does not hold, an identity number.",
        "2026-0017",
    );
    ParameterBuilder::new()
        .name("id")
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .schema(Some(id))
        .example(Some(Value::from("2026-0017")))
        .build()
}

fn organisation() -> Parameter {
    ParameterBuilder::new()
        .name("organisationNumber")
        .parameter_in(ParameterIn::Query)
        .required(Required::False)
        .description(Some(
            "The organisation whose case it is; the certificate's own where nothing is said. There is no other query.",
        ))
        .schema(Some(organisation_number()))
        .example(Some(Value::from("162020000001")))
        .build()
}
