//! The closed vocabularies of this interface, and the shapes that come again and again.

use ssbtx_core::{AgencyId, BASE_SERVICES, Encoding, Kind, Relation, State, ValueType};
use utoipa::openapi::schema::{AdditionalProperties, Array, ArrayBuilder, Object, ObjectBuilder, Type};

use super::super::catalogues;
use crate::case_gate::CASE_NOT_OPEN;
use crate::limits::{Limit, Measure, Whose};

/// A base service.
pub(in crate::json_v1) fn base_service() -> Object {
    one_of(&BASE_SERVICES.map(|agency| agency.to_string())).description(Some("A base service.")).build()
}

/// An agency that owns data: a base service's own, or one that it answers for.
pub(in crate::json_v1) fn agency() -> Object {
    let agencies = BASE_SERVICES.into_iter().chain([AgencyId::PM]).map(|agency| agency.to_string());
    one_of(&agencies.collect::<Vec<_>>()).description(Some("The agency that owns the data.")).build()
}

/// Several of them.
pub(in crate::json_v1) fn agencies() -> Array {
    ArrayBuilder::new().items(agency()).min_items(Some(1)).unique_items(true).build()
}

/// What became of a base service: six different things.
pub(in crate::json_v1) fn state() -> Object {
    let description = "`answered`: it gave what the role may see. `nothing-found`: it knows nothing of the person. `not-asked`: the question \
                       did not include it. `not-permitted`: the role may see nothing of it, so it was not asked. `failed`: it, or the \
                       service, failed. `timed-out`: it did not answer in time.";
    one_of(&STATES.map(State::label)).description(Some(description)).build()
}

/// How a person of a household stands to the person of the case.
pub(in crate::json_v1) fn relation() -> Object {
    let description = "How the person stands to the person of the case, who is `subject`.";
    one_of(&Relation::ALL.map(Relation::label)).description(Some(description)).build()
}

/// Why an element is withheld.
pub(in crate::json_v1) fn reason() -> Object {
    one_of(&REASONS).description(Some("Why it is withheld; `docs/json-v1.md` says what each reason means.")).build()
}

/// Who failed.
pub(in crate::json_v1) fn source() -> Object {
    let description = "`SSBT` is the service, or the adapter before anything was sent; `BT` is the agency.";
    one_of(&["SSBT", "BT"]).description(Some(description)).build()
}

/// One of the limits of a consumer or a caseworker.
pub(in crate::json_v1) fn limit() -> Object {
    let of = |whose| {
        [Measure::Rate, Measure::Concurrency, Measure::DailyVolume].map(|measure| Limit { whose, measure }.label())
    };
    one_of(&[of(Whose::Consumer), of(Whose::Caseworker)].concat()).description(Some("Which limit is reached.")).build()
}

/// What is wrong with a question that has an answer all the same.
pub(in crate::json_v1) fn warnings() -> Array {
    let description =
        "`case-not-open`: the person is not registered in the case that the question names, or the case is not open.";
    ArrayBuilder::new()
        .items(one_of(&[CASE_NOT_OPEN]).description(Some(description)))
        .min_items(Some(1))
        .unique_items(true)
        .build()
}

/// How far the operator accepts a basis that is not law.
pub(in crate::json_v1) fn acceptance() -> Object {
    one_of(&["no", "some-datasets", "every-dataset"]).description(Some("How far the operator accepts it.")).build()
}

/// What an agency answers in.
pub(in crate::json_v1) fn encoding() -> Object {
    one_of(&[Encoding::Xml, Encoding::Json].map(catalogues::encoding))
        .description(Some("What the agency answers in."))
        .build()
}

/// What an element is.
pub(in crate::json_v1) fn kind() -> Object {
    one_of(&[Kind::Object, Kind::List, Kind::Scalar, Kind::Attribute].map(catalogues::kind)).build()
}

/// The type of an element's value.
pub(in crate::json_v1) fn value_type() -> Object {
    let types = VALUE_TYPES.into_iter().filter_map(catalogues::value_type).collect::<Vec<_>>();
    one_of(&types).description(Some("The type of its value; absent where it has none.")).build()
}

/// Where an interface is in its life, in the words of DIGG's profile.
pub(in crate::json_v1) fn api_status() -> Object {
    one_of(&["alpha", "beta", "active", "deprecated", "retired"]).build()
}

/// A digest.
pub(in crate::json_v1) fn sha256() -> Object {
    let text = ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[0-9a-f]{64}$"));
    text.description(Some("A digest, SHA-256.")).build()
}

/// An agency's document.
pub(in crate::json_v1) fn document() -> Object {
    let description = "What the role may see of the agency's own document: the content of its root element, by element name. Its shape \
                       follows from the agency's catalogue, never from the values. Where the agency answered, and where it found nothing \
                       but has a document that says so.";
    let any = ObjectBuilder::new()
        .schema_type(Type::Object)
        .additional_properties(Some(AdditionalProperties::FreeForm(true)));
    any.description(Some(description)).build()
}

fn one_of<T: AsRef<str>>(words: &[T]) -> ObjectBuilder {
    let words: Vec<_> = words.iter().map(AsRef::as_ref).collect();
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words))
}

const STATES: [State; 6] =
    [State::Answered, State::NothingFound, State::NotAsked, State::NotPermitted, State::Failed, State::TimedOut];

/// The labels of [`ssbtx_core::Reason`], in the order of `docs/json-v1.md`.
pub(super) const REASONS: [&str; 11] = [
    "no-legal-basis",
    "not-needed",
    "protected-identity",
    "consent-missing",
    "wrong-relation",
    "basis-pending",
    "basis-not-in-force",
    "basis-unknown",
    "agency-veto",
    "tightened",
    "depends-on-withheld",
];

const VALUE_TYPES: [ValueType; 7] = [
    ValueType::None,
    ValueType::Text,
    ValueType::Integer,
    ValueType::Decimal,
    ValueType::Boolean,
    ValueType::Date,
    ValueType::DateTime,
];
