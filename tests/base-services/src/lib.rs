//! Simulated base services: the agencies' side of SSBTX, for tests and the demo.
//!
//! One process, one HTTPS listener per agency on the loopback address, each demanding a client certificate and speaking the format that its
//! agency has published: six SOAP with XML, one REST with JSON. The persons are a small invented cast with identity numbers from Skatteverket's published test set. Each agency
//! misbehaves on demand, counts what it is asked, and refuses a question that breaks the published schema.
//!
//! Nothing is shared with the host: not one type, so that a misreading of a contract cannot hide by being made twice.
//!
//! What this does not do: apply the period asked about. It is read and echoed; a person's story is the same whatever day it is.

mod af;
mod agency;
mod answers;
mod bad_request;
mod base_services;
mod cast;
mod control;
mod csn;
mod element;
mod exchange;
mod fault;
mod ledger;
mod lefi;
mod line;
mod message;
mod misbehaviour;
mod miv;
mod odd;
mod sequence;
mod server;
mod settings;
mod skv;
mod so;
mod soap;
mod soap_service;
mod spelling;
mod tns;

pub use agency::{Agency, UnknownAgency};
pub use bad_request::BadRequest;
pub use base_services::{BaseServices, StartError};
pub use cast::{Cast, InvalidCast, Person};
pub use fault::{Fault, UnknownFault};
pub use lefi::AKTORSID;
pub use settings::{InvalidSettings, Pem, Settings};
