//! The description of this interface, made from what the code reads and writes (OpenAPI 3.1).
//!
//! What is answered is described by the types that are written, what is refused by the table of problems, and what is asked by schemas of its
//! own, since a body is read by hand to find all of its faults; tests hold that the two refuse the same. `docs/openapi-v1.json` is what comes
//! out, and what `GET /v1/openapi.json` gives.

mod cases;
mod examples;
mod flattened;
mod headers;
mod operations;
mod question;
mod refusals;
pub(super) mod words;

use std::sync::LazyLock;

use bytes::Bytes;
use utoipa::openapi::security::{SecurityRequirement, SecurityScheme};
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{
    Components, ContactBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, RefOr, Schema, Server,
};
use utoipa::{PartialSchema, ToSchema};

use super::answer::AnswerBody;
use super::api_info::ApiInfo;
use super::cases::CaseBody;
use super::catalogues::{CatalogueList, WholeCatalogue};
use super::household::HouseholdBody;
use super::pieces::{HouseholdEvent, PartEvent, ProblemEvent, SummaryEvent};
use super::policies::PolicyList;
use super::problem;

/// The version of the interface: its first number is the one in the path.
pub(super) const VERSION: &str = "1.0.0";
/// Where the description is served.
pub(super) const PATH: &str = "/v1/openapi.json";

/// The description as it is served; nothing where it cannot be made, which a test rules out.
pub(super) fn served() -> Option<Bytes> {
    static SERVED: LazyLock<Option<Bytes>> = LazyLock::new(|| text().ok().map(Bytes::from));
    SERVED.clone()
}

/// The description as it is kept in `docs/openapi-v1.json`.
fn text() -> serde_json::Result<String> {
    Ok(document()?.to_pretty_json()? + "\n")
}

fn document() -> serde_json::Result<OpenApi> {
    let info = InfoBuilder::new()
        .title("SSBTX JSON v1")
        .version(VERSION)
        .description(Some(DESCRIPTION))
        .contact(Some(
            ContactBuilder::new().name(Some("Den som driver tjänsten (the operator of the service)")).build(),
        ))
        .license(Some(LicenseBuilder::new().name("EUPL-1.2").identifier(Some("EUPL-1.2")).build()));
    let tags =
        operations::TAGS.map(|(name, description)| TagBuilder::new().name(name).description(Some(description)).build());
    Ok(OpenApiBuilder::new()
        .info(info.build())
        .servers(Some([Server::new("/")]))
        .paths(operations::paths()?)
        .components(Some(components()))
        .security(Some([SecurityRequirement::new::<_, [&str; 0], &str>(CERTIFICATE, [])]))
        .tags(Some(tags))
        .build())
}

fn components() -> Components {
    let mut schemas = vec![
        ("Question".to_owned(), question::about_a_person().into()),
        ("HouseholdQuestion".to_owned(), question::about_a_household().into()),
        ("CaseRegistration".to_owned(), cases::registration().into()),
    ];
    add::<AnswerBody<'_>>(&mut schemas);
    add::<HouseholdBody<'_>>(&mut schemas);
    add::<PartEvent<'_>>(&mut schemas);
    add::<SummaryEvent<'_>>(&mut schemas);
    add::<ProblemEvent<'_>>(&mut schemas);
    add::<HouseholdEvent>(&mut schemas);
    add::<CaseBody>(&mut schemas);
    add::<CatalogueList<'_>>(&mut schemas);
    add::<WholeCatalogue<'_>>(&mut schemas);
    add::<PolicyList<'_>>(&mut schemas);
    add::<ApiInfo>(&mut schemas);
    add::<problem::Body<'_>>(&mut schemas);
    let mut components = Components::new();
    components.schemas = flattened::without_null(schemas);
    let description = Some("The client certificate that a consumer is registered with: it gives the role.".to_owned());
    components.add_security_scheme(CERTIFICATE, SecurityScheme::MutualTls { description, extensions: None });
    components
}

/// Adds the schema of a type and those that it refers to.
fn add<T: ToSchema>(schemas: &mut Vec<(String, RefOr<Schema>)>) {
    schemas.push((T::name().into_owned(), <T as PartialSchema>::schema()));
    T::schemas(schemas);
}

/// The name of the one way to say who asks.
const CERTIFICATE: &str = "clientCertificate";

const DESCRIPTION: &str = "\
**Svenska.** En handläggare vid en socialnämnd ställer en fråga om en person, i ett ärende. Tjänsten frågar de myndigheter som får svara, släpper \
igenom exakt det som rollen får se enligt lag och lagrar ingenting. Varje del av svaret säger vad som hände hos en bastjänst, vad som inte visas och \
varför.\n\n\
**English.** A caseworker at a social welfare committee asks one question about one person, in one case. The service asks the agencies that may \
answer, lets through exactly what the role may see by law, and stores nothing. Each part of the answer says what became of one base service, what is \
withheld, and why.\n\n\
**Begränsningar (limits).** A question is answered within the operator's deadline, 6.5 seconds unless set otherwise: an agency that is later than that has the \
state `timed-out` and the others are delivered. A body is at most 262,144 bytes unless the operator says otherwise; texts are counted in bytes of UTF-8. How much a \
consumer and a caseworker may ask is the operator's to say: what is over it is refused with 429 and `retry-after`. A part that failed is no error: \
the status is 200 and the other parts are complete. Clients ignore members that they do not know: further ones may come within version 1. \
Every response says `cache-control: no-store`, and no URL holds personal data.";

#[cfg(test)]
mod tests;
