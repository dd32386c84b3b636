//! The schemas of a question. It is read by hand, in `json_v1/question.rs`; a test holds that both refuse the same.

use utoipa::openapi::SchemaFormat;
use utoipa::openapi::schema::{AdditionalProperties, Array, ArrayBuilder, KnownFormat, Object, ObjectBuilder, Type};

use super::words;

/// A question about one person.
///
/// What a schema cannot say is in the descriptions: an identity number's date and check digit, that a period does not end before it begins,
/// and that the length of a text is its bytes.
pub(super) fn about_a_person() -> Object {
    asked("A question about one person, of whom the case is. Unknown keys and keys given twice are refused.")
        .property("person", person())
        .required("person")
        .build()
}

/// A question about the persons of a household. What a schema cannot say of it is in the descriptions too: nobody is there twice, and one person is
/// the one of the case.
pub(super) fn about_a_household() -> Object {
    asked(
        "A question about each person of a household, in the same case. Unknown keys and keys given twice are refused.",
    )
    .property("persons", persons(12))
    .required("persons")
    .build()
}

/// What is asked in either case, in an object that wants to know about whom.
fn asked(description: &str) -> ObjectBuilder {
    closed()
        .description(Some(description))
        .property("period", period())
        .property("requester", requester())
        .property("caseId", text(256, "The asker's own id of the case in which is asked.", "2026-0017"))
        .property("purpose", text(1024, "Why is asked, in the asker's words.", "Ekonomiskt bistånd"))
        .property("correlationId", text(256, "The asker's own reference, given back with the answer.", "abc-123"))
        .property("include", include())
        .required("period")
        .required("requester")
        .required("caseId")
        .required("purpose")
}

/// The persons of a household or a case.
pub(super) fn persons(most: usize) -> Array {
    let member = closed()
        .property("person", person())
        .property("relation", words::relation())
        .required("person")
        .required("relation")
        .build();
    ArrayBuilder::new()
        .items(member)
        .min_items(Some(1))
        .max_items(Some(most))
        .description(Some(
            "Everybody in it, nobody twice. Exactly one has the relation `subject`: the person of the case.",
        ))
        .build()
}

fn person() -> Object {
    string("^[0-9]{12}$")
        .format(Some(SchemaFormat::Custom("personal-identity-number".to_owned())))
        .description(Some(
            "Personnummer or samordningsnummer: twelve digits, with a real date and a right check digit unless the operator leaves those to \
             the agencies.",
        ))
        .examples(["197701172392"])
        .build()
}

fn period() -> Object {
    let day = |description: &str, example: &str| {
        let day =
            ObjectBuilder::new().schema_type(Type::String).format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)));
        day.description(Some(description)).examples([example]).build()
    };
    closed()
        .description(Some("The period that is asked about, both days included."))
        .property("from", day("The first day.", "2026-01-01"))
        .property("to", day("The last day, not before the first.", "2026-02-28"))
        .required("from")
        .required("to")
        .build()
}

/// The number of an organisation that the consumer speaks for.
pub(super) fn organisation_number() -> Object {
    string("^[0-9]{4}[2-9][0-9]{7}$")
        .format(Some(SchemaFormat::Custom("organisation-number".to_owned())))
        .description(Some(
            "Organisationsnummer with its century: the certificate's own, or one that its consumer is registered to act for.",
        ))
        .examples(["162020000001"])
        .build()
}

fn requester() -> Object {
    closed()
        .description(Some("Who asks."))
        .property("organisationNumber", organisation_number())
        .property("name", text(256, "The name of the organisation.", "Exempelkommun"))
        .property("caseworker", text(256, "The caseworker (handläggare), a name or an account.", "hand01"))
        .required("organisationNumber")
        .required("name")
        .required("caseworker")
        .build()
}

fn include() -> Array {
    ArrayBuilder::new()
        .items(words::base_service())
        .min_items(Some(1))
        .unique_items(true)
        .description(Some("The base services that are asked; all of them where nothing is said."))
        .build()
}

/// A text that is not only white space, without control characters but tab and line ends.
pub(super) fn text(bytes: usize, description: &str, example: &str) -> Object {
    const NO_CONTROL: &str = r"[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]";
    const VISIBLE: &str = r"[^\s\u0000-\u001f\u007f-\u009f]";
    string(&format!("^{NO_CONTROL}*{VISIBLE}{NO_CONTROL}*$"))
        .min_length(Some(1))
        .max_length(Some(bytes))
        .description(Some(format!("{description} At most {bytes} bytes of UTF-8, not only white space.")))
        .examples([example])
        .build()
}

fn string(pattern: &str) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String).pattern(Some(pattern))
}

/// An object that has no other keys than those named.
pub(super) fn closed() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::Object).additional_properties(Some(AdditionalProperties::FreeForm(false)))
}
