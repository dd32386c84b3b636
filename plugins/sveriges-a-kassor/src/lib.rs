//! The adapter for Sveriges a-kassor: exports and nothing else. What is the a-kassor's own is in `translate`.

mod catalogue;
mod translate;

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Document, Question, Step};
use ssbtx_adapter_kit::catalogue::Catalogue;
use ssbtx_adapter_kit::{SoapAdapter, Writer};

/// The adapter that speaks for Sveriges a-kassor (SO).
pub struct SverigesAKassor;

impl SoapAdapter for SverigesAKassor {
    const CATALOGUE: &'static Catalogue = &catalogue::CATALOGUE;
    const PATH: &'static str = "/ubpservice/int014";

    fn write_request(question: &Question, writer: &mut Writer) {
        translate::write_request(question, writer);
    }

    fn conclude(document: Document) -> Step {
        translate::conclude(document)
    }
}

#[cfg(target_family = "wasm")]
ssbtx_adapter_kit::bindings::export!(SverigesAKassor with_types_in ssbtx_adapter_kit::bindings);
