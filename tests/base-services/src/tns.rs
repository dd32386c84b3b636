//! Transportstyrelsen: `ssbtek/hamtauppgifter/1`.
//!
//! A person without vehicles has an empty list, known or not. A person born in the 1800s cannot be asked about: the schema has no such
//! century.

use roxmltree::{Document, Node};

use crate::bad_request::BadRequest;
use crate::cast::{Cast, Person, Vehicle};
use crate::element::{Element, Namespace};
use crate::odd;
use crate::sequence::Sequence;
use crate::soap;
use crate::soap_service::{Carriage, OwnError, SoapService, Statements};

const URI: &str = "http://schema.transportstyrelsen.se/ssbtek/hamtauppgifterresponder/1";
const TNS: Namespace = Namespace(URI);
const VEHICLE: Namespace = Namespace("http://schema.transportstyrelsen.se/ssbtek/fordon/1");
const PERSON_URI: &str = "http://schema.transportstyrelsen.se/ssbtek/person/1";

/// Transportstyrelsen's base service.
pub(crate) const SERVICE: SoapService = SoapService {
    path: "/ssbtek/hamtauppgifter/1",
    prefixes: &[(TNS, "tns"), (VEHICLE, "frdn")],
    listen: statements,
    make_odd,
    carriage: Carriage::Element,
};

/// Reads a `HamtaUppgifter` and prepares the answers to it.
fn statements(document: &Document<'_>, cast: &Cast) -> Result<Statements, BadRequest> {
    let mut sequence = Sequence::of(soap::payload(document, "HamtaUppgifter", URI)?, URI)?;
    let number = identity(sequence.element("identifikation")?)?;
    sequence.end()?;

    let person = cast.find(&number);
    let vehicles = person.map_or(&[][..], Person::vehicles).iter().map(vehicle);
    let right = response("OK", TNS.parent("fordonsinnehav", vehicles));
    // A real agency quotes the number in its error text: whoever passes such a text on has a leak.
    let text = format!("Tekniskt fel vid sökning på {number}");
    let failure = TNS.parent("felresultat", [TNS.text("felkod", 5001), TNS.text("feltext", text)]);
    let own_error = OwnError::Document(response("FEL", failure));
    let odd = person.is_some_and(Person::is_odd);
    Ok(Statements { person: number, right, own_error, odd })
}

/// The schema leaves these open for elements of other namespaces, which nobody has agreed on: an odd answer still follows it.
fn make_odd(answer: &mut Element) {
    odd::extend(answer, &["HamtaUppgifterResponse", "fordonsinnehav", "fordon"]);
}

fn identity(node: Node<'_, '_>) -> Result<String, BadRequest> {
    let mut sequence = Sequence::of(node, PERSON_URI)?;
    let century = sequence.field("sekel")?.one_of(&["19", "20"], "`19` or `20`")?;
    let rest = sequence.field("personnummer")?.digits(10, "ten digits")?;
    sequence.end()?;
    Ok(century + &rest)
}

fn response(result: &str, content: Element) -> Element {
    TNS.parent("HamtaUppgifterResponse", [TNS.text("resultat", result), content])
}

fn vehicle(vehicle: &Vehicle) -> Element {
    VEHICLE.parent(
        "fordon",
        [
            VEHICLE.text("regnr", &vehicle.registration),
            VEHICLE.text("fabrikat", &vehicle.make),
            VEHICLE.text("fordonsar", &vehicle.year),
            VEHICLE.text("fordonsslag", &vehicle.class),
            VEHICLE.text("handelsbeteckning", &vehicle.model),
        ],
    )
}
