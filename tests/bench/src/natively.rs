//! The adapters' own code, compiled for the machine itself: what the sandbox is compared with.

use anyhow::{Context, Result, bail};
use ssbtx_adapter_arbetsformedlingen::Arbetsformedlingen;
use ssbtx_adapter_csn::Csn;
use ssbtx_adapter_forsakringskassan::Forsakringskassan;
use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{
    Document, Guest, Header, Organisation, Parameter, Period, Question, Reply, Request, Requester, Response, Step,
};
use ssbtx_adapter_migrationsverket::Migrationsverket;
use ssbtx_adapter_skatteverket::Skatteverket;
use ssbtx_adapter_sveriges_a_kassor::SverigesAKassor;
use ssbtx_adapter_transportstyrelsen::Transportstyrelsen;
use ssbtx_core::AgencyId;

/// An adapter as native code.
#[derive(Clone, Copy)]
pub struct Native {
    plan: fn(Question) -> Step,
    absorb: fn(Question, Vec<u8>, Vec<Reply>) -> Step,
    describe: fn() -> ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::Description,
}

impl Native {
    /// The adapter of a base service.
    pub fn of(agency: AgencyId) -> Result<Self> {
        Ok(match agency {
            AgencyId::AF => Self::new::<Arbetsformedlingen>(),
            AgencyId::CSN => Self::new::<Csn>(),
            AgencyId::FK => Self::new::<Forsakringskassan>(),
            AgencyId::SKV => Self::new::<Skatteverket>(),
            AgencyId::SO => Self::new::<SverigesAKassor>(),
            AgencyId::TNS => Self::new::<Transportstyrelsen>(),
            AgencyId::MIV => Self::new::<Migrationsverket>(),
            other => bail!("no adapter for {other}"),
        })
    }

    fn new<A: Guest>() -> Self {
        Self { plan: A::plan, absorb: A::absorb, describe: A::describe }
    }

    /// The names of every element, whether it may repeat, and whether it is a list, by position; and the datasets.
    pub fn layout(self) -> Layout {
        use ssbtx_adapter_kit::bindings::exports::ssbtx::catalogue::types::Kind;

        let catalogue = (self.describe)().catalogue;
        let elements = catalogue.elements.into_iter();
        Layout {
            elements: elements
                .map(|element| Shape {
                    name: element.name,
                    repeats: element.repeats,
                    is_list: element.kind == Kind::List,
                })
                .collect(),
            datasets: catalogue.datasets.into_iter().map(|dataset| dataset.id).collect(),
        }
    }

    /// The one request of a question, and the state to go on with.
    pub fn plan(self, question: &Question) -> Result<(Request, Vec<u8>)> {
        let Step::Send(sending) = (self.plan)(question.clone()) else { bail!("the adapter sends nothing") };
        Ok((sending.requests.into_iter().next().context("no request")?, sending.state))
    }

    /// What a reply means.
    pub fn absorb(self, question: &Question, state: Vec<u8>, reply: Reply) -> Result<Document> {
        match (self.absorb)(question.clone(), state, vec![reply]) {
            Step::Answer(answer) => Ok(answer.document),
            other => bail!("no answer, but {}", name(&other)),
        }
    }
}

/// What a document's nodes are called.
pub struct Layout {
    /// Every element, by position.
    pub elements: Vec<Shape>,
    /// Every dataset.
    pub datasets: Vec<String>,
}

/// How one element is written.
pub struct Shape {
    /// Its name.
    pub name: String,
    /// Whether it may occur more than once.
    pub repeats: bool,
    /// Whether it is a JSON array.
    pub is_list: bool,
}

/// The reply of a base service, as native code takes it.
pub fn reply(content_type: &str, body: Vec<u8>) -> Reply {
    let headers = vec![Header { name: "content-type".to_owned(), value: content_type.to_owned() }];
    Reply::Response(Response { status: 200, headers, body })
}

/// A question in the contract's words.
pub fn question(question: &ssbtx_core::Question, agency: AgencyId, wanted: Vec<String>, legal_text: &str) -> Question {
    let organisation = |organisation: &ssbtx_core::Organisation| Organisation {
        number: organisation.number.as_str().to_owned(),
        name: organisation.name.clone(),
    };
    let own = question.include.get(&agency);
    let parameters = own.into_iter().flat_map(|own| &own.parameters);
    let requester = &question.requester;
    Question {
        person: question.person.reveal().to_owned(),
        period: Period { from: question.period.from().to_string(), to: question.period.to().to_string() },
        requester: Requester {
            organisation: organisation(&requester.organisation),
            caseworker: requester.caseworker.as_str().to_owned(),
            processors: requester.processors.iter().map(organisation).collect(),
        },
        case_id: question.case.as_str().to_owned(),
        purpose: question.purpose.as_str().to_owned(),
        legal_text: legal_text.to_owned(),
        parameters: parameters
            .map(|parameter| Parameter { name: parameter.name.to_owned(), value: parameter.value.clone() })
            .collect(),
        correlation_id: question.correlation_id.as_ref().map(|id| id.as_str().to_owned()),
        asked_on: question.asked_on.to_string(),
        wanted,
    }
}

fn name(step: &Step) -> &'static str {
    match step {
        Step::Send(_) => "more requests",
        Step::Answer(_) => "an answer",
        Step::Nothing(_) => "nothing found",
        Step::Failed(_) => "a failure",
        Step::Unanswered(_) => "no reply",
    }
}
