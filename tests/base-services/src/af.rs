//! Arbetsförmedlingen: `ersattningsstod/v2`.
//!
//! Status codes: 0 the person is known, 1 the person is unknown and nothing more is said, 2 the service failed.

use roxmltree::{Document, Node};

use crate::bad_request::BadRequest;
use crate::cast::{AfRecord, Cast, Decision, Enrolment, Person};
use crate::element::{Element, Namespace};
use crate::odd;
use crate::sequence::{Sequence, boolean};
use crate::soap;
use crate::soap_service::{Carriage, OwnError, SoapService, Statements};

const URI: &str = "http://api.arbetsformedlingen.se/arbetssokande/ersattningsstod/v2";
const AF: Namespace = Namespace(URI);

/// Arbetsförmedlingen's base service.
pub(crate) const SERVICE: SoapService = SoapService {
    path: "/ersattningsstod/v2",
    prefixes: &[(AF, "af")],
    listen: statements,
    make_odd,
    carriage: Carriage::Element,
};

/// Reads a `FragaMeddelande` and prepares the answers to it.
fn statements(document: &Document<'_>, cast: &Cast) -> Result<Statements, BadRequest> {
    let message = soap::payload(document, "FragaMeddelande", URI)?;
    let mut sequence = Sequence::of(message, URI)?;
    let blocks = sequence.optional_element("Inkludera").map_or(Ok(Blocks::ALL), Blocks::read)?;
    let question = Question::read(sequence.element("Fraga")?)?;
    sequence.end()?;

    let person = cast.find(&question.person);
    let right = match person.and_then(|person| person.af().map(|record| (person, record))) {
        Some((person, record)) => question.message(known(person, record, blocks), 0, "Normalt svar"),
        None => question.message(Vec::new(), 1, "Personen saknas i Arbetsförmedlingens register"),
    };
    // A real agency quotes the number in its error text: whoever passes such a text on has a leak.
    let text = format!("Tekniskt fel vid sökning på {}", question.person);
    let own_error = OwnError::Document(question.message(Vec::new(), 2, &text));
    let odd = person.is_some_and(Person::is_odd);
    Ok(Statements { person: question.person, right, own_error, odd })
}

fn make_odd(answer: &mut Element) {
    odd::remove(answer, &["AktivetetsRapportDatum", "LagParagraf", "SyfteMedFraga"]);
    odd::zone_dates(answer);
    odd::add_unknown(answer, &["Svar"]);
}

/// Which blocks the asker wants: an absent attribute means that it does.
#[derive(Clone, Copy)]
struct Blocks {
    job_seeker: bool,
    unemployment_fund: bool,
    decisions: bool,
}

impl Blocks {
    const ALL: Self = Self { job_seeker: true, unemployment_fund: true, decisions: true };

    fn read(node: Node<'_, '_>) -> Result<Self, BadRequest> {
        Sequence::beside_attributes(node, URI)?.end()?;
        let mut blocks = Self::ALL;
        for attribute in node.attributes() {
            let wanted = match (attribute.namespace(), attribute.name()) {
                (None, "ArbetssokandeInfo") => &mut blocks.job_seeker,
                (None, "AkasseInfo") => &mut blocks.unemployment_fund,
                (None, "BeslutInfo") => &mut blocks.decisions,
                (_, name) => {
                    return Err(BadRequest::Attribute { element: "Inkludera".to_owned(), name: name.to_owned() });
                }
            };
            *wanted = boolean(attribute.value())
                .ok_or_else(|| BadRequest::Value { element: attribute.name().to_owned(), expected: "a truth value" })?;
        }
        Ok(blocks)
    }
}

/// A question, as far as the answer needs it.
struct Question {
    person: String,
    reference: String,
    provision: String,
    /// `Fraga` as the answer repeats it.
    echo: Element,
}

impl Question {
    fn read(node: Node<'_, '_>) -> Result<Self, BadRequest> {
        const ORGANISATION: &str = "10 to 12 characters";
        let mut sequence = Sequence::of(node, URI)?;
        let mut echo = Vec::new();
        if let Some(test) = sequence.optional_field("Test")? {
            echo.push(AF.text("Test", test.boolean()?));
        }
        let name = "OrganisationsnummerForIngivare";
        echo.push(AF.text(name, sequence.field(name)?.of_length(10, 12, ORGANISATION)?));
        for name in ["NamnPaIngivare", "KontonamnForHandlaggare"] {
            echo.push(AF.text(name, sequence.field(name)?.any()));
        }
        let reference = sequence.field("Referensnummer")?.any();
        echo.push(AF.text("Referensnummer", &reference));
        for name in ["From", "Tom"] {
            echo.push(AF.text(name, sequence.field(name)?.date()?));
        }
        echo.push(AF.text("SyfteMedFraga", sequence.field("SyfteMedFraga")?.any()));
        let provision = sequence.field("LagParagraf")?.any();
        echo.push(AF.text("LagParagraf", &provision));
        let name = "OrganisationsnummerForPersonuppgiftsbitrade";
        if let Some(number) = sequence.optional_field(name)? {
            echo.push(AF.text(name, number.of_length(10, 12, ORGANISATION)?));
        }
        let name = "NamnPaPersonuppgiftsbitrade";
        echo.extend(sequence.optional_field(name)?.map(|processor| AF.text(name, processor.any())));
        let person = sequence.field("IdentitetsbeteckningFysiskPerson")?.person()?;
        echo.push(AF.text("IdentitetsbeteckningFysiskPerson", &person));
        sequence.end()?;
        Ok(Self { person, reference, provision, echo: AF.parent("Fraga", echo) })
    }

    /// The whole answer, with what is known of the person between the identity number and the status.
    fn message(&self, known: Vec<Element>, status: i32, text: &str) -> Element {
        let answer = [
            AF.text("Schemaversion", "2.0"),
            AF.text("Referensnummer", &self.reference),
            AF.text("LagParagraf", &self.provision),
            AF.text("IdentitetsbeteckningFysiskPerson", &self.person),
        ];
        let status = [AF.text("StatusSokandeinformationKod", status), AF.text("StatusSokandeinformationKodText", text)];
        AF.parent(
            "SvarMeddelande",
            [self.echo.clone(), AF.parent("Svar", answer.into_iter().chain(known).chain(status))],
        )
    }
}

fn known(person: &Person, record: &AfRecord, blocks: Blocks) -> Vec<Element> {
    let mut elements = vec![
        AF.text("Fornamn", person.given_name()),
        AF.text("Efternamn", person.family_name()),
        AF.text("Sekretessmarkering", person.is_protected()),
    ];
    if blocks.job_seeker {
        elements.push(job_seeker(&record.enrolment));
    }
    if blocks.decisions {
        elements.push(AF.parent("BeslutInfo", [AF.parent("EkonomiskaBeslut", record.decisions.iter().map(decision))]));
    }
    if blocks.unemployment_fund {
        elements.extend(AF.optional("Akassetillhorighet", record.unemployment_fund.as_ref()));
    }
    elements
}

fn job_seeker(enrolment: &Enrolment) -> Element {
    let report = &enrolment.activity_report;
    let report = [
        Some(AF.text("AktivitetsRapportMeddelande", &report.message)),
        AF.optional("SenasteAktivitetsRapportDatum", report.latest.as_ref()),
    ];
    let elements = [
        Some(AF.text("Arbetssokande", enrolment.deregistered.is_none())),
        Some(AF.text("ArbetssokandeSKAT", &enrolment.category)),
        Some(AF.text("ArbetssokandeRegistrerad", enrolment.registered)),
        Some(AF.text("ArbetssokandeOmfattning", enrolment.extent_percent)),
        AF.optional("ArbetssokandeAvaktualiserad", enrolment.deregistered.as_ref()),
        Some(AF.parent("AktivetetsRapportDatum", report.into_iter().flatten())),
    ];
    AF.parent("ArbetssokandeInfo", elements.into_iter().flatten())
}

fn decision(decision: &Decision) -> Element {
    AF.parent(
        "Beslut",
        [
            AF.text("ErsattningTyp", &decision.benefit),
            AF.text("Omfattning", decision.extent_percent),
            AF.text("BeslutFrom", decision.from),
            AF.text("BeslutTom", decision.to),
        ],
    )
}
