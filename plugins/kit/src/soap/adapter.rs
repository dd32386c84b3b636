//! The adapter of a base service that answers in one SOAP exchange.

use crate::bindings::exports::ssbtx::adapter::translation::{
    Description, Document, Guest, Parameter, PingStep, Question, Reply, Step,
};
use crate::catalogue::Catalogue;
use crate::description::description;
use crate::xml::{FormerNamespace, Writer};

use super::{AnswerFormat, Enclosed, receive, send};

/// An adapter whose base service answers every question in one SOAP exchange and has no test function without an identity number.
///
/// It holds what is the agency's own: what can be disclosed, how a question is written, what an answer means. By being this it is a [`Guest`], the
/// contract's adapter. One with several exchanges, or with a ping, implements [`Guest`] itself, from [`send`] and [`receive`].
pub trait SoapAdapter {
    /// What the base service can disclose.
    const CATALOGUE: &'static Catalogue;

    /// The path that questions are posted to, with the shape that `ssbtx:adapter@1.0.0` gives a request's. Example: `/ssbtek/1`.
    const PATH: &'static str;

    /// The local name of the element in a SOAP Fault's `detail` that holds the agency's own code, where it has one.
    const FAULT_CODE: Option<&'static str> = None;

    /// Where the answer is a document inside a string: which string that is.
    const ENCLOSED: Option<Enclosed> = None;

    /// The namespaces of older versions of the answer that are read as those of the catalogue.
    const FORMER_NAMESPACES: &'static [FormerNamespace] = &[];

    /// Ends a question before anything is sent, where it cannot be put to this base service or need not be.
    fn before_sending(_question: &Question) -> Option<Step> {
        None
    }

    /// Writes the question as the content of the SOAP Body, asking for no more than what is wanted.
    fn write_request(question: &Question, writer: &mut Writer);

    /// Says what the agency's document means.
    fn conclude(document: Document) -> Step;
}

impl<A: SoapAdapter> Guest for A {
    fn describe() -> Description {
        description(A::CATALOGUE)
    }

    fn plan(question: Question) -> Step {
        A::before_sending(&question).unwrap_or_else(|| send(A::PATH, |writer| A::write_request(&question, writer)))
    }

    fn absorb(_question: Question, _state: Vec<u8>, replies: Vec<Reply>) -> Step {
        let format = AnswerFormat {
            catalogue: A::CATALOGUE,
            fault_code: A::FAULT_CODE,
            enclosed: A::ENCLOSED,
            former_namespaces: A::FORMER_NAMESPACES,
        };
        match receive(&replies, &format) {
            Ok(document) => A::conclude(document),
            Err(reason) => reason.into(),
        }
    }

    fn ping_plan(_parameters: Vec<Parameter>) -> PingStep {
        PingStep::Untestable
    }

    fn ping_absorb(_state: Vec<u8>, _replies: Vec<Reply>) -> PingStep {
        PingStep::Untestable
    }
}
