//! The adapter for Transportstyrelsen: exports and nothing else. What is the agency's own is in `translate`.

mod catalogue;
mod translate;

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Document, Question, Step};
use ssbtx_adapter_kit::catalogue::Catalogue;
use ssbtx_adapter_kit::{SoapAdapter, Writer};

/// The adapter that speaks for Transportstyrelsen (TNS).
pub struct Transportstyrelsen;

impl SoapAdapter for Transportstyrelsen {
    const CATALOGUE: &'static Catalogue = &catalogue::CATALOGUE;
    const PATH: &'static str = "/ssbtek/hamtauppgifter/1";

    fn before_sending(question: &Question) -> Option<Step> {
        translate::before_sending(question)
    }

    fn write_request(question: &Question, writer: &mut Writer) {
        translate::write_request(question, writer);
    }

    fn conclude(document: Document) -> Step {
        translate::conclude(document)
    }
}

#[cfg(target_family = "wasm")]
ssbtx_adapter_kit::bindings::export!(Transportstyrelsen with_types_in ssbtx_adapter_kit::bindings);
