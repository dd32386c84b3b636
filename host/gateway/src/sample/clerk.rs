//! Something that answers in the broker's place.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use futures::StreamExt as _;
use futures::stream::{self, BoxStream};
use jiff::Timestamp;
use ssbtx_audit::{CaseChange, NotRecorded, RefusedWhy};
use ssbtx_broker::{Asker, Closed, Ping, Progressed, Summary, Unanswered};
use ssbtx_core::{
    AgencyId, Answer, CaseId, Catalogue, Encoding, Kind, OrganisationNumber, Outcome, Parameter, Question, Standing,
    ValueType,
};
use ssbtx_observation::Trace;
use tokio::sync::Semaphore;

use crate::answering::{Acceptance, Answering, Policy, PolicyBasis};
use crate::meters::GatewayMeters;
use crate::outside::Outside;
use crate::sample;

/// Answers every question alike, once it is let.
pub(crate) struct Clerk {
    /// Each question needs one permit to be answered.
    pub(crate) may_answer: Semaphore,
    /// How many questions have come.
    pub(crate) asked: AtomicUsize,
    /// Who asked last, and in which trace.
    pub(crate) last: Mutex<Option<(Asker, Option<String>)>>,
    /// Why it answers nobody, if it does not.
    pub(crate) closed: Option<Closed>,
    /// Why questions were refused, one by one.
    pub(crate) refused: Mutex<Vec<RefusedWhy>>,
    /// What was recorded of cases, one by one.
    pub(crate) cases: Mutex<Vec<CaseChange>>,
    /// Whether it records anything.
    pub(crate) records: AtomicBool,
    /// The places of questions in pieces, where it works on when nobody listens any more.
    pub(crate) places: Mutex<Option<Vec<Box<dyn Send + Sync>>>>,
    /// The parameters of the last ping.
    pub(crate) pinged_with: Mutex<BTreeMap<AgencyId, Vec<Parameter>>>,
}

impl Clerk {
    /// Answers at once.
    pub(crate) fn new() -> Self {
        Self {
            may_answer: Semaphore::new(Semaphore::MAX_PERMITS),
            asked: AtomicUsize::new(0),
            last: Mutex::new(None),
            closed: None,
            refused: Mutex::default(),
            cases: Mutex::default(),
            records: AtomicBool::new(true),
            places: Mutex::default(),
            pinged_with: Mutex::default(),
        }
    }

    /// Answers nobody.
    pub(crate) fn closed(closed: Closed) -> Self {
        Self { closed: Some(closed), ..Self::new() }
    }

    /// Answers, and records nothing.
    pub(crate) fn forgetful() -> Self {
        Self { records: AtomicBool::new(false), ..Self::new() }
    }

    /// Works on when nobody listens to pieces any more.
    pub(crate) fn lingering() -> Self {
        Self { places: Mutex::new(Some(Vec::new())), ..Self::new() }
    }

    /// Lets questions wait.
    pub(crate) fn waiting() -> Self {
        Self { may_answer: Semaphore::new(0), ..Self::new() }
    }
}

#[async_trait]
impl Answering for Clerk {
    async fn ask(&self, asker: Asker, _question: Question, trace: Option<Trace>) -> Result<Answer, Unanswered> {
        if let Some(closed) = self.closed {
            return Err(closed.into());
        }
        self.asked.fetch_add(1, Ordering::SeqCst);
        *self.last.lock().unwrap() = Some((asker, trace.map(|trace| trace.traceparent())));
        self.may_answer.acquire().await.unwrap().forget();
        let document = sample::document(AgencyId::AF, sample::AF, &[]);
        let decision = sample::decision(document.catalogue(), "nothing");
        Ok(sample::answer(vec![(AgencyId::AF, Outcome::Answered { document, failures: Vec::new(), decision })]))
    }

    async fn ask_progressively(
        &self,
        asker: Asker,
        question: Question,
        trace: Option<Trace>,
        place: Box<dyn Send + Sync>,
    ) -> Result<BoxStream<'static, Progressed>, Unanswered> {
        if let Some(places) = self.places.lock().unwrap().as_mut() {
            places.push(place);
        }
        let Answer { question, correlation_id, role, edition, open_case, parts } =
            self.ask(asker, question, trace).await?;
        let states = parts.iter().map(|part| (part.agency, part.outcome.state())).collect();
        let ended = Progressed::Ended(Box::new(Summary { question, correlation_id, role, edition, open_case, states }));
        let parts = parts.into_iter().map(|part| Progressed::Part(Box::new(part)));
        Ok(stream::iter(parts.chain([ended])).boxed())
    }

    async fn refuse(&self, asker: Asker, _question: &Question, why: RefusedWhy) -> Result<(), NotRecorded> {
        *self.last.lock().unwrap() = Some((asker, None));
        if !self.records.load(Ordering::SeqCst) {
            return Err(NotRecorded::Closed);
        }
        self.refused.lock().unwrap().push(why);
        Ok(())
    }

    async fn record_case(
        &self,
        _asker: Asker,
        _requester: OrganisationNumber,
        _case: CaseId,
        change: CaseChange,
    ) -> Result<(), NotRecorded> {
        if !self.records.load(Ordering::SeqCst) {
            return Err(NotRecorded::Closed);
        }
        self.cases.lock().unwrap().push(change);
        Ok(())
    }

    async fn ping(&self, parameters: &BTreeMap<AgencyId, Vec<Parameter>>) -> Result<Vec<Ping>, Unanswered> {
        if let Some(closed) = self.closed {
            return Err(closed.into());
        }
        parameters.clone_into(&mut self.pinged_with.lock().unwrap());
        Ok(vec![Ping { agency: AgencyId::AF, called: true, failure: None }])
    }

    fn catalogues(&self) -> Vec<Arc<Catalogue>> {
        let elements = vec![
            sample::element(None, "SvarMeddelande", Kind::Object, ValueType::None),
            sample::element(Some(0), "Fornamn", Kind::Scalar, ValueType::Text),
        ];
        vec![sample::catalogue(AgencyId::AF, Encoding::Xml, elements)]
    }

    fn policies(&self) -> Vec<Policy> {
        let pending = PolicyBasis {
            basis: ssbtx_core::LegalBasis {
                id: "ssbtek-v10-practice".parse().unwrap(),
                act: "SSBTEK v10".to_owned(),
                provision: String::new(),
                item: None,
                standing: Standing::Pending,
                title: sample::bilingual("practice"),
            },
            acceptance: Acceptance::EveryDataset,
        };
        let in_force = PolicyBasis { basis: sample::basis(), acceptance: Acceptance::None };
        vec![Policy {
            identity: sample::policy_identity(),
            title: sample::bilingual("policy"),
            bases: vec![in_force, pending],
        }]
    }
}

/// A clock that stands still, and randomness that is none.
pub(crate) struct Still;

impl Outside for Still {
    fn now(&self) -> Timestamp {
        "2026-03-01T08:30:00Z".parse().unwrap()
    }

    fn random(&self) -> [u8; 16] {
        [0x11; 16]
    }
}

/// As [`Still`], with meters that a test looks at.
#[derive(Clone, Default)]
pub(crate) struct Measured(pub(crate) Arc<GatewayMeters>);

impl Outside for Measured {
    fn now(&self) -> Timestamp {
        Still.now()
    }

    fn random(&self) -> [u8; 16] {
        Still.random()
    }

    fn meters(&self) -> Arc<GatewayMeters> {
        Arc::clone(&self.0)
    }
}
