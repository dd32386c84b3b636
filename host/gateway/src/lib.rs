//! The fronts: TLS with client certificates, SSBTEK's contract (SOAP v10) and our own (JSON v1).
//!
//! The gateway turns bytes into a question that is proven to be one, from a consumer that is proven to be who it is, and an answer into bytes.
//! It decides nothing about what a role may see: that is the broker's and its policies'. Nothing of a question or an answer reaches a log.
//!
//! A request that is refused here (no registered certificate, another's organisation, no question at all) has no record in the audit log: no
//! agency was asked and nothing was disclosed, so there is no access to account for, and what was sent may be anything. That it was refused, and
//! with which status, is in the host's log.

mod accept;
mod answering;
mod case_gate;
mod consumers;
mod json_v1;
mod limited;
mod limits;
mod media_type;
mod meters;
mod outside;
mod reading;
mod refusing;
mod router;
#[cfg(test)]
mod sample;
mod server;
mod settings;
mod soap_v10;
mod tls;
mod trace_context;

pub use answering::{Acceptance, Answering, Policy, PolicyBasis};
pub use case_gate::CaseRegister;
pub use consumers::Consumers;
pub use json_v1::DocumentJson;
pub use meters::{GatewayFigures, GatewayMeters};
pub use outside::Outside;
pub use reading::Fault;
pub use server::{Gateway, NotStarted};
pub use settings::{GatewayLimits, GatewaySettings};
pub use soap_v10::document_as_xml;
pub use tls::{InvalidRevocationLists, InvalidTls, RevocationLists, ServerPem, ServerTls};
