//! Skatteverket: `BeskattningsuppgifterRequest`, whose question and answer are XML documents inside a string.
//!
//! Only the elements around the strings are published as a schema. Of the documents the answer's names are Skatteverket's, except those of a
//! refund; the question's are SSBTX's own. Status codes: 0 the person is known, 1 the person is unknown and nothing more is said.

mod question;

use roxmltree::Document;

use crate::bad_request::BadRequest;
use crate::cast::{CapitalIncome, Cast, Person, Refund, SkvRecord};
use crate::element::{Element, Namespace};
use crate::odd;
use crate::soap_service::{Carriage, OwnError, Quoting, SoapService, Statements};
use crate::spelling::escape;

/// The published elements around the strings, whose own children have no namespace.
const OUTER_URI: &str = "http://beskattningws.ws.service.bs.zg.rsv.se/";
const OUTER: Namespace = Namespace(OUTER_URI);
const LOCAL: Namespace = Namespace::NONE;

/// The documents inside.
const URI: &str = "http://xmls.skatteverket.se/se/skatteverket/zg/instans/standardiseradInformation/1.0";
const SKV: Namespace = Namespace(URI);
const PERSON_URI: &str = "http://xmls.skatteverket.se/se/skatteverket/zg/komponent/infoForFolkbokforing/1.0";
const PERSON: Namespace = Namespace(PERSON_URI);
const TAX: Namespace = Namespace("http://xmls.skatteverket.se/se/skatteverket/zg/komponent/infoForBeskattning/1.0");

/// Skatteverket's base service.
pub(crate) const SERVICE: SoapService = SoapService {
    path: "/beskattning/ws",
    prefixes: &[(SKV, "skv"), (PERSON, "folko"), (TAX, "besko")],
    listen: statements,
    make_odd,
    carriage: Carriage::Text(response),
};

/// Reads a `BeskattningsuppgifterRequest` and prepares the answers to it.
fn statements(document: &Document<'_>, cast: &Cast) -> Result<Statements, BadRequest> {
    let number = question::person(document)?;
    let person = cast.find(&number);
    let entry = match person.and_then(|person| person.skv().map(|record| (person, record))) {
        Some((person, record)) => known(person, record),
        None => SKV.parent("Personuppgift", [identity(&number), status(1)]),
    };
    let right = SKV.parent("SvarBeskattningsuppgifterEnligtSFS2008-975", [SKV.parent("PersonuppgiftLista", [entry])]);
    // A real agency quotes the number in its error text: whoever passes such a text on has a leak.
    let text = format!("Tekniskt fel vid sökning på {number}");
    let exception = [
        LOCAL.text("MeddelandeKod", 9_071_003),
        LOCAL.text("MeddelandeText", text),
        LOCAL.text("Systemversion", "simulerad-1"),
    ];
    let own_error = OwnError::FaultDetail(OUTER.parent("Exception", exception));
    let odd = person.is_some_and(Person::is_odd);
    Ok(Statements { person: number, right, own_error, odd })
}

fn make_odd(answer: &mut Element) {
    odd::zone_dates(answer);
    odd::add_unknown(answer, &["Personuppgift", "Kapitaluppgift"]);
}

/// The published element whose string is this document.
fn response(document: &str, quoting: Quoting) -> String {
    match quoting {
        Quoting::Escaped => format!(
            r#"<bs:BeskattningsuppgifterResponse xmlns:bs="{OUTER_URI}"><svar>{}</svar></bs:BeskattningsuppgifterResponse>"#,
            escape(document)
        ),
        Quoting::Cdata => {
            // The document has CDATA of its own, whose end would end this one.
            let document = document.replace("]]>", "]]]]><![CDATA[>");
            format!(
                r#"<BeskattningsuppgifterResponse xmlns="{OUTER_URI}"><svar xmlns=""><![CDATA[{document}]]></svar></BeskattningsuppgifterResponse>"#
            )
        }
    }
}

fn known(person: &Person, record: &SkvRecord) -> Element {
    let names = [PERSON.text("Fornamn", person.given_name()), PERSON.text("Efternamn", person.family_name())];
    let elements = [identity(person.identity())]
        .into_iter()
        .chain(names)
        .chain([status(0)])
        .chain(record.capital.iter().map(capital))
        .chain(record.refunds.iter().map(refund));
    SKV.parent("Personuppgift", elements)
}

fn identity(number: &str) -> Element {
    PERSON.text("IdentitetsbeteckningFysiskPerson", number)
}

fn status(code: u8) -> Element {
    SKV.text("StatusPersonuppgiftKod", code)
}

fn capital(capital: &CapitalIncome) -> Element {
    SKV.parent(
        "Kapitaluppgift",
        [
            TAX.text("Taxeringsar", capital.tax_year),
            TAX.text("SummaIntakterPaKapital", capital.income),
            TAX.text("OverskottPaKapital", capital.surplus),
        ],
    )
}

fn refund(refund: &Refund) -> Element {
    SKV.parent(
        "Skattekontouppgift",
        [TAX.text("AterbetaltBelopp", refund.amount), TAX.text("Aterbetalningsdatum", refund.paid)],
    )
}
