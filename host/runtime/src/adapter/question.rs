//! A question as one adapter is asked it.

use std::fmt;

use ssbtx_core::{AgencyId, DatasetId, Organisation, Parameter, Question};

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

impl AgencyQuestion<'_> {
    /// The question in the contract's words: the base service's own period where it has one, and its own parameters only.
    pub(super) fn to_wire(&self) -> wire::Question {
        let question = self.question;
        let own = question.include.get(&self.agency);
        let period = own.and_then(|own| own.period).unwrap_or(question.period);
        wire::Question {
            person: question.person.reveal().to_owned(),
            period: wire::Period { from: period.from().to_string(), to: period.to().to_string() },
            requester: wire::Requester {
                organisation: organisation(&question.requester.organisation),
                caseworker: question.requester.caseworker.as_str().to_owned(),
                processors: question.requester.processors.iter().map(organisation).collect(),
            },
            case_id: question.case.as_str().to_owned(),
            purpose: question.purpose.as_str().to_owned(),
            legal_text: self.legal_text.to_owned(),
            parameters: own.map(|own| parameters(&own.parameters)).unwrap_or_default(),
            correlation_id: question.correlation_id.as_ref().map(|id| id.as_str().to_owned()),
            asked_on: question.asked_on.to_string(),
            wanted: self.wanted.iter().map(|dataset| dataset.as_str().to_owned()).collect(),
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

fn organisation(organisation: &Organisation) -> wire::Organisation {
    wire::Organisation { number: organisation.number.as_str().to_owned(), name: organisation.name.clone() }
}

/// Parameters in the contract's words.
pub(super) fn parameters(parameters: &[Parameter]) -> Vec<wire::Parameter> {
    parameters
        .iter()
        .map(|parameter| wire::Parameter { name: parameter.name.to_owned(), value: parameter.value.clone() })
        .collect()
}
