//! Centrala studiestödsnämnden: `kommunfraga`, schema 4.0.
//!
//! An unknown person has `@Status` `Ej träff`, and every form of support is there without a case. The content of the question is not
//! published: it is SSBTX's own. Result codes: 0 all is well, 9 the service failed.

mod person;
mod question;

use roxmltree::Document;

use crate::bad_request::BadRequest;
use crate::cast::{Cast, Person};
use crate::element::{Content, Element, Namespace};
use crate::odd;
use crate::soap_service::{Carriage, OwnError, SoapService, Statements};

const URI: &str = "http://schema.csn.se/v4.0/kommunfraga";
const CSN: Namespace = Namespace(URI);
const TYPES: Namespace = Namespace("http://schema.csn.se/v4.0/csntyper");
const PERSON: Namespace = Namespace("http://schema.csn.se/v4.0/person");
const STUDIEMEDEL: Namespace = Namespace("http://schema.csn.se/v4.0/studiemedel");
const STUDIEHJALP: Namespace = Namespace("http://schema.csn.se/v4.0/studiehjalp");
const HEMUTRUSTNINGSLAN: Namespace = Namespace("http://schema.csn.se/v4.0/hemutrustningslan");
const STUDIESTARTSSTOD: Namespace = Namespace("http://schema.csn.se/v4.0/studiestartsstod");
const OMSTALLNINGSSTUDIESTOD: Namespace = Namespace("http://schema.csn.se/v4.0/omstallningsstudiestod");

/// CSN's base service.
pub(crate) const SERVICE: SoapService = SoapService {
    path: "/kommunfraga/v4",
    prefixes: &[
        (CSN, "csn"),
        (TYPES, "csngem"),
        (PERSON, "csnpers"),
        (STUDIEMEDEL, "csnsm"),
        (STUDIEHJALP, "csnsh"),
        (HEMUTRUSTNINGSLAN, "csnhut"),
        (STUDIESTARTSSTOD, "csnsss"),
        (OMSTALLNINGSSTUDIESTOD, "csnoss"),
    ],
    listen: statements,
    make_odd,
    carriage: Carriage::Element,
};

/// Reads a `SBNUppgEkBistandBegar` and prepares the answers to it.
fn statements(document: &Document<'_>, cast: &Cast) -> Result<Statements, BadRequest> {
    let number = question::person(document)?;
    let person = cast.find(&number);
    let right = answer("0", "Allt OK, inget att rapportera", person::element(&number, person));
    // A real agency quotes the number in its error text: whoever passes such a text on has a leak.
    let own_error = OwnError::Document(answer("9", &format!("Tekniskt fel vid sökning på {number}"), None));
    let odd = person.is_some_and(Person::is_odd);
    Ok(Statements { person: number, right, own_error, odd })
}

/// A document of schema 3.0, whose namespaces are others and which knows nothing of omställningsstudiestöd, with unknown elements.
fn make_odd(answer: &mut Element) {
    odd::remove(answer, &["Omstallningsstudiestod", "omstallningsstudiestod"]);
    make_older(answer);
    answer.attributes = vec![("schemaVersion", "3.0".to_owned())];
    odd::add_unknown(answer, &["Person", "Arende"]);
}

fn make_older(element: &mut Element) {
    if let Some((_, older)) = OLDER.iter().find(|(newer, _)| *newer == element.namespace) {
        element.namespace = *older;
    }
    if let Content::Children(children) = &mut element.content {
        children.iter_mut().for_each(make_older);
    }
}

fn answer(code: &str, text: &str, person: Option<Element>) -> Element {
    let result = CSN.parent("Resultat", [CSN.text("ResultatKod", code), CSN.text("ResultatText", text)]);
    CSN.parent(
        "CSNSvar",
        [
            CSN.parent("GemensamtSvarEkbistand", [result]),
            CSN.parent("GemensamtFragaEkbistand", []),
            CSN.parent("Personer", person),
        ],
    )
    .with("schemaVersion", "4.0")
}

/// The namespaces of schema 4.0 and those of schema 3.0.
const OLDER: [(Namespace, Namespace); 7] = [
    (CSN, Namespace("http://schema.csn.se/v3.0/kommunfraga")),
    (TYPES, Namespace("http://schema.csn.se/v3.0/csntyper")),
    (PERSON, Namespace("http://schema.csn.se/v3.0/person")),
    (STUDIEMEDEL, Namespace("http://schema.csn.se/v3.0/studiemedel")),
    (STUDIEHJALP, Namespace("http://schema.csn.se/v3.0/studiehjalp")),
    (HEMUTRUSTNINGSLAN, Namespace("http://schema.csn.se/v3.0/hemutrustningslan")),
    (STUDIESTARTSSTOD, Namespace("http://schema.csn.se/v3.0/studiestartsstod")),
];
