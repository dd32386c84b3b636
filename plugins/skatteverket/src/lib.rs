//! The adapter for Skatteverket: exports and nothing else. What is the agency's own is in `translate`.

mod catalogue;
mod translate;

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Document, Question, Step};
use ssbtx_adapter_kit::catalogue::Catalogue;
use ssbtx_adapter_kit::{Enclosed, Name, SoapAdapter, Writer};

/// The adapter that speaks for Skatteverket (SKV).
pub struct Skatteverket;

impl SoapAdapter for Skatteverket {
    const CATALOGUE: &'static Catalogue = &catalogue::CATALOGUE;
    const PATH: &'static str = "/beskattning/ws";
    // Where `Exception` in a Fault's detail has Skatteverket's own code.
    const FAULT_CODE: Option<&'static str> = Some("MeddelandeKod");
    const ENCLOSED: Option<Enclosed> = Some(Enclosed {
        payload: Name { namespace: translate::SERVICE, local: "BeskattningsuppgifterResponse" },
        text: Name { namespace: "", local: "svar" },
    });

    fn write_request(question: &Question, writer: &mut Writer) {
        translate::write_request(question, writer);
    }

    fn conclude(document: Document) -> Step {
        translate::conclude(document)
    }
}

#[cfg(target_family = "wasm")]
ssbtx_adapter_kit::bindings::export!(Skatteverket with_types_in ssbtx_adapter_kit::bindings);
