//! The types of the question.

use super::{Field, Note, Type};
use crate::soap_v10::contract::markup::{element, empty};
use crate::soap_v10::contract::xsd::Occurs::{AtMostOnce, Freely, Once};
use crate::soap_v10::xml::Writer;

/// Writes every type that a question is made of.
pub(super) fn write(out: &mut Writer) {
    restriction(out, "NonEmptyString", "xsd:string", ("xsd:minLength", "1"));
    restriction(out, "Organisationsnummer", "xsd:token", ("xsd:pattern", "[\\d]{4}[2-9]{1}[\\d]{7}"));
    restriction(out, "Personidentitet", "xsd:token", ("xsd:pattern", "[0-9]{12}"));
    for described in &TYPES {
        described.write(out);
    }
    general(out);
}

fn restriction(out: &mut Writer, name: &str, base: &str, (facet, value): (&str, &str)) {
    element(out, "xsd:simpleType", &[("name", name)], |out| {
        element(out, "xsd:restriction", &[("base", base)], |out| empty(out, facet, &[("value", value)]));
    });
}

/// The one type with a default, which no other field has.
fn general(out: &mut Writer) {
    element(out, "xsd:complexType", &[("name", "GenerellaFrageparametrar")], |out| {
        element(out, "xsd:sequence", &[], |out| {
            for field in &BEFORE_ECHO {
                field.write(out);
            }
            let attributes = [("name", "fraganSkallInkluderasISvaret"), ("type", "xsd:boolean"), ("default", "0")];
            element(out, "xsd:element", &attributes, |out| ECHO.write(out));
            for field in &AFTER_ECHO {
                field.write(out);
            }
        });
    });
}

const TYPES: [Type; 14] = [
    Type::new(
        "Ingivare",
        Note("Den myndighet som frågar.", "The authority that asks."),
        &[
            Field::new(
                "organisationsnummer",
                "ssbt:Organisationsnummer",
                Once,
                Note(
                    "Certifikatets eget nummer, eller ett som konsumenten är registrerad att fråga för.",
                    "The certificate's own number, or one that the consumer is registered to act for.",
                ),
            ),
            Field::new("namn", "ssbt:NonEmptyString", Once, Note("Högst 256 byte.", "At most 256 bytes.")),
            Field::new(
                "handlaggare",
                "ssbt:NonEmptyString",
                Once,
                Note("Den handläggare som frågar. Högst 256 byte.", "The caseworker who asks. At most 256 bytes."),
            ),
        ],
    ),
    Type::new(
        "Tidsperiod",
        Note("Från och med en dag till och med en annan.", "From one day to another, both included."),
        &[
            Field::new("fromDatum", "xsd:date", Once, Note::EMPTY),
            Field::new("tomDatum", "xsd:date", Once, Note("Inte före fromDatum.", "Not before fromDatum.")),
        ],
    ),
    Type::new(
        "Personuppgiftsbitrade",
        Note("Den som behandlar frågan åt ingivaren.", "Who handles the question for the asker."),
        &[
            Field::new("ordningsnummer", "xsd:short", AtMostOnce, Note::EMPTY),
            Field::new("organisationsnummer", "ssbt:Organisationsnummer", Once, Note::EMPTY),
            Field::new("namn", "ssbt:NonEmptyString", Once, Note::EMPTY),
        ],
    ),
    Type::new(
        "ForsakringskassanFraga",
        Note("Frågan till Försäkringskassan (LEFI).", "The question to Försäkringskassan (LEFI)."),
        &[
            Field::new("version", "xsd:string", AtMostOnce, Note("Utan version: v9.", "Without one: v9.")),
            Field::new(
                "aktorsid",
                "xsd:string",
                Once,
                Note("Nämndens id hos Försäkringskassan.", "The authority's id at Försäkringskassan."),
            ),
            Field::new(
                "lefiJsonFraga",
                "xsd:base64Binary",
                Once,
                Note(
                    "LEFI:s fråga i JSON. Det som rollen inte får se frågas det inte efter.",
                    "LEFI's question in JSON. What the role may not see is not asked for.",
                ),
            ),
        ],
    ),
    Type::block(
        "Forsakringskassan",
        Note("Försäkringskassan och Pensionsmyndigheten.", "Försäkringskassan and Pensionsmyndigheten."),
        &[Field::new("fraga", "ssbt:ForsakringskassanFraga", AtMostOnce, Note::EMPTY)],
    ),
    Type::block("Csn", Note("Centrala studiestödsnämnden.", "Centrala studiestödsnämnden."), &OWN_PERIOD),
    Type::block("Skatteverket", Note("Skatteverket.", "Skatteverket."), &[]),
    Type::block("Arbetsformedlingen", Note("Arbetsförmedlingen.", "Arbetsförmedlingen."), &OWN_PERIOD),
    Type::block("AkassornasSamorganisation", Note("Sveriges a-kassor.", "Sveriges a-kassor."), &OWN_PERIOD),
    Type::block("Transportstyrelsen", Note("Transportstyrelsen.", "Transportstyrelsen."), &OWN_PERIOD),
    Type::block("Migrationsverket", Note("Migrationsverket.", "Migrationsverket."), &[]),
    Type::new(
        "SpecifikaFrageparametrar",
        Note(
            "Vilka bastjänster som ska frågas, och det som bara gäller en av dem.",
            "Which base services are to be asked, and what concerns one of them alone.",
        ),
        &[
            Field::new("AF", "ssbt:Arbetsformedlingen", Once, Note::EMPTY),
            Field::new("CSN", "ssbt:Csn", Once, Note::EMPTY),
            Field::new("FK", "ssbt:Forsakringskassan", Once, Note::EMPTY),
            Field::new("SKV", "ssbt:Skatteverket", Once, Note::EMPTY),
            Field::new("SO", "ssbt:AkassornasSamorganisation", Once, Note::EMPTY),
            Field::new("TNS", "ssbt:Transportstyrelsen", Once, Note::EMPTY),
            Field::new("MIV", "ssbt:Migrationsverket", Once, Note::EMPTY),
        ],
    ),
    Type::new("SammansattBastjanstFraga", Note("En fråga om en person.", "One question about one person."), &QUESTION),
    Type::new(
        "SammansattBastjanstFragaOriginal",
        Note("Frågan som den ställdes.", "The question as asked."),
        &QUESTION,
    ),
];

const QUESTION: [Field; 2] = [
    Field::new("generellaFrageparametrar", "ssbt:GenerellaFrageparametrar", Once, Note::EMPTY),
    Field::new("specifikaFrageparametrar", "ssbt:SpecifikaFrageparametrar", Once, Note::EMPTY),
];

const OWN_PERIOD: [Field; 1] = [Field::new(
    "tidsperiod",
    "ssbt:Tidsperiod",
    AtMostOnce,
    Note("I stället för den period som gäller alla.", "In place of the period that holds for all."),
)];

const BEFORE_ECHO: [Field; 2] = [
    Field::new("frageTidpunkt", "xsd:dateTime", AtMostOnce, Note("Återges i svaret.", "Repeated in the answer.")),
    Field::new(
        "korrelationsid",
        "xsd:string",
        AtMostOnce,
        Note("Återges i svaret. Högst 256 byte.", "Repeated in the answer. At most 256 bytes."),
    ),
];

const ECHO: Note = Note("Om frågan ska återges i svaret.", "Whether the answer repeats the question.");

const AFTER_ECHO: [Field; 7] = [
    Field::new("ingivare", "ssbt:Ingivare", Once, Note::EMPTY),
    Field::new(
        "personidentitet",
        "ssbt:Personidentitet",
        Once,
        Note("Person- eller samordningsnummer, tolv siffror.", "Identity number, twelve digits."),
    ),
    Field::new(
        "arendeidentitet",
        "ssbt:NonEmptyString",
        Once,
        Note(
            "Ärendet hos ingivaren. Högst 256 byte; CSN tar emot högst 31 tecken.",
            "The asker's case. At most 256 bytes; CSN takes at most 31 characters.",
        ),
    ),
    Field::new("tidsperiod", "ssbt:Tidsperiod", Once, Note::EMPTY),
    Field::new("personuppgiftsbitrade", "ssbt:Personuppgiftsbitrade", Freely, Note::EMPTY),
    Field::new("syfte", "xsd:string", Once, Note("Högst 1 024 byte.", "At most 1,024 bytes.")),
    Field::new(
        "lagtext",
        "xsd:string",
        Once,
        Note(
            "Används inte: varje myndighet får den lag som rollens regler vilar på.",
            "Not used: each agency is told the law that the role's policy rests on.",
        ),
    ),
];
