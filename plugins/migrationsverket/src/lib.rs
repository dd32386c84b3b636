//! The adapter for Migrationsverket: exports and nothing else. What is the agency's own is in `translate`.

mod catalogue;
mod translate;

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Document, Question, Step};
use ssbtx_adapter_kit::catalogue::Catalogue;
use ssbtx_adapter_kit::{SoapAdapter, Writer};

/// The adapter that speaks for Migrationsverket (MIV).
pub struct Migrationsverket;

impl SoapAdapter for Migrationsverket {
    const CATALOGUE: &'static Catalogue = &catalogue::CATALOGUE;
    const PATH: &'static str = "/ssbtek/1";
    // Where `SSBTEKSoapException` in a Fault's detail has Migrationsverket's own code.
    const FAULT_CODE: Option<&'static str> = Some("faultCode");

    fn write_request(question: &Question, writer: &mut Writer) {
        translate::write_request(question, writer);
    }

    fn conclude(document: Document) -> Step {
        translate::conclude(document)
    }
}

#[cfg(target_family = "wasm")]
ssbtx_adapter_kit::bindings::export!(Migrationsverket with_types_in ssbtx_adapter_kit::bindings);
