//! What the agencies' answers may be.

use std::path::Path;

use proptest::prelude::*;
use ssbtx_base_services::Agency;
use ssbtx_published::{
    AF_ANSWER, CSN_ANSWER, Contracts, DocumentType, LEFI_ANSWER, MIV_ANSWER, Overrides, SO_ANSWER, Schema, TNS_ANSWER,
};

use crate::play::ALVAR;

/// What is declared of an agency's answer; `None` where that is a published contract and this machine has none.
///
/// What Skatteverket writes inside its string is not published: a schema of the tests' own stands for it.
pub(super) fn schema(agency: Agency, contracts: Option<&Contracts>) -> Option<Schema> {
    match published(agency) {
        Some(document_type) => contracts.map(|contracts| contracts.schema(&document_type)),
        None => Some(Schema::in_file(Path::new(SKATTEVERKET), "SvarBeskattningsuppgifterEnligtSFS2008-975")),
    }
}

/// Answers about Alvar, none of which is a failure.
pub(super) fn about_alvar(agency: Agency, schema: &Schema) -> BoxedStrategy<String> {
    let success = published(agency).map(|document_type| Overrides::of_success(&document_type, ALVAR));
    let success = success.unwrap_or_default();
    match agency {
        Agency::Fk => schema.strategy(&answered_by_forsakringskassan(success)),
        Agency::Skv => {
            let person = "PersonuppgiftLista/Personuppgift/IdentitetsbeteckningFysiskPerson";
            let documents = schema.strategy(&success.fixed(person, ALVAR));
            let declarations = prop::sample::select(&DECLARATIONS[..]);
            (declarations, documents).prop_map(|(declaration, document)| format!("{declaration}{document}")).boxed()
        }
        Agency::Af | Agency::Csn | Agency::So | Agency::Tns | Agency::Miv => schema.strategy(&success),
    }
}

/// With Försäkringskassan's word that it could answer: an answer without it, and without data, is a failure.
fn answered_by_forsakringskassan(success: Overrides) -> Overrides {
    let told = ["utlamnare", "utlamnare/item", "utlamnare/item/tillstand", "utlamnare/item/tillstand/kod"];
    let discloser = ["utlamnare/item/utlamnare", "utlamnare/item/utlamnare/kod"];
    let told = told.into_iter().chain(discloser).fold(success, Overrides::present);
    told.fixed("utlamnare/item/utlamnare/kod", "FK")
}

fn published(agency: Agency) -> Option<DocumentType> {
    match agency {
        Agency::Af => Some(AF_ANSWER),
        Agency::Csn => Some(CSN_ANSWER),
        Agency::Fk => Some(LEFI_ANSWER),
        Agency::Skv => None,
        Agency::So => Some(SO_ANSWER),
        Agency::Tns => Some(TNS_ANSWER),
        Agency::Miv => Some(MIV_ANSWER),
    }
}

const SKATTEVERKET: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/behaviour/fidelity/skatteverket/answer.xsd");

/// How a document inside a string may begin: what it says of an encoding is said of bytes that it once had.
const DECLARATIONS: [&str; 3] = [
    "",
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
    "<?xml version='1.0' encoding='ISO-8859-1' standalone='yes' ?>\n<!-- svar -->\n",
];
