//! One base service's part of a question: decide, and ask where there is something to ask for.

use std::error::Error;
use std::sync::Arc;

use ssbtx_core::{AgencyId, BrokerFault, Context, Decision, Question};
use ssbtx_runtime::{Adapter, FieldFilter};
use ssbtx_upstream::Upstreams;
use tokio::time::{Instant, timeout_at};
use tracing::error;

use crate::agency_call;
use crate::composition::{Asked, Decided, Gathered};
use crate::edition::Edition;

/// What one question uses from beginning to end.
pub(crate) struct Life<'q> {
    pub(crate) edition: &'q Edition,
    pub(crate) policy: &'q FieldFilter,
    pub(crate) context: Context,
    pub(crate) question: &'q Question,
    pub(crate) deadline: Instant,
    pub(crate) traceparent: Option<&'q str>,
}

impl<'q> Life<'q> {
    /// Asks one base service, if the asker included it and the role may see anything of it. Ends by the deadline.
    pub(crate) async fn gather(&self, upstreams: &Upstreams, agency: AgencyId) -> Gathered<'q> {
        let began = Instant::now();
        let adapter = self.edition.adapter(agency);
        let asked = match (self.question.include.contains_key(&agency), adapter) {
            (false, _) => Asked::NotIncluded,
            (true, None) => Asked::Impossible(BrokerFault::AdapterMissing),
            (true, Some(adapter)) => self.ask(upstreams, adapter).await,
        };
        Gathered { agency, adapter, asked, elapsed: began.elapsed() }
    }

    async fn ask(&self, upstreams: &Upstreams, adapter: &Adapter) -> Asked {
        let decision = match self.decide(adapter, &self.context).await {
            Err(fault) => return Asked::Impossible(fault),
            Ok(decision) => decision,
        };
        let protected = Context { protected_identity: true, ..self.context.clone() };
        let if_protected = self.decide(adapter, &protected);
        if !decision.mask().discloses_anything() {
            return Asked::NotPermitted(Decided { decision, if_protected: if_protected.await });
        }
        let Self { question, deadline, traceparent, .. } = self;
        let call = agency_call::call(adapter, upstreams, question, &decision, *deadline, *traceparent);
        let (called, if_protected) = tokio::join!(call, if_protected);
        Asked::Called(Decided { decision, if_protected }, called)
    }

    /// Decides by the deadline or not at all: a policy may loop, and many questions may wait for a place in the sandbox.
    async fn decide(&self, adapter: &Adapter, context: &Context) -> Result<Arc<Decision>, BrokerFault> {
        let agency = adapter.catalogue().agency();
        let protected_identity = context.protected_identity;
        match timeout_at(self.deadline, self.edition.decide(self.policy, adapter, context)).await {
            Ok(Ok(decision)) => return Ok(decision),
            Ok(Err(undecided)) => {
                // With its causes: a policy sees no value, so none can be in them.
                let error: &(dyn Error + 'static) = &undecided;
                error!(error, %agency, protected_identity, "policy failed");
            }
            Err(_elapsed) => error!(%agency, protected_identity, "policy did not decide in time"),
        }
        Err(BrokerFault::PolicyFailed)
    }
}
