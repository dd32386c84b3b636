//! Everything of the host's crates that is measured in process: the one place to follow when they change.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use jiff::civil::Date;
use ssbtx_broker::Edition;
use ssbtx_core::{
    AcceptedPending, AcceptedScope, AgencyId, BASE_SERVICES, Catalogue, Context as Asked, DatasetId, Inclusion,
    Parameter, Period, PersonId, PurposeCode, Question, Relation, Reply, Response, Role, Scope,
};
use ssbtx_runtime::{Adapter, AgencyQuestion, Limit, Sandbox, SandboxSettings, Step};
use ssbtx_stage::base_services::BaseServices;
use ssbtx_stage::lefi::AKTORSID;
use ssbtx_stage::pki::Pki;
use ssbtx_stage::repository::{DemoRepository, DemoTarget};
use ssbtx_stage::{components, grants, parsed_question};
use ssbtx_trust::RepositorySettings;
use ssbtx_upstream::{ClientTls, PemFiles, UpstreamLimits, UpstreamSettings, Upstreams};
use tokio::time::{Duration, Instant};

/// An edition as a host has it: verified, admitted, bounded by grants.
pub struct Product {
    edition: Edition,
    question: Question,
}

impl Product {
    /// Loads a repository and admits what is in it.
    pub async fn load(repository: &DemoRepository) -> Result<Self> {
        // Under an instruction counter a call takes fifty times as long, and there is less address space.
        let settings = SandboxSettings::default().with(Limit::CallTime, 5_000)?.with(Limit::ConcurrentCalls, CALLS)?;
        let sandbox = Sandbox::new(components::compiled_before(settings)?)?;
        let settings = RepositorySettings::new(repository.root_bytes().to_vec(), repository.directory());
        let trusted = ssbtx_trust::load(&settings).await?;
        let accepted = AcceptedPending::default().with("ssbtek-v10-practice".parse()?, AcceptedScope::EveryDataset);
        let edition = Edition::admit(&sandbox, &trusted, accepted, None).await?;
        Ok(Self { edition, question: question()? })
    }

    /// The edition.
    pub fn edition(&self) -> &Edition {
        &self.edition
    }

    /// The question that everything in process is measured with: about a person whom all seven know.
    pub fn question(&self) -> &Question {
        &self.question
    }

    /// What a policy is told of it, in the name of ekonomiskt bistånd.
    pub fn asked(&self) -> Result<Asked> {
        Ok(Asked {
            role: ROLE.parse()?,
            purpose: PurposeCode::CASE_WORK.parse()?,
            relation: Relation::Subject,
            consents: Vec::new(),
            protected_identity: false,
            asked_on: self.question.asked_on,
        })
    }

    /// The adapter of a base service.
    pub fn adapter(&self, agency: AgencyId) -> Result<&Adapter> {
        self.edition.adapter(agency).with_context(|| format!("no adapter for {agency}"))
    }

    /// The role that asks.
    pub fn role() -> Result<Role> {
        Ok(ROLE.parse()?)
    }

    /// Asks every simulated base service the question once and keeps what it replies.
    pub async fn record(&self, pki: &Pki) -> Result<BTreeMap<AgencyId, Recorded>> {
        let services = BaseServices::start(pki)?;
        let tls = ClientTls::load(&PemFiles {
            roots: pki.agency_roots.clone(),
            certificates: pki.upstream.chain.clone(),
            key: pki.upstream.key.clone(),
        })?;
        let settings = services.agencies().into_iter().map(|(agency, address)| {
            Ok(UpstreamSettings {
                agency: agency.parse()?,
                name: "base-service".parse()?,
                base_url: format!("https://localhost:{}", address.port()).parse()?,
                tls: tls.clone(),
                limits: UpstreamLimits::default(),
            })
        });
        let upstreams = Upstreams::new(settings.collect::<Result<_>>()?)?;
        let mut recorded = BTreeMap::new();
        for agency in BASE_SERVICES {
            recorded.insert(agency, self.exchange(agency, &upstreams).await?);
        }
        Ok(recorded)
    }

    async fn exchange(&self, agency: AgencyId, upstreams: &Upstreams) -> Result<Recorded> {
        let adapter = self.adapter(agency)?;
        let wanted = every_dataset(adapter.catalogue());
        let question = AgencyQuestion { question: &self.question, agency, wanted: &wanted, legal_text: LEGAL_TEXT };
        let Step::Send { requests, .. } = adapter.plan(&question).await? else {
            anyhow::bail!("{agency}'s adapter sends nothing");
        };
        let request = requests.into_iter().next().context("no request")?;
        let deadline = Instant::now() + Duration::from_secs(10);
        match upstreams.send(agency, request, adapter.reply_bytes(), deadline, None).await {
            Reply::Response(response) => Recorded::of(response).with_context(|| format!("{agency} gave no answer")),
            Reply::Failure(failure) => anyhow::bail!("{agency} gave no answer: {failure:?}"),
        }
    }
}

/// What a base service replied.
#[derive(Clone)]
pub struct Recorded {
    /// The media type.
    pub content_type: String,
    /// The body.
    pub body: bytes::Bytes,
}

impl Recorded {
    fn of(response: Response) -> Option<Self> {
        let content_type = response.content_type.filter(|_| response.status == 200)?;
        Some(Self { content_type, body: bytes::Bytes::copy_from_slice(&response.body) })
    }

    /// The reply as an adapter is given it.
    pub fn reply(&self) -> Reply {
        let content_type = Some(self.content_type.clone());
        Reply::Response(Response { status: 200, content_type, body: self.body.to_vec().into() })
    }
}

/// One base service's exchange with an adapter, without a network.
pub struct Exchange<'p> {
    adapter: &'p Adapter,
    question: &'p Question,
    wanted: Vec<DatasetId>,
}

impl<'p> Exchange<'p> {
    /// The exchange of a question, all of whose datasets are wanted.
    pub fn new(product: &'p Product, agency: AgencyId) -> Result<Self> {
        let adapter = product.adapter(agency)?;
        Ok(Self { adapter, question: &product.question, wanted: every_dataset(adapter.catalogue()) })
    }

    /// Plans the question and absorbs a reply, each in a fresh instance, as a host does.
    pub async fn run(&self, reply: Reply) -> Result<Step> {
        let agency = self.adapter.catalogue().agency();
        let question = AgencyQuestion { question: self.question, agency, wanted: &self.wanted, legal_text: LEGAL_TEXT };
        let Step::Send { state, .. } = self.adapter.plan(&question).await? else {
            anyhow::bail!("{agency}'s adapter sends nothing");
        };
        Ok(self.adapter.absorb(&question, state, vec![reply]).await?)
    }

    /// The names of the datasets that are wanted.
    pub fn wanted(&self) -> &[DatasetId] {
        &self.wanted
    }
}

/// A name for each element of a catalogue that no other element of any catalogue has, and what it belongs to.
pub fn elements(catalogue: &Arc<Catalogue>) -> impl Iterator<Item = (String, Option<String>)> {
    catalogue.iter().map(|(id, element)| {
        let dataset = match &element.scope {
            Scope::Technical => None,
            Scope::Dataset(dataset) => Some(format!("{}/{dataset}", catalogue.agency())),
        };
        (format!("{}#{}", catalogue.agency(), id.index()), dataset)
    })
}

/// Makes a repository of everything that a host loads.
pub fn repository(folder: &Path) -> Result<DemoRepository> {
    let mut targets = components::TARGETS.map(|name| DemoTarget::new(name, components::read(name))).to_vec();
    targets.extend(grants::for_targets(&targets)?);
    DemoRepository::create(folder, &targets)
}

/// Every dataset of a catalogue.
pub fn every_dataset(catalogue: &Catalogue) -> Vec<DatasetId> {
    catalogue.datasets().iter().map(|dataset| dataset.id.clone()).collect()
}

/// The question that everything in process is measured with.
pub fn question() -> Result<Question> {
    let asked_on = Date::constant(2026, 11, 20);
    let aktorsid = AKTORSID.map(|(_, id)| Parameter { name: "aktorsid", value: id.to_owned() });
    let include = BASE_SERVICES.map(|agency| {
        let parameters = if agency == AgencyId::FK { aktorsid.iter().take(1).cloned().collect() } else { Vec::new() };
        (agency, Inclusion { period: None, parameters })
    });
    Ok(Question {
        person: PersonId::parse(PERSON, ssbtx_core::IdentityCheck::DateAndCheckDigit)?,
        period: Period::new(Date::constant(2025, 10, 1), Date::constant(2026, 11, 30))?,
        include: include.into(),
        ..parsed_question::to_af(asked_on)?
    })
}

/// Known to all seven of the simulated base services.
pub const PERSON: &str = "197701172392";
/// What an agency is told as the law.
pub const LEGAL_TEXT: &str = "SoL (2025:400) 15 kap.";
/// One call after another is measured.
const CALLS: u64 = 4;
const ROLE: &str = "ekonomiskt-bistand";
