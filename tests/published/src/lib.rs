//! The published contracts, for tests.
//!
//! The agencies' schemas are no part of the project: they are read where they are, with real parsers, and what they declare is what tests hold
//! catalogues, requests and answers to. From the same declarations documents are made that are valid and as various as a schema allows, so that a
//! test can show of every such document that it passes unchanged.
//!
//! This crate does not know what SSBTX makes of a document; it knows only what an agency has published. It is made for tests alone, so a schema
//! that cannot be read, or that says more than is understood here, panics.
//!
//! # Examples
//!
//! ```no_run
//! use ssbtx_published::{AF_ANSWER, Contracts, Overrides};
//!
//! // Where this machine has no published contracts that is printed, and the test shows nothing.
//! let Some(contracts) = Contracts::find() else { return };
//! let schema = contracts.schema(&AF_ANSWER);
//! println!("{} declarations", schema.declarations().len());
//! let documents = schema.strategy(&Overrides::default().fixed("Svar/StatusSokandeinformationKod", "0"));
//! # drop(documents);
//! ```

mod contracts;
mod coverage;
mod declaration;
mod document_type;
mod excerpt;
mod json_validation;
mod model;
mod open_api;
mod overrides;
mod schema;
mod writing;
mod xml_schema;
mod xml_validation;

pub use contracts::Contracts;
pub use coverage::{Difference, compare};
pub use declaration::Declaration;
pub use document_type::{
    AF_ANSWER, AF_QUESTION, CSN_ANSWER, CSN_QUESTION, DocumentType, Format, LEFI_ANSWER, LEFI_AVAILABLE, LEFI_ERROR,
    LEFI_QUESTION, MIV_ANSWER, MIV_QUESTION, SKV_ANSWER, SKV_QUESTION, SO_ANSWER, SO_QUESTION, SSBTEK_ANSWER,
    SSBTEK_QUESTION, TNS_ANSWER, TNS_QUESTION,
};
pub use excerpt::{element_of, payload_of};
pub use model::{Facets, Kind, Node, Occurs, Particle, Value, ValueType};
pub use overrides::Overrides;
pub use schema::Schema;
pub use xml_validation::{Invalid, xmllint};
