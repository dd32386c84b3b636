//! One base service's part of a question: decide, and ask where there is something to ask for.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use ssbtx_core::{AgencyId, BASE_SERVICES, BrokerFault, Context, Decision};
use ssbtx_runtime::Adapter;
use ssbtx_upstream::Upstreams;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout_at};
use tracing::{Instrument, error};

use crate::admitted::Admitted;
use crate::agency_call;
use crate::composition::{Asked, Decided, Gathered};
use crate::settings::BrokerSettings;

/// What comes of the base services of one question.
pub(crate) struct Gathering {
    /// What is known without asking: that nobody wants to know.
    pub(crate) not_included: Vec<Gathered>,
    /// Those that are asked, each in a task of its own.
    ///
    /// # Cancel safety
    ///
    /// Dropping the set ends every exchange.
    pub(crate) under_way: JoinSet<Gathered>,
}

/// What one question uses while its agencies are asked.
pub(crate) struct Life {
    pub(crate) admitted: Arc<Admitted>,
    pub(crate) upstreams: Upstreams,
    pub(crate) settings: BrokerSettings,
}

impl Life {
    /// Asks every included base service at once, each in a task of its own: the adapters of one question run side by side.
    pub(crate) fn gather_all(self) -> Gathering {
        let life = Arc::new(self);
        let mut gathering = Gathering { not_included: Vec::new(), under_way: JoinSet::new() };
        for agency in BASE_SERVICES {
            let adapter = life.admitted.edition.adapter(agency).cloned();
            if life.admitted.question.include.contains_key(&agency) {
                let life = Arc::clone(&life);
                gathering.under_way.spawn(async move { life.gather(agency, adapter).await }.in_current_span());
            } else {
                let (asked, elapsed) = (Asked::NotIncluded, Duration::ZERO);
                gathering.not_included.push(Gathered { agency, adapter, asked, elapsed });
            }
        }
        gathering
    }

    /// Asks one base service, if the role may see anything of it. Ends by the question's deadline, and asks no longer than to the base service's own.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future ends the exchange; nothing is left behind.
    async fn gather(&self, agency: AgencyId, adapter: Option<Adapter>) -> Gathered {
        let began = Instant::now();
        let asked = match &adapter {
            None => Asked::Impossible(BrokerFault::AdapterMissing),
            Some(adapter) => self.ask(adapter).await,
        };
        Gathered { agency, adapter, asked, elapsed: began.elapsed() }
    }

    async fn ask(&self, adapter: &Adapter) -> Asked {
        let Admitted { question, context, trace, began, .. } = self.admitted.as_ref();
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
        let call = agency_call::call(adapter, &self.upstreams, question, &decision, deadline, trace.as_ref());
        let (called, if_protected) = tokio::join!(call, if_protected);
        Asked::Called(Decided { decision, if_protected }, called)
    }

    /// Decides by the question's deadline or not at all: a policy may loop, and many questions may wait for a place in the sandbox.
    async fn decide(&self, adapter: &Adapter, context: &Context) -> Result<Arc<Decision>, BrokerFault> {
        let Admitted { edition, policy, began, .. } = self.admitted.as_ref();
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
