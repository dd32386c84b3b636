//! A document's way from an agency through both fronts.

use std::collections::BTreeMap;

use serde_json::value::RawValue;
use ssbtx_base_services::Agency;
use ssbtx_published::{Contracts, Declaration, Kind};
use ssbtx_stage::questions::Asking;

use super::canonicaliser::Canonicaliser;
use super::json_of_xml::json_of_xml;
use super::{answers, tokens};
use crate::contract::encoded_document;
use crate::play::{ALVAR, Play};

/// A host that discloses everything, and what its answers are compared by.
pub(super) struct Passage {
    pub(super) play: Play,
    canonicaliser: Canonicaliser,
    /// What is declared of the agencies' documents: where this machine has no published contracts, of few.
    declared: BTreeMap<Agency, Vec<Declaration>>,
}

impl Passage {
    pub(super) fn begin() -> Self {
        let contracts = Contracts::find();
        let declared = Agency::ALL.into_iter().filter_map(|agency| {
            let schema = answers::schema(agency, contracts.as_ref())?;
            Some((agency, schema.declarations()))
        });
        Self { play: Play::begin(), canonicaliser: Canonicaliser::start(), declared: declared.collect() }
    }

    /// Whether a document that an agency sends leaves both fronts as it was sent.
    pub(super) async fn keeps(&self, agency: Agency, sent: &str) -> Result<(), String> {
        self.makes(agency, sent, sent).await
    }

    /// Whether a document that an agency sends leaves both fronts as `expected`.
    pub(super) async fn makes(&self, agency: Agency, sent: &str, expected: &str) -> Result<(), String> {
        self.play.agencies.set_answer(agency, ALVAR, sent);
        let asking = Asking::about(ALVAR).including(&[agency.code()]);
        self.same_in_soap(agency, &self.play.ask_soap(&asking).await.body, expected)?;
        self.same_in_json(agency, &self.json(&asking).await, expected)
    }

    /// An answer of the JSON front as text: read into values, its numbers would lose digits.
    pub(super) async fn json(&self, asking: &Asking) -> String {
        let client = self.play.client(&self.play.pki.ekonomiskt_bistand);
        let received = client.post_json("/v1/questions", asking.to_json().to_string()).await.unwrap();
        assert_eq!(received.status, 200, "{}", received.body);
        received.body
    }

    /// Whether an agency's data in a SOAP answer is this document.
    pub(super) fn same_in_soap(&self, agency: Agency, answer: &str, sent: &str) -> Result<(), String> {
        if agency == Agency::Fk {
            let found = encoded_document(answer, agency).ok_or_else(|| format!("FK has no document in {answer}"))?;
            return tokens::same(sent, &found).map_err(|difference| format!("in SOAP: {difference}"));
        }
        let declared = self.declared.get(&agency).map_or(&[][..], Vec::as_slice);
        let containers = declared.iter().filter(|declaration| declaration.kind == Kind::Object);
        let containers: Vec<&str> = containers.map(|declaration| declaration.path.as_str()).collect();
        self.canonicaliser
            .same(agency, answer, sent, &containers)
            .map_err(|difference| format!("in SOAP: {difference}"))
    }

    /// Whether an agency's document in a JSON answer is this one.
    pub(super) fn same_in_json(&self, agency: Agency, answer: &str, sent: &str) -> Result<(), String> {
        let expected = match (agency, self.declared.get(&agency)) {
            (Agency::Fk, _) => sent.to_owned(),
            (_, Some(declared)) => json_of_xml(sent, declared),
            // Which elements repeat is not known here; `Contracts::find` has said so.
            (_, None) => return Ok(()),
        };
        let found = document(answer, agency).ok_or_else(|| format!("{agency} has no document in {answer}"))?;
        tokens::same(&expected, found).map_err(|difference| format!("in JSON: {difference}"))
    }
}

/// An agency's document in an answer of the JSON front, as it is written there.
fn document(answer: &str, agency: Agency) -> Option<&str> {
    let answer: BTreeMap<String, &RawValue> = serde_json::from_str(answer).unwrap();
    let parts: Vec<BTreeMap<String, &RawValue>> = serde_json::from_str(answer["parts"].get()).unwrap();
    let code = format!("\"{agency}\"");
    let part = parts.into_iter().find(|part| part["agency"].get() == code)?;
    part.get("document").map(|document| document.get())
}
