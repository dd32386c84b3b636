//! What an adapter wants next, parsed.

use std::collections::HashSet;
use std::sync::Arc;

use ssbtx_core::{
    Catalogue, DatasetFailure, DatasetId, Document, ElementId, Method, Node, Notice, Request, RequestDraft,
    TransportFailure, UpstreamName, Value,
};

use super::state::CallState;
use super::{reply, wire};
use crate::fault::{Breach, CallFailed, Stop};

/// What an adapter wants next. Everything in it is parsed; nothing is merely well typed.
#[derive(Debug)]
pub enum Step {
    /// Send these, all at once, then call [`Adapter::absorb`](crate::Adapter::absorb) with the replies and this state.
    Send {
        /// The requests, 1 to 16.
        requests: Vec<Request>,
        /// What the adapter wants back.
        state: CallState,
    },
    /// The agency answered.
    Answer {
        /// The document.
        document: Document,
        /// The datasets that it could not give.
        failures: Vec<DatasetFailure>,
    },
    /// The agency has nothing about the person.
    Nothing {
        /// The agency's own document that says so.
        document: Option<Document>,
        /// Why.
        reason: Option<Notice>,
    },
    /// The agency refused or could not.
    Failed(Notice),
    /// A request got no response.
    Unanswered(TransportFailure),
}

/// What a ping wants next, or found.
#[derive(Debug)]
pub enum PingStep {
    /// Send these, all at once, then call [`Adapter::ping_absorb`](crate::Adapter::ping_absorb) with the replies and this state.
    Send {
        /// The requests, 1 to 16.
        requests: Vec<Request>,
        /// What the adapter wants back.
        state: CallState,
    },
    /// The base service answered its test.
    Alive,
    /// The base service has no test.
    Untestable,
    /// It answered with an error.
    Failed(Notice),
    /// It did not answer.
    Unanswered(TransportFailure),
}

/// What an adapter's steps are held against.
pub(super) struct Contract {
    pub(super) catalogue: Arc<Catalogue>,
    pub(super) upstreams: Vec<UpstreamName>,
    pub(super) nodes: usize,
}

impl Contract {
    /// Parses the `steps`-th step of a question.
    pub(super) fn parse_step(&self, step: wire::Step, steps: u8) -> Result<Step, CallFailed> {
        Ok(match step {
            wire::Step::Send(sending) => {
                let (requests, state) = self.parse_sending(sending, steps)?;
                Step::Send { requests, state }
            }
            wire::Step::Answer(answer) => Step::Answer {
                document: self.parse_document(answer.document)?,
                failures: self.parse_failures(answer.failures)?,
            },
            wire::Step::Nothing(nothing) => Step::Nothing {
                document: nothing.document.map(|document| self.parse_document(document)).transpose()?,
                reason: nothing.reason.as_ref().map(parse_notice).transpose()?,
            },
            wire::Step::Failed(notice) => Step::Failed(parse_notice(&notice)?),
            wire::Step::Unanswered(failure) => Step::Unanswered(reply::from_failure(failure)),
        })
    }

    /// Parses the `steps`-th step of a ping.
    pub(super) fn parse_ping_step(&self, step: wire::PingStep, steps: u8) -> Result<PingStep, CallFailed> {
        Ok(match step {
            wire::PingStep::Send(sending) => {
                let (requests, state) = self.parse_sending(sending, steps)?;
                PingStep::Send { requests, state }
            }
            wire::PingStep::Alive => PingStep::Alive,
            wire::PingStep::Untestable => PingStep::Untestable,
            wire::PingStep::Failed(notice) => PingStep::Failed(parse_notice(&notice)?),
            wire::PingStep::Unanswered(failure) => PingStep::Unanswered(reply::from_failure(failure)),
        })
    }

    fn parse_sending(&self, sending: wire::Sending, steps: u8) -> Result<(Vec<Request>, CallState), Breach> {
        if steps >= MOST_STEPS {
            return Err(Breach::Steps);
        }
        if !(1..=MOST_REQUESTS).contains(&sending.requests.len()) {
            return Err(Breach::Requests(sending.requests.len()));
        }
        if sending.state.len() > MOST_STATE_BYTES {
            return Err(Breach::State(sending.state.len()));
        }
        let requests = sending.requests.into_iter().map(|request| Request::parse(draft(request), &self.upstreams));
        Ok((requests.collect::<Result<_, _>>()?, CallState::new(sending.state, steps)))
    }

    fn parse_document(&self, document: wire::Document) -> Result<Document, CallFailed> {
        if document.nodes.len() > self.nodes {
            return Err(Stop::Output.into());
        }
        let nodes = document.nodes.into_iter().map(node).collect();
        Document::new(Arc::clone(&self.catalogue), nodes, document.unknown_elements)
            .map_err(|wrong| Breach::from(wrong).into())
    }

    fn parse_failures(&self, failures: Vec<wire::DatasetFailure>) -> Result<Vec<DatasetFailure>, Breach> {
        let mut left: HashSet<&DatasetId> = self.catalogue.datasets().iter().map(|dataset| &dataset.id).collect();
        let parse = |(position, failure): (usize, wire::DatasetFailure)| {
            let dataset: DatasetId = failure.dataset.parse().map_err(|_| Breach::Failure(position))?;
            let reason = parse_notice(&failure.reason)?;
            if left.remove(&dataset) { Ok(DatasetFailure { dataset, reason }) } else { Err(Breach::Failure(position)) }
        };
        failures.into_iter().enumerate().map(parse).collect()
    }
}

fn draft(request: wire::Request) -> RequestDraft {
    RequestDraft {
        upstream: request.upstream,
        method: match request.method {
            wire::Method::Get => Method::Get,
            wire::Method::Post => Method::Post,
        },
        path: request.path,
        headers: request.headers.into_iter().map(|header| (header.name, header.value)).collect(),
        body: request.body,
    }
}

fn node(node: wire::Node) -> Node {
    let value = match node.value {
        wire::Value::Structure => Value::Structure,
        wire::Value::Null => Value::Null,
        wire::Value::Boolean(value) => Value::Boolean(value),
        wire::Value::Number(digits) => Value::Number(digits),
        wire::Value::Text(text) => Value::Text(text),
    };
    Node { element: ElementId(node.element), depth: node.depth, value }
}

fn parse_notice(notice: &wire::Notice) -> Result<Notice, Breach> {
    Ok(Notice::parse(&notice.code, &notice.message)?)
}

/// `wit/adapter/adapter.wit`, `step`.
const MOST_STEPS: u8 = 8;
const MOST_REQUESTS: usize = 16;
const MOST_STATE_BYTES: usize = 65_536;
