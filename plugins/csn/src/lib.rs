//! The adapter for Centrala studiestödsnämnden: exports and nothing else. What is the agency's own is in `translate`.

mod catalogue;
mod translate;

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Document, Question, Step};
use ssbtx_adapter_kit::catalogue::Catalogue;
use ssbtx_adapter_kit::{FormerNamespace, SoapAdapter, Writer};

/// The adapter that speaks for Centrala studiestödsnämnden (CSN).
pub struct Csn;

impl SoapAdapter for Csn {
    const CATALOGUE: &'static Catalogue = &catalogue::CATALOGUE;
    const PATH: &'static str = "/kommunfraga/v4";
    const FORMER_NAMESPACES: &'static [FormerNamespace] = translate::VERSION_3;

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
ssbtx_adapter_kit::bindings::export!(Csn with_types_in ssbtx_adapter_kit::bindings);
