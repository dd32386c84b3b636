//! A question as one adapter is asked it.

use std::fmt;

use ssbtx_core::{AgencyId, CorrelationId, DatasetId, Organisation, Parameter, Question};

use super::wire;

/// One question to one base service.
pub struct AgencyQuestion<'q> {
    /// The question.
    pub question: &'q Question,
    /// The base service.
    pub agency: AgencyId,
    /// The datasets that the asker may see, in the catalogue's order, never empty.
    pub wanted: &'q [DatasetId],
    /// The law that lets the agency answer.
    pub legal_text: &'q str,
}

/// A question in the contract's words, with those words that it does not have itself.
pub(super) struct Asked<'q> {
    question: &'q AgencyQuestion<'q>,
    period: [String; 2],
    processors: Vec<wire::Organisation<'q>>,
    parameters: Vec<wire::Parameter<'q>>,
    day: String,
    wanted: Vec<&'q str>,
}

impl<'q> Asked<'q> {
    /// Takes a question, which it goes on borrowing: the base service's own period where it has one, and its own parameters only.
    pub(super) fn new(asked: &'q AgencyQuestion<'q>) -> Self {
        let question = asked.question;
        let own = question.include.get(&asked.agency);
        let period = own.and_then(|own| own.period).unwrap_or(question.period);
        Self {
            question: asked,
            period: [period.from().to_string(), period.to().to_string()],
            processors: question.requester.processors.iter().map(organisation).collect(),
            parameters: own.map(|own| parameters(&own.parameters)).unwrap_or_default(),
            day: question.asked_on.to_string(),
            wanted: asked.wanted.iter().map(DatasetId::as_str).collect(),
        }
    }

    pub(super) fn to_wire(&self) -> wire::Question<'_> {
        let question = self.question.question;
        let [from, to] = &self.period;
        wire::Question {
            person: question.person.reveal(),
            period: wire::Period { from, to },
            requester: wire::Requester {
                organisation: organisation(&question.requester.organisation),
                caseworker: question.requester.caseworker.as_str(),
                processors: &self.processors,
            },
            case_id: question.case.as_str(),
            purpose: question.purpose.as_str(),
            legal_text: self.question.legal_text,
            parameters: &self.parameters,
            correlation_id: question.correlation_id.as_ref().map(CorrelationId::as_str),
            asked_on: &self.day,
            wanted: &self.wanted,
        }
    }
}

impl fmt::Debug for AgencyQuestion<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AgencyQuestion")
            .field("question", self.question)
            .field("agency", &self.agency)
            .finish_non_exhaustive()
    }
}

fn organisation(organisation: &Organisation) -> wire::Organisation<'_> {
    wire::Organisation { number: organisation.number.as_str(), name: &organisation.name }
}

/// Parameters in the contract's words.
pub(super) fn parameters(parameters: &[Parameter]) -> Vec<wire::Parameter<'_>> {
    parameters.iter().map(|parameter| wire::Parameter { name: parameter.name, value: &parameter.value }).collect()
}
