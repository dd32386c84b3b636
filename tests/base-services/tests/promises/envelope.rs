//! What stands in an envelope, and what has been published of it.

use ssbtx_base_services::Agency;
use ssbtx_published::{
    AF_ANSWER, CSN_ANSWER, Contracts, DocumentType, Invalid, LEFI_ANSWER, MIV_ANSWER, SKV_ANSWER, SO_ANSWER, TNS_ANSWER,
};

/// The element inside an envelope, as it was sent.
pub(crate) fn element_of(body: &str) -> &str {
    let after = body.split_once("<soap:Body>").unwrap().1;
    after.rsplit_once("</soap:Body>").unwrap().0
}

/// An agency's own document inside a body: for most the element in the envelope, for SKV the text of `svar`, for FK the body itself.
pub(crate) fn payload_of(agency: Agency, body: &str) -> String {
    match agency {
        Agency::Fk => body.to_owned(),
        Agency::Skv => {
            let document = roxmltree::Document::parse(body).unwrap();
            let text = document.descendants().find(|node| node.has_tag_name("svar")).unwrap();
            text.children().filter_map(|piece| piece.text()).collect()
        }
        Agency::Af | Agency::Csn | Agency::So | Agency::Tns | Agency::Miv => element_of(body).to_owned(),
    }
}

/// Holds the element inside an envelope to what its agency has published.
pub(crate) fn validate(contracts: &Contracts, agency: Agency, body: &str) -> Result<(), Invalid> {
    contracts.schema(&answer_type(agency)).validate(element_of(body))
}

fn answer_type(agency: Agency) -> DocumentType {
    match agency {
        Agency::Af => AF_ANSWER,
        Agency::Csn => CSN_ANSWER,
        Agency::Fk => LEFI_ANSWER,
        Agency::Skv => SKV_ANSWER,
        Agency::So => SO_ANSWER,
        Agency::Tns => TNS_ANSWER,
        Agency::Miv => MIV_ANSWER,
    }
}
