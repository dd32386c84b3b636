//! Migrationsverket: `ssbtek/1`, `findByPersonnummer`.
//!
//! The schema is unqualified: only the payload's root has a namespace. An unknown person is an answer without `response`.

use roxmltree::{Document, Node};

use crate::bad_request::BadRequest;
use crate::cast::{Cast, MivRecord, Permit, Person, Validity};
use crate::element::{Element, Namespace};
use crate::odd;
use crate::sequence::{Field, Sequence};
use crate::soap;
use crate::soap_service::{Carriage, OwnError, SoapService, Statements};

const URI: &str = "http://schema.migrationsverket.se/ssbtek/1/";
const MIV: Namespace = Namespace(URI);
const LOCAL: Namespace = Namespace::NONE;

/// Migrationsverket's base service.
pub(crate) const SERVICE: SoapService = SoapService {
    path: "/ssbtek/1",
    prefixes: &[(MIV, "miv")],
    listen: statements,
    make_odd,
    carriage: Carriage::Element,
};

/// Reads a `findByPersonnummer` and prepares the answers to it.
fn statements(document: &Document<'_>, cast: &Cast) -> Result<Statements, BadRequest> {
    let mut sequence = Sequence::of(soap::payload(document, "findByPersonnummer", URI)?, "")?;
    let Question { person: number, correlation } = Question::read(sequence.element("query")?)?;
    sequence.end()?;

    let person = cast.find(&number);
    let response = person
        .and_then(|person| person.miv().map(|record| (person, record)))
        .map(|(person, record)| response(person, record, correlation.as_ref()));
    let right = MIV.parent("findByPersonnummerResponse", response);
    // A real agency quotes the number in its error text: whoever passes such a text on has a leak.
    let text = format!("Tekniskt fel vid sökning på {number}");
    let detail = [LOCAL.text("faultCode", "MIV-500"), LOCAL.text("faultString", text)];
    let own_error = OwnError::FaultDetail(MIV.parent("SSBTEKSoapException", detail));
    let odd = person.is_some_and(Person::is_odd);
    Ok(Statements { person: number, right, own_error, odd })
}

fn make_odd(answer: &mut Element) {
    odd::remove(answer, &["correlationid"]);
    odd::zone_dates(answer);
    odd::add_unknown(answer, &["svar"]);
}

struct Question {
    person: String,
    correlation: Option<String>,
}

impl Question {
    fn read(node: Node<'_, '_>) -> Result<Self, BadRequest> {
        let mut sequence = Sequence::of(node, "")?;
        let correlation = sequence.optional_field("korrelationsid")?.map(Field::any);
        // The schema has any text here, but Migrationsverket looks up nothing else.
        let person = sequence.field("personnummer")?.person()?;
        let mut requester = Sequence::of(sequence.element("ingivare")?, "")?;
        sequence.end()?;
        requester.field("handlaggare")?;
        requester.optional_field("namn")?;
        requester.optional_field("organisationsnummer")?;
        requester.end()?;
        Ok(Self { person, correlation })
    }
}

fn response(person: &Person, record: &MivRecord, correlation: Option<&String>) -> Element {
    let elements = [
        LOCAL.optional("korrelationsid", correlation),
        Some(LOCAL.text("correlationid", "simulerad-1")),
        Some(LOCAL.text("efternamn", person.family_name())),
        Some(LOCAL.text("fornamn", person.given_name())),
        LOCAL.optional("hemland", record.home_country.as_ref()),
        LOCAL.optional("inresedatum", record.entered.as_ref()),
        Some(LOCAL.text("personnummer", person.identity())),
        Some(LOCAL.parent("svarCollection", record.permits.iter().map(permit))),
    ];
    LOCAL.parent("response", elements.into_iter().flatten())
}

fn permit(permit: &Permit) -> Element {
    let elements = [
        LOCAL.optional("anledning", permit.reason.as_ref()),
        LOCAL.optional("anledningNamn", permit.reason_name.as_ref()),
        LOCAL.optional("ansokningsdatum", permit.applied.as_ref()),
        LOCAL.optional("arendeTyp", permit.case_type.as_ref()),
        LOCAL.optional("arendeTypNamn", permit.case_type_name.as_ref()),
        LOCAL.optional("beslutsKod", permit.decision_code.as_ref()),
        LOCAL.optional("beslutsKodNamn", permit.decision_code_name.as_ref()),
        LOCAL.optional("beslutsTyp", permit.decision_type.as_ref()),
        LOCAL.optional("beslutsTypNamn", permit.decision_type_name.as_ref()),
        LOCAL.optional("beslutsdatum", permit.decided.as_ref()),
        LOCAL.optional("fromDatum", permit.from.as_ref()),
        LOCAL.optional("giltighetstid", permit.validity.map(Validity::code).as_ref()),
        LOCAL.optional("tomDatum", permit.to.as_ref()),
    ];
    LOCAL.parent("svar", elements.into_iter().flatten())
}
