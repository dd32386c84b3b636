//! One base service's part of a question: decide, and ask where there is something to ask for.

use std::error::Error;
use std::sync::Arc;

use ssbtx_core::{AgencyId, BrokerFault, Context, Decision};
use ssbtx_runtime::Adapter;
use ssbtx_upstream::Upstreams;
use tokio::time::{Instant, timeout_at};
use tracing::error;

use crate::admitted::Admitted;
use crate::agency_call;
use crate::composition::{Asked, Decided, Gathered};
use crate::settings::BrokerSettings;

/// What one question uses while its agencies are asked.
pub(crate) struct Life<'q> {
    pub(crate) admitted: &'q Admitted,
    pub(crate) upstreams: &'q Upstreams,
    pub(crate) settings: &'q BrokerSettings,
}

impl<'q> Life<'q> {
    /// Asks one base service, if the asker included it and the role may see anything of it. Ends by the question's deadline, and asks no longer than to
    /// the base service's own.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the exchange; nothing is left behind.
    pub(crate) async fn gather(&self, agency: AgencyId) -> Gathered<'q> {
        let began = Instant::now();
        let adapter = self.admitted.edition.adapter(agency);
        let asked = match (self.admitted.question.include.contains_key(&agency), adapter) {
            (false, _) => Asked::NotIncluded,
            (true, None) => Asked::Impossible(BrokerFault::AdapterMissing),
            (true, Some(adapter)) => self.ask(adapter).await,
        };
        Gathered { agency, adapter, asked, elapsed: began.elapsed() }
    }

    async fn ask(&self, adapter: &Adapter) -> Asked {
        let Admitted { question, context, trace, began, .. } = self.admitted;
        let decision = match self.decide(adapter, context).await {
            Err(fault) => return Asked::Impossible(fault),
            Ok(decision) => decision,
        };
        let protected = Context { protected_identity: true, ..context.clone() };
        let if_protected = self.decide(adapter, &protected);
        if !decision.mask().discloses_anything() {
            return Asked::NotPermitted(Decided { decision, if_protected: if_protected.await });
        }
        let deadline = *began + self.settings.deadline_of(adapter.catalogue().agency());
        let call = agency_call::call(adapter, self.upstreams, question, &decision, deadline, trace.as_ref());
        let (called, if_protected) = tokio::join!(call, if_protected);
        Asked::Called(Decided { decision, if_protected }, called)
    }

    /// Decides by the question's deadline or not at all: a policy may loop, and many questions may wait for a place in the sandbox.
    async fn decide(&self, adapter: &Adapter, context: &Context) -> Result<Arc<Decision>, BrokerFault> {
        let Admitted { edition, policy, began, .. } = self.admitted;
        let agency = adapter.catalogue().agency();
        let protected_identity = context.protected_identity;
        match timeout_at(*began + self.settings.deadline, edition.decide(policy, adapter, context)).await {
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
