//! What every adapter is tested with, natively and without a network.
//!
//! A question to ask and replies to answer it with; what the adapter makes of them; and what its agency has published, which its catalogue and its
//! requests are held against. [`promises!`] writes the tests that every adapter of one SOAP exchange must pass; what is the agency's own, its
//! status codes above all, the adapter's tests say for themselves.
//!
//! It is made for tests alone, so what is not as promised panics, in the place of the test that asked.
//!
//! # Examples
//!
//! All that a new adapter's `tests/adapter/main.rs` needs to begin with, here with an adapter whose catalogue is its root and nothing else:
//!
//! ```no_run
//! # use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{Document, Question, Step};
//! # use ssbtx_adapter_kit::catalogue::Catalogue;
//! # use ssbtx_adapter_kit::{SoapAdapter, Writer, answered};
//! # struct Csn;
//! # impl SoapAdapter for Csn {
//! #     const CATALOGUE: &'static Catalogue = &Catalogue {
//! #         agency: "CSN",
//! #         version: "1.0.0",
//! #         encoding: ssbtx_adapter_kit::bindings::exports::ssbtx::catalogue::types::Encoding::Xml,
//! #         elements: &[],
//! #         datasets: &[],
//! #     };
//! #     const PATH: &'static str = "/kommunfraga/v4";
//! #     fn write_request(_: &Question, _: &mut Writer) {}
//! #     fn conclude(document: Document) -> Step { answered(document) }
//! # }
//! use ssbtx_adapter_rehearsal::{Published, absorbed, promises};
//!
//! promises!(
//!     Csn,
//!     Published {
//!         agency: "CSN",
//!         path: "/kommunfraga/v4",
//!         schema: "se/csn/schema/v4_0/kommunfraga/kommunfraga.xsd",
//!         answer: "CSNSvar",
//!     }
//! );
//!
//! # #[allow(dead_code)]
//! fn an_answer_with_hits_is_an_answer() {
//!     assert!(matches!(absorbed::<Csn>(200, "<CSNSvar/>"), Step::Answer(_)));
//! }
//! ```

mod catalogue;
mod exchange;
pub mod promise;
mod published;
mod question;

pub use catalogue::{datasets, marks, path, technical};
pub use exchange::{Planned, absorbed, failure, planned};
pub use published::{Published, assert_covers};
pub use question::{PERSON, bare_question, question};
