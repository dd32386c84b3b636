//! `hamtaBastjanstInformation`: from XML to a question, as the schema says and in its order.

use std::collections::BTreeMap;

use roxmltree::Node;
use ssbtx_core::{
    AgencyId, CaseId, Caseworker, CorrelationId, IdentityCheck, Inclusion, InvalidText, Organisation,
    OrganisationNumber, Parameter, Period, PersonId, Purpose, Question, Requester,
};
use zeroize::Zeroizing;

use super::fault::Fault;
use super::lexical::{boolean, collapsed, date, is_base64, is_date_time, short};
use super::sequence::{Sequence, attribute, text};
use super::xml::Writer;
use crate::outside::Admission;

/// What the answer repeats of the question.
#[derive(Default)]
pub(super) struct Echo {
    /// The question itself, as XML, where the asker wants it back (`fraganSkallInkluderasISvaret`).
    pub(super) question: Option<Zeroizing<String>>,
    /// `frageTidpunkt`, as written.
    pub(super) asked_at: Option<String>,
    /// `korrelationsid`, as written.
    pub(super) correlation_id: Option<String>,
}

/// Reads a question.
pub(super) fn parse(operation: Node<'_, '_>, admission: &Admission) -> Result<(Question, Echo), Fault> {
    let mut sequence = Sequence::open(operation, "hamtaBastjanstInformation", &[])?;
    let general_node = sequence.required("generellaFrageparametrar")?;
    let general = general(general_node, admission.identity_check)?;
    let specific_node = sequence.required("specifikaFrageparametrar")?;
    let include = specific(specific_node)?;
    sequence.finish()?;
    let echo = Echo {
        question: general.wants_echo.then(|| echoed([general_node, specific_node])),
        asked_at: general.asked_at,
        correlation_id: general.correlation_text,
    };
    let question = Question {
        id: admission.id,
        asked_on: admission.asked_on,
        person: general.person,
        period: general.period,
        requester: general.requester,
        case: general.case,
        purpose: general.purpose,
        correlation_id: general.correlation_id,
        include,
    };
    Ok((question, echo))
}

/// Reads the test operation, which has no content.
pub(super) fn parse_test(operation: Node<'_, '_>) -> Result<(), Fault> {
    Sequence::open(operation, "testaBastjanstInformation", &[])?.finish()
}

/// `GenerellaFrageparametrar`
struct General {
    asked_at: Option<String>,
    correlation_text: Option<String>,
    correlation_id: Option<CorrelationId>,
    wants_echo: bool,
    requester: Requester,
    person: PersonId,
    case: CaseId,
    period: Period,
    purpose: Purpose,
}

fn general(node: Node<'_, '_>, check: IdentityCheck) -> Result<General, Fault> {
    let mut sequence = Sequence::open(node, "generellaFrageparametrar", &[])?;
    let asked_at = sequence.optional("frageTidpunkt").map(|node| text(node, "frageTidpunkt")).transpose()?;
    if asked_at.as_deref().is_some_and(|asked_at| !is_date_time(asked_at)) {
        return Err(wrong("frageTidpunkt", "`yyyy-MM-ddThh:mm:ss`, with or without fractions and zone"));
    }
    let correlation_text = sequence.optional("korrelationsid").map(|node| text(node, "korrelationsid")).transpose()?;
    let correlation_id = match correlation_text.as_deref().map(CorrelationId::parse) {
        // The contract allows an empty one, which refers to nothing.
        None | Some(Err(InvalidText::Empty(_))) => None,
        Some(read) => Some(read.map_err(|_| wrong("korrelationsid", "at most 256 bytes without control characters"))?),
    };
    let wants_echo =
        wants_echo(&text(sequence.required("fraganSkallInkluderasISvaret")?, "fraganSkallInkluderasISvaret")?)?;
    let (organisation, caseworker) = requester(sequence.required("ingivare")?)?;
    let person = text(sequence.required("personidentitet")?, "personidentitet")?;
    let person =
        PersonId::parse(&collapsed(&person), check).map_err(|_| wrong("personidentitet", expected_person(check)))?;
    let case = text(sequence.required("arendeidentitet")?, "arendeidentitet")?;
    let case = CaseId::parse(&case).map_err(|_| wrong("arendeidentitet", SHORT_TEXT))?;
    let period = period(sequence.required("tidsperiod")?)?;
    let mut processors = Vec::new();
    while let Some(node) = sequence.optional("personuppgiftsbitrade") {
        processors.push(processor(node)?);
    }
    // Those with a number first, in its order; the others as they stand.
    processors.sort_by_key(|(position, _)| position.map_or(i32::MAX, i32::from));
    let purpose = purpose(&text(sequence.required("syfte")?, "syfte")?)?;
    // The law is for the policies to say: a client sends one text to all agencies. It is echoed and not used.
    text(sequence.required("lagtext")?, "lagtext")?;
    sequence.finish()?;
    let processors = processors.into_iter().map(|(_, organisation)| organisation).collect();
    let requester = Requester { organisation, caseworker, processors };
    Ok(General { asked_at, correlation_text, correlation_id, wants_echo, requester, person, case, period, purpose })
}

fn wants_echo(text: &str) -> Result<bool, Fault> {
    // An empty element has the schema's default.
    if text.is_empty() { Ok(false) } else { boolean(text).ok_or(wrong("fraganSkallInkluderasISvaret", BOOLEAN)) }
}

fn requester(node: Node<'_, '_>) -> Result<(Organisation, Caseworker), Fault> {
    let mut sequence = Sequence::open(node, "ingivare", &[])?;
    let organisation = organisation(&mut sequence)?;
    let caseworker = text(sequence.required("handlaggare")?, "handlaggare")?;
    let caseworker = Caseworker::parse(&caseworker).map_err(|_| wrong("handlaggare", SHORT_TEXT))?;
    sequence.finish()?;
    Ok((organisation, caseworker))
}

/// `organisationsnummer` and `namn`, which stand together in two places.
fn organisation(sequence: &mut Sequence<'_, '_>) -> Result<Organisation, Fault> {
    let number = text(sequence.required("organisationsnummer")?, "organisationsnummer")?;
    let number: OrganisationNumber = collapsed(&number)
        .parse()
        .map_err(|_| wrong("organisationsnummer", "12 digits of which the fifth is 2 to 9"))?;
    let name = text(sequence.required("namn")?, "namn")?;
    // A name is held to the same bounds as a caseworker's.
    match Caseworker::parse(&name) {
        Ok(_) => Ok(Organisation { number, name }),
        Err(_) => Err(wrong("namn", SHORT_TEXT)),
    }
}

fn processor(node: Node<'_, '_>) -> Result<(Option<i16>, Organisation), Fault> {
    let mut sequence = Sequence::open(node, "personuppgiftsbitrade", &[])?;
    let position = match sequence.optional("ordningsnummer") {
        Some(node) => {
            let number = text(node, "ordningsnummer")?;
            Some(short(&number).ok_or(wrong("ordningsnummer", "a whole number from -32768 to 32767"))?)
        }
        None => None,
    };
    let organisation = organisation(&mut sequence)?;
    sequence.finish()?;
    Ok((position, organisation))
}

fn purpose(text: &str) -> Result<Purpose, Fault> {
    match Purpose::parse(text) {
        // The contract allows an empty one, the agencies do not.
        Err(InvalidText::Empty(_)) => Purpose::parse(NO_PURPOSE),
        read => read,
    }
    .map_err(|_| wrong("syfte", "at most 1024 bytes without control characters"))
}

fn period(node: Node<'_, '_>) -> Result<Period, Fault> {
    let mut sequence = Sequence::open(node, "tidsperiod", &[])?;
    let from = date(&text(sequence.required("fromDatum")?, "fromDatum")?).ok_or(wrong("fromDatum", DATE))?;
    let to = date(&text(sequence.required("tomDatum")?, "tomDatum")?).ok_or(wrong("tomDatum", DATE))?;
    sequence.finish()?;
    Period::new(from, to).map_err(|_| wrong("tomDatum", "a day that is not before `fromDatum`"))
}

/// `SpecifikaFrageparametrar`: the base services that are included.
fn specific(node: Node<'_, '_>) -> Result<BTreeMap<AgencyId, Inclusion>, Fault> {
    let mut sequence = Sequence::open(node, "specifikaFrageparametrar", &[])?;
    let mut include = BTreeMap::new();
    for (agency, name, content) in BLOCKS {
        let node = sequence.required(name)?;
        let mut block = Sequence::open(node, name, &["inkludera"])?;
        let inclusion = match content {
            Content::Nothing => Inclusion::default(),
            Content::Period => {
                Inclusion { period: block.optional("tidsperiod").map(period).transpose()?, parameters: Vec::new() }
            }
            Content::LefiQuestion => Inclusion {
                period: None,
                parameters: block.optional("fraga").map(lefi_question).transpose()?.unwrap_or_default(),
            },
        };
        block.finish()?;
        if boolean(attribute(node, name, "inkludera")?).ok_or(wrong("inkludera", BOOLEAN))? {
            include.insert(agency, inclusion);
        }
    }
    sequence.finish()?;
    Ok(include)
}

/// `ForsakringskassanFraga`, which goes to Försäkringskassan's adapter as it was written.
fn lefi_question(node: Node<'_, '_>) -> Result<Vec<Parameter>, Fault> {
    let mut sequence = Sequence::open(node, "fraga", &[])?;
    let mut parameters = Vec::new();
    if let Some(node) = sequence.optional("version") {
        parameters.push(Parameter { name: "version", value: text(node, "version")? });
    }
    parameters.push(Parameter { name: "aktorsid", value: text(sequence.required("aktorsid")?, "aktorsid")? });
    let question = text(sequence.required("lefiJsonFraga")?, "lefiJsonFraga")?;
    if !is_base64(&question) {
        return Err(wrong("lefiJsonFraga", "base64"));
    }
    parameters.push(Parameter { name: "lefi-json-fraga", value: question });
    sequence.finish()?;
    Ok(parameters)
}

/// Writes the question back. It has been read, so it holds elements of the contract and the attribute `inkludera`, and nothing else.
fn echoed(parts: [Node<'_, '_>; 2]) -> Zeroizing<String> {
    let mut out = Writer::default();
    out.open("ssbt:fraga");
    for part in parts {
        echo(&mut out, part);
    }
    out.close("ssbt:fraga");
    Zeroizing::new(out.finish())
}

/// At most five levels deep: the contract has no more.
fn echo(out: &mut Writer, node: Node<'_, '_>) {
    let name = format!("ssbt:{}", node.tag_name().name());
    out.start(&name);
    if let Some(included) = node.attribute("inkludera") {
        out.attribute("inkludera", included);
    }
    out.started();
    let has_elements = node.children().any(|child| child.is_element());
    for child in node.children() {
        if child.is_element() {
            echo(out, child);
        } else if child.is_text() && !has_elements {
            out.text(child.text().unwrap_or_default());
        }
    }
    out.close(&name);
}

fn wrong(element: &'static str, expected: &'static str) -> Fault {
    Fault::Value { element, expected }
}

fn expected_person(check: IdentityCheck) -> &'static str {
    match check {
        IdentityCheck::DateAndCheckDigit => "twelve digits with a date and a right check digit",
        IdentityCheck::TwelveDigits => "twelve digits",
    }
}

/// What a base service's block may hold.
#[derive(Clone, Copy)]
enum Content {
    Nothing,
    Period,
    LefiQuestion,
}

const BLOCKS: [(AgencyId, &str, Content); 7] = [
    (AgencyId::AF, "AF", Content::Period),
    (AgencyId::CSN, "CSN", Content::Period),
    (AgencyId::FK, "FK", Content::LefiQuestion),
    (AgencyId::SKV, "SKV", Content::Nothing),
    (AgencyId::SO, "SO", Content::Period),
    (AgencyId::TNS, "TNS", Content::Period),
    (AgencyId::MIV, "MIV", Content::Nothing),
];
const NO_PURPOSE: &str = "Ej angivet";
const BOOLEAN: &str = "`true`, `false`, `1` or `0`";
const DATE: &str = "a date `yyyy-MM-dd`";
const SHORT_TEXT: &str = "1 to 256 bytes that are not all white space, without control characters";

#[cfg(test)]
mod tests;
