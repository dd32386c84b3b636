//! What is published, of SSBTEK v10 and by the agencies themselves, which answers are held to.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use roxmltree::{Document, Node};
use ssbtx_base_services::{Agency, BaseServices, Fault};
use ssbtx_published::{
    AF_ANSWER, CSN_ANSWER, Contracts, Invalid, LEFI_ANSWER, MIV_ANSWER, SO_ANSWER, SSBTEK_ANSWER, Schema, TNS_ANSWER,
    element_of, payload_of,
};
use ssbtx_stage::questions::Asking;

use crate::play::{ALVAR, Play};

/// Holds the element inside a SOAP Body to the published schema, where this machine has it.
pub(crate) fn assert_valid(envelope: &str, what: &str) {
    let Some(published) = &*PUBLISHED else { return };
    let validity = published.message(&payload_of(envelope));
    assert!(validity.is_ok(), "{what}: {}", validity.unwrap_err());
}

/// Holds the detail of a SOAP fault to the published schema.
pub(crate) fn assert_valid_fault(envelope: &str) {
    let Some(published) = &*PUBLISHED else { return };
    let fault = Document::parse(envelope).unwrap();
    // A fault about a header has none.
    let Some(detail) = fault.descendants().find(|node| FAULTS.contains(&node.tag_name().name())) else { return };
    let validity = published.message(&element_of(envelope, detail.tag_name().name()));
    assert!(validity.is_ok(), "{}\n{envelope}", validity.unwrap_err());
}

/// Holds an answer about a person to everything that is published: the message, and in it CSN's and Försäkringskassan's own documents. An agency
/// whose own answer did not follow what it has published is left out.
pub(crate) fn assert_kept(agencies: &BaseServices, envelope: &str, person: &str) {
    let Some(published) = &*PUBLISHED else { return };
    let wrote_as_published = |agency: Agency| {
        let sent = agencies.last_answer(agency, person);
        sent.is_none_or(|sent| published.document(agency, &sent).is_ok())
    };
    let kept = published.kept(envelope, wrote_as_published);
    assert!(kept.is_ok(), "{}\n{envelope}", kept.unwrap_err());
}

/// The document that a SOAP answer carries in base64: CSN's in XML, Försäkringskassan's in JSON.
pub(crate) fn encoded_document(envelope: &str, agency: Agency) -> Option<String> {
    let answer = Document::parse(envelope).unwrap();
    let encoded = block(&answer, agency)?.descendants().find(|node| ENCODED.contains(&node.tag_name().name()))?;
    Some(String::from_utf8(BASE64_STANDARD.decode(encoded.text().unwrap()).unwrap()).unwrap())
}

/// The document that a SOAP answer carries in a string: Skatteverket's.
pub(crate) fn inner_document(envelope: &str) -> Option<String> {
    let answer = Document::parse(envelope).unwrap();
    let text = block(&answer, Agency::Skv)?.descendants().find(|node| node.tag_name().name() == "svar")?;
    Some(text.text().unwrap().to_owned())
}

/// An agency's block in a SOAP answer, which has none of an agency that was not asked.
pub(crate) fn block<'a, 'i>(answer: &'a Document<'i>, agency: Agency) -> Option<Node<'a, 'i>> {
    blocks(answer).find(|node| node.tag_name().name() == agency.code())
}

fn blocks<'a, 'i>(answer: &'a Document<'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    let parts = answer.descendants().find(|node| node.tag_name().name() == "svarsdata");
    parts.into_iter().flat_map(|parts| parts.children()).filter(Node::is_element)
}

/// The message without the blocks of these agencies.
fn without(message: &str, agencies: &[Agency]) -> String {
    let document = Document::parse(message).unwrap();
    let mut text = message.to_owned();
    let left_out =
        blocks(&document).filter(|node| agencies.iter().any(|agency| agency.code() == node.tag_name().name()));
    let ranges: Vec<_> = left_out.map(|node| node.range()).collect();
    for range in ranges.into_iter().rev() {
        text.replace_range(range, "");
    }
    text
}

/// What is published, read once.
struct Published {
    contracts: Contracts,
    answers: BTreeMap<Agency, Schema>,
}

impl Published {
    fn find() -> Option<Self> {
        let contracts = Contracts::find()?;
        let answers = ANSWERS.map(|(agency, document_type)| (agency, contracts.schema(&document_type))).into();
        Some(Self { contracts, answers })
    }

    fn message(&self, message: &str) -> Result<(), Invalid> {
        self.contracts.validate_xml(SSBTEK_ANSWER.file, message)
    }

    /// Holds an answer to everything, but for agencies that do not write as they have published themselves.
    fn kept(&self, envelope: &str, wrote_as_published: impl Fn(Agency) -> bool) -> Result<(), String> {
        let message = payload_of(envelope);
        if self.message(&message).is_err() {
            let odd: Vec<_> = Agency::ALL.into_iter().filter(|agency| !wrote_as_published(*agency)).collect();
            self.message(&without(&message, &odd)).map_err(|invalid| invalid.to_string())?;
        }
        for agency in [Agency::Csn, Agency::Fk] {
            let Some(document) = encoded_document(envelope, agency) else { continue };
            match self.document(agency, &document) {
                Err(invalid) if wrote_as_published(agency) => return Err(format!("{agency}: {invalid} in {document}")),
                Ok(()) | Err(_) => {}
            }
        }
        match inner_document(envelope).map(|document| Document::parse(&document).map(drop)) {
            Some(Err(unreadable)) => Err(unreadable.to_string()),
            Some(Ok(())) | None => Ok(()),
        }
    }

    /// Holds an agency's own document to what the agency has published of it.
    fn document(&self, agency: Agency, document: &str) -> Result<(), Invalid> {
        let Some(schema) = self.answers.get(&agency) else { return Ok(()) };
        match agency {
            // LEFI's own example has an empty list here, which its schema does not allow.
            Agency::Fk => schema.validate(&document.replacen("\"avvikelser\":[]", "\"avvikelser\":{}", 1)),
            _ => schema.validate(document),
        }
    }
}

static PUBLISHED: LazyLock<Option<Published>> = LazyLock::new(Published::find);

/// What holds a document in base64.
const ENCODED: [&str; 2] = ["svar", "lefiJsonSvar"];

/// The elements in the detail of a fault.
const FAULTS: [&str; 2] = ["hamtaBastjanstInformationFault", "testaBastjanstInformationFault"];

/// The published answers. Skatteverket's is a document in a string, of which nothing is published.
const ANSWERS: [(Agency, ssbtx_published::DocumentType); 6] = [
    (Agency::Af, AF_ANSWER),
    (Agency::Csn, CSN_ANSWER),
    (Agency::Fk, LEFI_ANSWER),
    (Agency::So, SO_ANSWER),
    (Agency::Tns, TNS_ANSWER),
    (Agency::Miv, MIV_ANSWER),
];

#[tokio::test]
async fn an_answer_that_breaks_what_is_published_would_be_noticed() {
    let Some(published) = &*PUBLISHED else { return };
    let play = Play::begin();
    play.agencies.set_fault(Agency::Miv, Some(Fault::Http500));
    let answer = play.ask_soap(&Asking::about(ALVAR)).await.body;
    let encoded = |agency| BASE64_STANDARD.encode(encoded_document(&answer, agency).unwrap());
    for (part, by) in [
        (encoded(Agency::Csn), BASE64_STANDARD.encode("<a/>")),
        (encoded(Agency::Fk), BASE64_STANDARD.encode("[]")),
        ("&lt;/".to_owned(), "&lt;/&lt;".to_owned()),
        ("<ssbt:kalla>BT</ssbt:kalla>".to_owned(), String::new()),
        ("Fornamn>".to_owned(), "Tilltalsnamn>".to_owned()),
    ] {
        assert!(answer.contains(&part), "{part}");
        assert!(published.kept(&answer.replace(&part, &by), |_| true).is_err(), "{by}");
    }
    assert_eq!(published.kept(&answer, |_| true), Ok(()));
}
